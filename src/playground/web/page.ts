// The playground's page: its files, a small JSON interface, and live events.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Demo } from '../demo.ts';
import type { Assets } from './assets.ts';
import { Feed } from './feed.ts';
import { guard } from './guard.ts';
import { addActs, maxFileBytes } from './page-acts.ts';
import { addFiles } from './page-files.ts';
import { addReads } from './page-reads.ts';
import { createShownShop, type Reset } from './shown-shop.ts';

const maxBodyBytes = maxFileBytes + 1024 * 1024;

export interface PageOptions {
  readonly demo: Demo;
  readonly assets: Assets;
  readonly reset: Reset;
}

export interface Page {
  readonly routes: Hono;
  /** To be told when the shop's time has been moved on. */
  moved(): void;
}

/** Makes the page. The demo it shows is replaced by `POST /api/reset`. */
export function createPage({ demo, assets, reset }: PageOptions): Page {
  const feed = new Feed(demo);
  const shop = createShownShop(feed, reset);
  const routes = new Hono();
  routes.use('/', guard);
  for (const part of ['assets', 'api', 'files']) routes.use(`/${part}/*`, guard);
  routes.use('/api/*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.text('too large', 413) }));
  // Whoever asks while the shop is being opened afresh gets the new one.
  for (const part of ['api', 'files']) {
    routes.use(`/${part}/*`, async (c, next) => {
      if (c.req.path !== '/api/reset') await shop.settled();
      await next();
    });
  }
  addFiles(routes, feed, assets);
  addReads(routes, shop);
  addActs(routes, shop);
  return { routes, moved: () => void feed.tellTime().catch(() => undefined) };
}
