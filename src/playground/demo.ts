// One run of the demo: an empty store, a local Discord, the bot on it, and the shop opened; closed in reverse.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { everywhere } from '../app/collections.ts';
import type { App } from '../app/context.ts';
import { type Bot, startBot } from '../bot.ts';
import type { Config } from '../config.ts';
import type { Locale } from '../domain/scalars.ts';
import { loadPolicies } from '../files/policy-files.ts';
import type { Metrics } from '../metrics.ts';
import { systemIds } from '../system.ts';
import { createDemoClock } from './demo-clock.ts';
import { openDemoShop } from './demo-shop.ts';
import { openDemoStore } from './demo-store.ts';
import { buildDemoWorld, type DemoWorld } from './demo-world.ts';
import { type LocalDiscord, type LocalDiscordOptions, startLocalDiscord } from './local-discord/local-discord.ts';
import { createShopTime, type ShopTime } from './shop-time.ts';

export interface Demo {
  readonly app: App;
  readonly bot: Bot;
  readonly discord: LocalDiscord;
  readonly world: DemoWorld;
  readonly time: ShopTime;
  /** Whether somebody has changed something since it was opened, or moved its clock on. */
  used(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DemoSettings {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Told when the shop's time has been moved on. */
  readonly moved?: () => void;
  /** What its people speak; by default the configured language. */
  readonly locale?: Locale | undefined;
  /** Where the local Discord is to listen; any free port by default, and where that one is taken. */
  readonly port?: number | undefined;
}

/** Resolves when the demo shop is open. */
export async function openDemo(settings: DemoSettings): Promise<Demo> {
  const { config, log, metrics, moved, locale = config.defaults.locale } = settings;
  const policies = loadPolicies(config.policyDirs);
  const clock = createDemoClock();
  const store = await openDemoStore(join(config.dataDir, 'playground'), log);
  const app: App = { store, clock, ids: systemIds(clock), policies, log, defaults: { ...config.defaults, locale } };
  const token = randomBytes(16).toString('hex');
  // A busy machine takes its time to open the shop: the time there is for an answer runs from then on.
  let isOpen = false;
  const windowClock = { now: () => (isOpen ? performance.now() : 0) };
  const discord = await startAt(settings.port, { token, clock, windowClock, botName: 'Makegood' });
  const world = buildDemoWorld(discord, locale);
  const bot = await startBot({
    discord: { token, apiUrl: discord.url },
    app,
    sweepCron: config.sweepCron,
    observer: metrics,
  });
  await openDemoShop(discord, world, clock.now());
  // What is due already is told before anybody looks, not at some moment of the first minute.
  await bot.jobs.tick();
  await bot.courier.idle();
  isOpen = true;
  const changes = () => store.read((tx) => tx.count('operations', 'byAge', { group: everywhere }));
  const atFirst = await changes();
  let hasMoved = false;
  const time = createShopTime(app, clock, bot, () => {
    hasMoved = true;
    moved?.();
  });
  return {
    app,
    bot,
    discord,
    world,
    time,
    used: async () => hasMoved || (await changes()) !== atFirst,
    async close() {
      await bot.stop();
      await store.close();
      await discord.close();
    },
  };
}

async function startAt(port: number | undefined, options: LocalDiscordOptions): Promise<LocalDiscord> {
  try {
    return await startLocalDiscord({ ...options, ...(port !== undefined && { port }) });
  } catch (error) {
    if (port === undefined) throw error;
    return startLocalDiscord(options);
  }
}
