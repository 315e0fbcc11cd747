// Who may use the page: a browser that opened it here. No other page in that browser can drive it, none can frame it.
import type { MiddlewareHandler } from 'hono';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Whether a page may be served on this address. */
export function isLoopback(host: string): boolean {
  return loopback.test(host) || host === '::1';
}

/**
 * Whether a request comes from the page itself or from a person who opens it. The host named must be loopback (a name that was
 * rebound to loopback is not), the origin its own; what changes anything must name an origin.
 */
export function isOurs(method: string, header: (name: string) => string | undefined): boolean {
  const host = header('host') ?? '';
  if (!loopback.test(host)) return false;
  const origin = header('origin');
  if (origin !== undefined ? origin !== `http://${host}` : method !== 'GET' && method !== 'HEAD') return false;
  const site = header('sec-fetch-site') ?? 'none';
  return site === 'same-origin' || site === 'none' || header('sec-fetch-mode') === 'navigate';
}

export const guard: MiddlewareHandler = async (c, next) => {
  if (!isOurs(c.req.method, (name) => c.req.header(name))) return c.text('This page is for this machine only.', 403);
  await next();
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  return;
};
