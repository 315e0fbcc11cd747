// The page's own files, and those the local Discord keeps.
import type { Context, Hono } from 'hono';
import type { Assets } from './assets.ts';
import type { Feed } from './feed.ts';

export function addFiles(routes: Hono, feed: Feed, assets: Assets): void {
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
