// One run of the demo: an empty store, a local Discord, the bot on it, and the shop opened; closed in reverse.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { App } from '../app/context.ts';
import type { Log, Store } from '../app/ports.ts';
import { type Bot, startBot } from '../bot.ts';
import type { Config } from '../config.ts';
import { loadPolicies } from '../files/policy-files.ts';
import type { Metrics } from '../metrics.ts';
import { StoreInUseError } from '../store/errors.ts';
import { openStore } from '../store/lowdb/open.ts';
import { systemIds } from '../system.ts';
import { createDemoClock } from './demo-clock.ts';
import { openDemoShop } from './demo-shop.ts';
import { buildDemoWorld, type DemoWorld } from './demo-world.ts';
import { type LocalDiscord, startLocalDiscord } from './local-discord/local-discord.ts';
import { createShopTime, type ShopTime } from './shop-time.ts';

export interface Demo {
  readonly app: App;
  readonly bot: Bot;
  readonly discord: LocalDiscord;
  readonly world: DemoWorld;
  readonly time: ShopTime;
  close(): Promise<void>;
}

export interface DemoSettings {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Told when the shop's time has been moved on. */
  readonly moved?: () => void;
}

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

/** Resolves when the demo shop is open. */
export async function openDemo({ config, log, metrics, moved }: DemoSettings): Promise<Demo> {
  const policies = loadPolicies(config.policyDirs);
  const clock = createDemoClock();
  const store = await openDemoStore(join(config.dataDir, 'playground'), log);
  const app: App = { store, clock, ids: systemIds(clock), policies, log, defaults: config.defaults };
  const token = randomBytes(16).toString('hex');
  // A busy machine takes its time to open the shop: the time there is for an answer runs from then on.
  let isOpen = false;
  const windowClock = { now: () => (isOpen ? performance.now() : 0) };
  const discord = await startLocalDiscord({ token, clock, windowClock, botName: 'Makegood' });
  const world = buildDemoWorld(discord, config.defaults.locale);
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
  return {
    app,
    bot,
    discord,
    world,
    time: createShopTime(app, clock, bot, moved),
    async close() {
      await bot.stop();
      await store.close();
      await discord.close();
    },
  };
}
