// What the page asks: the state and what lies behind it, once, and then every change as it happens.
import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { localeFor } from '../../i18n/texts.ts';
import type { Demo } from '../demo.ts';
import { inspect } from './inspect.ts';
import type { ServerEvent, ShopState } from './protocol.ts';
import type { ShownShop } from './shown-shop.ts';

/** Keeps the line open where something in between closes idle ones. */
const beatMs = 20_000;

export function addReads(routes: Hono, shop: ShownShop): void {
  const { feed } = shop;
  routes.get('/api/state', async (c) => c.json(await shop.ask(() => feed.state())));
  routes.get('/api/shop', async (c) => {
    const about = async (demo: Demo) => ({ used: await demo.used(), locale: demo.app.defaults.locale });
    return c.json((await shop.ask(about)) satisfies ShopState);
  });
  routes.get('/api/events', (c) => events(c, shop));
  routes.get('/api/commands', (c) => {
    const { as = '', channel = '' } = c.req.query();
    const { discord } = feed.demo;
    const known = discord.world.users.has(as) && discord.world.channels.has(channel);
    return c.json(known ? discord.person(as).commands({ channel }) : []);
  });
  routes.get('/api/inspect', async (c) => {
    const locale = localeFor(c.req.query('locale'), 'en-US');
    return c.json(await shop.ask((demo) => inspect(demo, locale)));
  });
}

function events(c: Context, { feed, ask }: ShownShop): Response {
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
      const state = await ask(() => feed.state());
      await stream.writeSSE({ data: JSON.stringify({ type: 'state', state } satisfies ServerEvent) });
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
