// The shop's time, and moving it on: everything that falls due on the way happens as it would have.
import type { App } from '../app/context.ts';
import { nextDueAt } from '../app/next-due.ts';
import type { Bot } from '../bot.ts';
import type { DemoClock } from './demo-clock.ts';

/** The shop's time, and moving it on as the sweeps would have it. */
export interface ShopTime {
  /** UTC epoch ms. */
  now(): number;
  /** Moves on by `ms`, stopping for everything that falls due on the way. One move at a time: the next waits. */
  skip(ms: number): Promise<void>;
  /** The next instant at which something falls due; absent when nothing waits. */
  nextDueAt(): Promise<number | undefined>;
  readonly paused: boolean;
  pause(): void;
  resume(): void;
}

/** How far to go on when something stays due after its sweep, as a message that cannot be delivered yet: a sweep's own rhythm. */
const sweepMs = 60_000;

/** @param moved told after each stop on the way */
export function createShopTime(app: App, clock: DemoClock, bot: Bot, moved: () => void = () => undefined): ShopTime {
  let last: Promise<void> = Promise.resolve();
  const move = async (ms: number) => {
    const target = clock.now() + ms;
    while (clock.now() < target) {
      const now = clock.now();
      const dueAt = (await nextDueAt(app)) ?? target;
      clock.skip(Math.max(1, Math.min(dueAt > now ? dueAt : now + sweepMs, target) - now));
      await bot.jobs.tick();
      await bot.courier.idle();
      moved();
    }
  };
  return {
    now: () => clock.now(),
    nextDueAt: () => nextDueAt(app),
    skip(ms) {
      const moving = last.then(() => move(ms));
      last = moving.catch(() => undefined);
      return moving;
    },
    get paused() {
      return clock.paused;
    },
    pause: () => clock.pause(),
    resume: () => clock.resume(),
  };
}
