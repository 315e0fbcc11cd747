// What runs when: node-cron says when the sweep is woken, which finds out from the store what is due. Cron remembers nothing.
import { createTask } from 'node-cron';
import type { App } from '../app/context.ts';
import { StoreUnavailableError } from '../app/ports.ts';
import { rewakeAfterSetBack } from '../app/rewake.ts';
import { sweep } from '../app/sweep.ts';
import type { Courier } from './courier.ts';

/** The clock may be set, or the machine sleep, at any time: it is looked at again at least this often. */
const lookEveryMs = 60_000;
/** Clocks are set by less than this all the time. */
const clockStepMs = 60_000;

export interface Jobs {
  /** Looks for due work now: after a start, or when a clock was moved. Never throws; one at a time. */
  tick(): Promise<void>;
  /** No new ticks; resolves once the transaction and the messages under way are done. What is left is due still. */
  stop(): Promise<void>;
}

export interface JobSettings {
  readonly sweepCron: string;
  /** Told how many seconds each sweep took. */
  readonly swept?: ((seconds: number) => void) | undefined;
}

/**
 * Starts looking for due work: at once, for what fell due while nobody looked, and then whenever `sweepCron` says (five
 * fields, or six with seconds; UTC, so that no clock change skips or repeats a run).
 */
export function startJobs(app: App, courier: Courier, { sweepCron, swept = () => undefined }: JobSettings): Jobs {
  let running: Promise<void> | undefined;
  let again = false;
  let stopping = false;
  let wasSetBack = false;

  async function run(): Promise<void> {
    do {
      again = false;
      const started = performance.now();
      if (wasSetBack) await safely(app, lookAnew);
      await safely(app, () => sweepNow(app, () => stopping));
      swept((performance.now() - started) / 1000);
      courier.wake();
    } while (again && !stopping);
    running = undefined;
  }

  async function lookAnew(): Promise<void> {
    wasSetBack = false; // it may be set back again meanwhile
    try {
      await rewakeAfterSetBack(app, () => stopping);
    } catch (error) {
      wasSetBack = true;
      throw error;
    }
  }

  function tick(): Promise<void> {
    again = running !== undefined;
    running ??= run();
    return running;
  }

  const alarm = startAlarm(sweepCron, {
    ring: () => {
      if (!running) void tick();
    },
    setBack: () => {
      app.log.warn({}, 'the clock was set back: looking anew at what waits');
      wasSetBack = true;
      void tick();
    },
  });
  void tick();
  return {
    tick,
    async stop() {
      stopping = true;
      alarm.stop();
      await running;
      await courier.stop();
    },
  };
}

async function sweepNow(app: App, stopping: () => boolean): Promise<void> {
  const { orders, refunds, pruned } = await sweep(app, stopping);
  if (orders.looked + refunds + pruned > 0) app.log.info({ ...orders, refunds, pruned }, 'swept');
}

async function safely(app: App, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = error instanceof StoreUnavailableError;
    app.log.error({ err: error }, known ? 'due work waits for the store to be writable' : 'the sweep failed');
  }
}

/**
 * Calls `ring` whenever a cron expression says, in UTC; once for all that was missed while the machine slept or because its
 * clock was set ahead. When it is set back, what counts is the clock as it is now, and `setBack` is called. node-cron's own
 * timer would wait for the time it had worked out before, be it years, or go through every minute that was skipped.
 */
function startAlarm(cron: string, { ring, setBack }: { ring(): void; setBack(): void }): { stop(): void } {
  const times = createTask(cron, () => undefined, { name: 'sweep', timezone: 'UTC' });
  const nextAt = () => times.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
  let at = nextAt();
  /** How far the clock is ahead of the time that passes whatever it is set to. */
  const lead = () => Date.now() - performance.now();
  let leadBefore = lead();
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(look, Math.max(0, Math.min(at - Date.now(), lookEveryMs)));
  };
  const look = () => {
    const isDue = Date.now() >= at;
    const isSetBack = lead() < leadBefore - clockStepMs;
    leadBefore = lead();
    at = nextAt();
    wait();
    if (isSetBack) setBack();
    else if (isDue) ring();
  };
  wait();
  return {
    stop() {
      clearTimeout(timer);
      void times.destroy(); // node-cron keeps a list of its tasks
    },
  };
}
