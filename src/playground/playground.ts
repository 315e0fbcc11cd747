// The playground: the very same bot on a local Discord, with a demo shop, a clock that can be moved on, and a conversation.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../app/context.ts';
import { nextDueAt } from '../app/next-due.ts';
import type { Log, Store } from '../app/ports.ts';
import { type Bot, startBot } from '../bot.ts';
import type { Config } from '../config.ts';
import { loadPolicies } from '../files/policy-files.ts';
import { type HttpServer, startHttp } from '../http.ts';
import { createLog } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { stopOnSignals } from '../process.ts';
import { StoreInUseError } from '../store/errors.ts';
import { openStore } from '../store/lowdb/open.ts';
import { systemIds } from '../system.ts';
import { createDemoClock, type DemoClock } from './demo-clock.ts';
import { openDemoShop } from './demo-shop.ts';
import { buildDemoWorld } from './demo-world.ts';
import { startLocalDiscord } from './local-discord/local-discord.ts';
import { Conversation, type ShopTime } from './terminal/conversation.ts';
import { converse } from './terminal/terminal.ts';

const defaultPort = 3000;

/** A demo store of its own, empty at each start; another playground that uses it is left alone. */
async function openDemoStore(directory: string, log: Log): Promise<Store> {
  try {
    await (await openStore({ directory, log })).close();
  } catch (error) {
    if (error instanceof StoreInUseError) throw error;
  }
  await rm(directory, { recursive: true, force: true });
  return openStore({ directory, log });
}

/** On the port asked for; without one asked for, on 3000 or, where that is taken, any other. */
async function serve({ http }: Config, metrics: Metrics, bot: Bot): Promise<HttpServer> {
  const options = { host: http.host, metrics, checks: () => ({ discord: bot.ready() }) };
  try {
    return await startHttp({ ...options, port: http.port ?? defaultPort });
  } catch (error) {
    if (http.port !== undefined) throw error;
    return startHttp({ ...options, port: 0 });
  }
}

function shopTime(app: App, clock: DemoClock, bot: Bot): ShopTime {
  const settle = async () => {
    await bot.jobs.tick();
    await bot.courier.idle();
  };
  return {
    now: () => clock.now(),
    nextDueAt: () => nextDueAt(app),
    async skip(ms) {
      const target = clock.now() + ms;
      while (clock.now() < target) {
        const dueAt = (await nextDueAt(app)) ?? target;
        clock.skip(Math.max(1, Math.min(dueAt, target) - clock.now()));
        await settle();
      }
    },
  };
}

/** Starts it and holds the conversation on the terminal; resolves when it is open. */
export async function startPlayground(config: Config): Promise<void> {
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const policies = loadPolicies(config.policyDirs);
  const clock = createDemoClock();
  const store = await openDemoStore(join(config.dataDir, 'playground'), log);
  const app: App = { store, clock, ids: systemIds(clock), policies, log, defaults: config.defaults };
  const token = randomBytes(16).toString('hex');
  const discord = await startLocalDiscord({ token, clock, botName: 'Makegood' });
  const world = buildDemoWorld(discord);
  const metrics = createMetrics();
  const bot = await startBot({
    discord: { token, apiUrl: discord.url },
    app,
    sweepCron: config.sweepCron,
    observer: metrics,
  });
  metrics.watchGateway(() => bot.ready());
  await openDemoShop(discord, world, clock.now());
  const http = await serve(config, metrics, bot);
  const stopping = stopOnSignals(log, async () => {
    await http.close();
    await bot.stop();
    await store.close();
    await discord.close();
  });
  process.stdout.write(`Makegood playground: ${http.url} (health and metrics), local Discord API: ${discord.url}\n`);
  await converse(
    (screen) =>
      new Conversation({
        discord,
        world,
        screen,
        time: shopTime(app, clock, bot),
        timeZone: config.defaults.timeZone,
      }),
    () => stopping.stop(0),
  );
}
