// Delivers messages as soon as somebody says there are some: one run at a time, and once more for who called meanwhile.
import type { App } from '../app/context.ts';
import { type DeliveryReport, deliverNotices, type Unsettled } from '../app/deliver-notices.ts';
import { type Messenger, StoreUnavailableError } from '../app/ports.ts';

/** Between batches of ten messages: well below Discord's fifty requests a second, leaving room for answers to people. */
const pauseMs = 500;

export interface Courier {
  /** There may be messages to deliver. Returns at once; never throws. */
  wake(): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  /** Finishes what is under way, and takes nothing more. */
  stop(): Promise<void>;
}

export function createCourier(
  app: App,
  messenger: Messenger,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  delivered: (report: DeliveryReport) => void = () => undefined,
): Courier {
  const unsettled = new Map<string, Unsettled>();
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false;
      await deliver();
    }
    running = undefined;
  }

  async function deliver(): Promise<void> {
    try {
      const report = await deliverNotices(app, messenger, { pause, stopping: () => stopped, unsettled });
      delivered(report);
      if (report.sent + report.later + report.undeliverable > 0) app.log.info({ ...report }, 'delivered messages');
    } catch (error) {
      const known = error instanceof StoreUnavailableError;
      app.log.error(
        { err: error },
        known ? 'messages wait for the store to be writable' : 'delivering messages failed',
      );
    }
  }

  return {
    wake() {
      again = true;
      if (!stopped) running ??= run();
    },
    async idle() {
      await running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
