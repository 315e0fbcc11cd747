// What runs when: node-cron wakes the sweep, which finds out from the store what is due. Cron remembers nothing.
import { createTask, type Logger, type TaskOptions } from 'node-cron';
import type { App } from '../app/context.ts';
import { type Log, StoreUnavailableError } from '../app/ports.ts';
import { sweep } from '../app/sweep.ts';
import type { Courier } from './courier.ts';

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

  async function run(): Promise<void> {
    do {
      again = false;
      const started = performance.now();
      await sweepSafely(app, () => stopping);
      swept((performance.now() - started) / 1000);
      courier.wake();
    } while (again && !stopping);
    running = undefined;
  }

  function tick(): Promise<void> {
    again = running !== undefined;
    running ??= run();
    return running;
  }

  const options: TaskOptions = {
    name: 'sweep',
    timezone: 'UTC',
    noOverlap: true,
    // A run that comes late or not at all is made good by the next: what is due stays due.
    suppressMissedWarning: true,
    logger: loggerFor(app.log),
  };
  const task = createTask(sweepCron, tick, options);
  void task.start();
  void tick();
  return {
    tick,
    async stop() {
      stopping = true;
      await task.destroy();
      await running;
      await courier.stop();
    },
  };
}

async function sweepSafely(app: App, stopping: () => boolean): Promise<void> {
  try {
    const { orders, refunds, pruned } = await sweep(app, stopping);
    if (orders.looked + refunds + pruned > 0) app.log.info({ ...orders, refunds, pruned }, 'swept');
  } catch (error) {
    const known = error instanceof StoreUnavailableError;
    app.log.error({ err: error }, known ? 'due work waits for the store to be writable' : 'the sweep failed');
  }
}

function loggerFor(log: Log): Logger {
  const write = (level: keyof Log) => (message: string | Error) =>
    log[level](message instanceof Error ? { err: message } : {}, message instanceof Error ? 'node-cron' : message);
  return { debug: write('debug'), info: write('debug'), warn: write('warn'), error: write('error') };
}
