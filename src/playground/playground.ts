// The playground: the very same bot on a local Discord, with a demo shop, a page to use it in, and a conversation.
import type { Hono } from 'hono';
import type { Config } from '../config.ts';
import type { Locale } from '../domain/scalars.ts';
import { type HttpServer, startHttp } from '../http.ts';
import { createLog } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { stopOnSignals } from '../process.ts';
import { type Demo, type DemoSettings, openDemo } from './demo.ts';
import { Conversation } from './terminal/conversation.ts';
import { converse } from './terminal/terminal.ts';
import { createAssets } from './web/assets.ts';
import { isLoopback } from './web/guard.ts';
import { createPage, type Page } from './web/page.ts';

const defaultPort = 3000;

interface Served {
  readonly metrics: Metrics;
  readonly ready: () => boolean;
  readonly routes: Hono | undefined;
}

/** On the port asked for; without one asked for, on 3000 or, where that is taken, any other. */
async function serve({ http }: Config, { metrics, ready, routes }: Served): Promise<HttpServer> {
  const checks = () => ({ discord: ready() });
  const options = { host: http.host, metrics, checks, ...(routes && { routes }) };
  try {
    return await startHttp({ ...options, port: http.port ?? defaultPort });
  } catch (error) {
    if (http.port !== undefined) throw error;
    return startHttp({ ...options, port: 0 });
  }
}

/** Starts it and holds the conversation on the terminal; resolves when it is open. */
export async function startPlayground(config: Config): Promise<void> {
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const metrics = createMetrics();
  // Whoever reaches the page is everybody in the demo, so it is for this machine alone. It is bundled while the shop opens.
  const assets = isLoopback(config.http.host) ? createAssets() : undefined;
  let page: Page | undefined;
  const open = (again: Pick<DemoSettings, 'locale' | 'port'> = {}) =>
    openDemo({ config, log, metrics, moved: () => page?.moved(), ...again });
  let demo = await open();
  const ready = () => demo.bot.ready();
  metrics.watchGateway(ready);
  const reset = async (old: Demo, locale?: Locale) => {
    await old.close();
    // At the same address, which has been printed.
    demo = await open({ locale, port: old.discord.port });
    return demo;
  };
  page = assets && createPage({ demo, assets, reset });
  const http = await serve(config, { metrics, ready, routes: page?.routes });
  const stopping = stopOnSignals(log, async () => {
    await http.close();
    await demo.close();
  });
  const how = page ? 'open it in a browser' : 'health and metrics only: the page is served on loopback';
  process.stdout.write(`Makegood playground: ${http.url} (${how}), local Discord API: ${demo.discord.url}\n`);
  const { timeZone, locale } = config.defaults;
  let held: { readonly demo: Demo; readonly conversation: Conversation } | undefined;
  await converse(
    (screen) => {
      if (held?.demo !== demo) held = { demo, conversation: new Conversation({ ...demo, screen, timeZone, locale }) };
      return held.conversation;
    },
    () => stopping.stop(0),
  );
}
