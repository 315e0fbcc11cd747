// Serves the REST API: version, token, faults, rate limits, body checks, and a log of every request around each endpoint.
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Core } from '../core.ts';
import { DiscordRefusal, type ErrorBody, refusal } from '../errors.ts';
import type { Fault, Faults } from '../faults.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { RequestLog } from '../request-log.ts';
import { checkBody } from '../schema.ts';
import type { FileBytes } from '../types.ts';
import { applicationRoutes } from './applications.ts';
import { channelRoutes } from './channels.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import type { RestAnswer, Route } from './route.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';

type Env = { Bindings: HttpBindings };

const allRoutes: readonly Route[] = [
  ...userRoutes,
  ...applicationRoutes,
  ...guildRoutes,
  ...channelRoutes,
  ...threadRoutes,
  ...messageRoutes,
  ...interactionRoutes,
];

/** As Discord's: 25 MiB for all the files of a request, and some more for the rest of it. */
const maxBodyBytes = 26 * 1024 * 1024;

export interface RestDeps {
  readonly core: Core;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly log: RequestLog;
}

interface Parsed {
  readonly body: unknown;
  readonly files: readonly FileBytes[];
}

interface Served {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly drop?: boolean;
}

/** The HTTP application: `/api/v10/...` and `/attachments/...`. */
export function restApp(deps: RestDeps): Hono<Env> {
  const app = new Hono<Env>();
  const tooLarge = refusal(40005);
  app.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.json(tooLarge.body, 413) }));
  for (const route of allRoutes) {
    app.on(route.method, `/api/v10${route.path}`, (context) => serve(deps, route, context));
  }
  app.get('/attachments/:channel/:id/:name', (context) => {
    const file = deps.core.attachments.get(context.req.param('channel'), context.req.param('id'));
    if (file === undefined) return context.text('This content is no longer available.', 404);
    return context.body(new Uint8Array(file.bytes), 200, {
      'Content-Type': file.contentType,
      'Content-Disposition': 'attachment',
      'X-Content-Type-Options': 'nosniff',
    });
  });
  app.notFound((context) => {
    const error = { code: 0, message: '404: Not Found' };
    logRequest(
      deps,
      context,
      `${context.req.method} (unknown)`,
      { body: undefined, files: [] },
      { status: 404, json: error },
      0,
    );
    return context.json(error, 404);
  });
  return app;
}

async function serve(deps: RestDeps, route: Route, context: Context<Env>): Promise<Response> {
  const started = performance.now();
  const name = `${route.method} ${route.path}`;
  const fault = deps.faults.take(name);
  if (fault?.latencyMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
  let parsed: Parsed = { body: undefined, files: [] };
  let served: Served;
  try {
    // Strangers are turned away before anything of theirs is read.
    if (route.open !== true && context.req.header('Authorization') !== `Bot ${deps.core.token}`) throw refusal(0);
    parsed = await parseBody(context);
    served =
      fault !== undefined && !fault.afterEffect
        ? (faulted(fault) ?? attend(deps, route, context, parsed))
        : attend(deps, route, context, parsed);
    if (fault?.afterEffect === true) served = faulted(fault) ?? served;
  } catch (error) {
    if (!(error instanceof DiscordRefusal)) throw error;
    served = { status: error.status, json: error.body };
  }
  logRequest(deps, context, name, parsed, served, performance.now() - started);
  return respond(context, served);
}

/** Rate limit and body checks, then the endpoint itself. */
function attend(deps: RestDeps, route: Route, context: Context<Env>, parsed: Parsed): Served {
  const { core, limits } = deps;
  const param = (key: string): string => context.req.param(key) ?? '';
  const major = [param('channel'), param('guild'), param('token')].join('/');
  const { headers, retryAfter } = limits.count(`${route.method} ${route.path}`, major);
  if (retryAfter !== null) return limited(retryAfter, 'user', headers);
  try {
    const body = withNumericPermissions(parsed.body);
    if (route.described !== undefined && route.checksBodyItself !== true) {
      checkBody(route.method.toLowerCase(), route.described, body);
    }
    const answer: RestAnswer = route.handle({ core, param, query: context.req.query(), body, files: parsed.files });
    return { ...answer, headers };
  } catch (error) {
    if (!(error instanceof DiscordRefusal)) throw error;
    return { status: error.status, json: error.body, headers };
  }
}

/** Discord takes permission bits as a string of digits too, which its description of commands does not say. */
function withNumericPermissions(body: unknown): unknown {
  if (Array.isArray(body)) return body.map((one) => (Array.isArray(one) ? one : withNumericPermissions(one)));
  if (typeof body !== 'object' || body === null || !('default_member_permissions' in body)) return body;
  const bits = body.default_member_permissions;
  const isDigits = typeof bits === 'string' && /^\d{1,16}$/.test(bits);
  return isDigits ? { ...body, default_member_permissions: Number(bits) } : body;
}

function faulted(fault: Fault): Served | undefined {
  if (fault.drop === true) return { status: 0, drop: true };
  if (fault.retryAfter !== undefined || fault.status === 429)
    return limited(fault.retryAfter ?? 1, fault.scope ?? 'user');
  if (fault.status === undefined) return undefined;
  return { status: fault.status, json: fault.body ?? { code: 0, message: `${fault.status}: Internal Server Error` } };
}

function limited(retryAfter: number, scope: NonNullable<Fault['scope']>, headers = {}): Served {
  const global = scope === 'global';
  return {
    status: 429,
    json: { message: 'You are being rate limited.', retry_after: retryAfter, global, code: 0 },
    headers: {
      ...headers,
      'Retry-After': String(Math.ceil(retryAfter)),
      'X-RateLimit-Scope': scope,
      'X-RateLimit-Reset-After': String(retryAfter),
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  };
}

async function parseBody(context: Context<Env>): Promise<Parsed> {
  const type = context.req.header('Content-Type') ?? '';
  if (type.startsWith('multipart/form-data')) return parseForm(await formOf(context));
  const text = context.req.method === 'GET' ? '' : await context.req.text();
  return { body: text === '' ? undefined : parseJson(text), files: [] };
}

async function formOf(context: Context<Env>): Promise<FormData> {
  try {
    return await context.req.formData();
  } catch (error) {
    throw error instanceof DiscordRefusal ? error : refusal(50109);
  }
}

async function parseForm(form: FormData): Promise<Parsed> {
  const payload = form.get('payload_json');
  const files: FileBytes[] = [];
  for (const [key, value] of form.entries()) {
    if (!/^files\[\d+\]$/.test(key) || typeof value === 'string') continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    files.push({ name: value.name, bytes, ...(value.type === '' ? {} : { contentType: value.type }) });
  }
  return { body: typeof payload === 'string' ? parseJson(payload) : {}, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}

function respond(context: Context<Env>, served: Served): Response {
  if (served.drop === true) {
    context.env.incoming.socket.resetAndDestroy();
    return new Response(null, { status: 500 });
  }
  const headers = { ...served.headers, ...(served.json === undefined ? {} : { 'Content-Type': 'application/json' }) };
  return new Response(served.json === undefined ? null : JSON.stringify(served.json), {
    status: served.status,
    headers,
  });
}

function logRequest(
  deps: RestDeps,
  context: Context<Env>,
  route: string,
  parsed: Parsed,
  served: Served,
  durationMs: number,
): void {
  deps.log.add({
    at: Date.now() - Math.ceil(durationMs),
    method: context.req.method,
    path: context.req.path.replace(/^\/api\/v10/, ''),
    route,
    query: context.req.query(),
    body: parsed.body,
    files: parsed.files.map(({ name, bytes }) => ({ name, size: bytes.byteLength })),
    status: served.status,
    error: served.status >= 400 ? (served.json as ErrorBody) : null,
    durationMs,
  });
}
