// The playground's page: its files, a small JSON interface, and live events.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Locale } from '../../domain/scalars.ts';
import { localeFor } from '../../i18n/texts.ts';
import type { Demo } from '../demo.ts';
import { Actor, actSchema, type Files } from './act.ts';
import type { Assets } from './assets.ts';
import { Feed } from './feed.ts';
import { guard } from './guard.ts';
import { inspect } from './inspect.ts';
import type { ServerEvent, ShopState, State } from './protocol.ts';

/** As Discord's: 10 MiB for a file. */
const maxFileBytes = 10 * 1024 * 1024;
const maxBodyBytes = maxFileBytes + 1024 * 1024;
const weekMs = 7 * 24 * 3_600_000;
/** Keeps the line open where something in between closes idle ones. */
const beatMs = 20_000;

const resetSchema = z.object({ locale: z.enum(['zh-CN', 'en-US']) });

const clockSchema = z.discriminatedUnion('move', [
  z.object({ move: z.literal('by'), ms: z.int().min(1).max(weekMs) }),
  z.object({ move: z.enum(['next', 'pause', 'resume']) }),
]);

const dismissSchema = z.object({ channelId: z.string(), messageId: z.string() });
const dmsSchema = z.object({ userId: z.string(), open: z.boolean() });

export interface PageOptions {
  readonly demo: Demo;
  readonly assets: Assets;
  /** Closes the demo shown and opens a new one, whose people speak `locale`; the shop's own language where it is left out. */
  readonly reset: (old: Demo, locale?: Locale) => Promise<Demo>;
}

export interface Page {
  readonly routes: Hono;
  /** To be told when the shop's time has been moved on. */
  moved(): void;
}

/** Makes the page. The demo it shows is replaced by `POST /api/reset`. */
export function createPage(options: PageOptions): Page {
  const feed = new Feed(options.demo);
  const actor = new Actor((interactionId, names) => feed.remember(interactionId, names));
  const routes = new Hono();
  routes.use('/', guard);
  for (const part of ['assets', 'api', 'files']) routes.use(`/${part}/*`, guard);
  routes.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.text('too large', 413) }));
  let resetting: Promise<void> | undefined;
  // Whoever asks while the shop is being opened afresh gets the new one.
  for (const part of ['api', 'files']) {
    routes.use(`/${part}/*`, async (c, next) => {
      if (c.req.path !== '/api/reset') await resetting;
      await next();
    });
  }
  /** What is asked of the shop; asked once more of the new one where it was closed over it. */
  const fromShop = async <T>(ask: (demo: Demo) => Promise<T>): Promise<T> => {
    const { demo } = feed;
    try {
      return await ask(demo);
    } catch (error) {
      await resetting;
      if (feed.demo === demo) throw error;
      return ask(feed.demo);
    }
  };
  addFiles(routes, feed, options.assets);
  routes.get('/api/state', async (c) => c.json(await fromShop(() => feed.state())));
  routes.get('/api/shop', async (c) => {
    const about = async (demo: Demo) => ({ used: await demo.used(), locale: demo.app.defaults.locale });
    return c.json((await fromShop(about)) satisfies ShopState);
  });
  routes.get('/api/events', (c) => events(c, feed, () => fromShop(() => feed.state())));
  routes.get('/api/commands', (c) => {
    const { as = '', channel = '' } = c.req.query();
    const { discord } = feed.demo;
    const known = discord.world.users.has(as) && discord.world.channels.has(channel);
    return c.json(known ? discord.person(as).commands({ channel }) : []);
  });
  routes.get('/api/inspect', async (c) => {
    const locale = localeFor(c.req.query('locale'), 'en-US');
    return c.json(await fromShop((demo) => inspect(demo, locale)));
  });
  routes.post('/api/act', async (c) => {
    const form = await c.req.formData().catch(() => undefined);
    const act = actSchema.safeParse(parseJson(form?.get('act')));
    if (!form || !act.success) return c.text('malformed', 400);
    const files = await filesOf(form);
    return files ? c.json(await fromShop((demo) => actor.act(demo, act.data, files))) : c.text('too large', 413);
  });
  routes.post('/api/dismiss', async (c) => {
    const asked = dismissSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.text('malformed', 400);
    feed.dismiss(asked.data.channelId, asked.data.messageId);
    return c.json({});
  });
  routes.post('/api/dms', async (c) => {
    const asked = dmsSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success || !feed.demo.world.cast.some(({ userId }) => userId === asked.data.userId))
      return c.text('malformed', 400);
    feed.takeDms(asked.data.userId, asked.data.open);
    return c.json({});
  });
  routes.post('/api/clock', async (c) => {
    const move = clockSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!move.success) return c.text('malformed', 400);
    const { demo } = feed;
    // The time of a shop that is gone is nobody's any more: the new one's stays as it is.
    await fromShop(async (shown) => shown === demo && (await moveClock(demo, move.data)));
    await fromShop(() => feed.tellTime());
    return c.json({});
  });
  routes.post('/api/reset', async (c) => {
    const { data } = resetSchema.safeParse(await c.req.json().catch(() => undefined));
    resetting ??= options
      .reset(feed.demo, data?.locale)
      .then((demo) => feed.show(demo))
      .finally(() => {
        resetting = undefined;
      });
    await resetting;
    return c.json({});
  });
  return { routes, moved: () => void feed.tellTime().catch(() => undefined) };
}

function addFiles(routes: Hono, feed: Feed, assets: Assets): void {
  const send = async (c: Context, name: string) => {
    const asset = await assets.get(name);
    if (!asset) return c.notFound();
    c.header('content-type', asset.type);
    // The page changes with the program, a font never does.
    c.header('cache-control', asset.gzipped ? 'no-cache' : 'max-age=31536000, immutable');
    if (asset.gzipped) c.header('content-encoding', 'gzip');
    return c.body(asset.bytes);
  };
  routes.get('/', (c) => send(c, 'index.html'));
  routes.get('/assets/*', (c) => send(c, c.req.path.slice('/assets/'.length)));
  routes.get('/files/:channel/:id/:name', async (c) => {
    const { channel, id, name } = c.req.param();
    const address = new URL(feed.demo.discord.url).origin;
    const kept = `${address}/attachments/${channel}/${id}/${encodeURIComponent(name)}`;
    // A shop that is being closed has no files any more.
    const file = await fetch(kept).catch(() => undefined);
    if (!file?.ok) return c.notFound();
    const type = file.headers.get('content-type') ?? 'application/octet-stream';
    const isPicture = /^image\/(?:png|jpeg|gif|webp)$/.test(type);
    c.header('content-type', isPicture ? type : 'application/octet-stream');
    if (!isPicture) c.header('content-disposition', 'attachment');
    return c.body(await file.arrayBuffer());
  });
}

function events(c: Context, feed: Feed, state: () => Promise<State>): Response {
  return streamSSE(c, async (stream) => {
    const waiting: ServerEvent[] = [];
    let wake = () => {};
    const off = feed.on((event) => {
      waiting.push(event);
      wake();
    });
    stream.onAbort(() => {
      off();
      wake();
    });
    const beat = setInterval(() => void stream.writeln(':'), beatMs).unref();
    try {
      await stream.writeSSE({ data: JSON.stringify({ type: 'state', state: await state() } satisfies ServerEvent) });
      while (!stream.aborted) {
        const event = waiting.shift();
        if (event) await stream.writeSSE({ data: JSON.stringify(event) });
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      clearInterval(beat);
      off();
    }
  });
}

async function moveClock({ time }: Demo, to: z.infer<typeof clockSchema>): Promise<void> {
  if (to.move === 'pause') return time.pause();
  if (to.move === 'resume') return time.resume();
  if (to.move === 'by') return time.skip(to.ms);
  const dueAt = await time.nextDueAt();
  if (dueAt !== undefined) await time.skip(Math.max(1, dueAt - time.now()));
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** The files of a form by the field they are in; undefined when one is larger than Discord takes. */
async function filesOf(form: FormData): Promise<Files | undefined> {
  const files = new Map<string, { name: string; bytes: Uint8Array; contentType?: string }[]>();
  for (const [key, value] of form) {
    if (typeof value === 'string') continue;
    if (value.size > maxFileBytes) return undefined;
    const file = {
      name: value.name,
      bytes: new Uint8Array(await value.arrayBuffer()),
      ...(value.type && { contentType: value.type }),
    };
    const field = key.replace(/^file:/, '');
    files.set(field, [...(files.get(field) ?? []), file]);
  }
  return files;
}
