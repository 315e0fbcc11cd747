// Health and metrics over HTTP, for whoever looks after the process.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

export interface HttpServer {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly metrics: Metrics;
  /** What must hold for the bot to be of use, by name: all true is ready. */
  readonly checks: () => Readonly<Record<string, boolean>>;
  /** Served beside. */
  readonly routes?: Hono;
}

const hostProblems = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL']);

function notListening(error: NodeJS.ErrnoException, { host, port }: HttpOptions): Error {
  const { code = '', message } = error;
  if (hostProblems.has(code)) {
    return new Error(`HTTP_HOST ${host} cannot be used: it is no address of this machine (${code})`, { cause: error });
  }
  const why = code === 'EADDRINUSE' ? 'another program listens there' : message;
  return new Error(`HTTP_PORT ${port} on ${host} cannot be used: ${why}`, { cause: error });
}

/**
 * Serves `/healthz` (200 while the process runs), `/readyz` (200 when every check holds, else 503, both naming each check)
 * and `/metrics`.
 * @throws with the setting that stands in the way: a port that is taken, or a host that is not this machine's.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', (c) => {
    const checks = options.checks();
    const ready = Object.values(checks).every(Boolean);
    return c.json({ ready, checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await options.metrics.text(), 200, { 'content-type': options.metrics.contentType }),
  );
  if (options.routes) app.route('/', options.routes);
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(notListening(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
