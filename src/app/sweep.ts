// One look at everything that may be due. Whoever wakes it, and however often, it does what is due by the store, once.
import { everywhere } from './collections.ts';
import type { App } from './context.ts';
import { StoreUnavailableError } from './ports.ts';
import { isPrunable, prune } from './prune.ts';
import { rewakeAll } from './rewake.ts';
import { spreadIncidents } from './spread-incidents.ts';
import { type OrdersSwept, sweepOrders } from './sweep-orders.ts';
import { sweepRefunds } from './sweep-refunds.ts';

export interface SweepReport {
  readonly orders: OrdersSwept;
  /** Refunds that staff were reminded of. */
  readonly refunds: number;
  /** Records let go of. */
  readonly pruned: number;
}

const nothingDue: OrdersSwept = { looked: 0, pinged: 0, promisesMissed: 0, choicesReminded: 0 };

/**
 * Does everything that is due now: deadline digests, agreed dates that passed, choices left open, refunds, reports and
 * changes of reminders not yet carried to every order, and pruning. Bounded: the rest is due still at the next tick. With
 * nothing due, a few index reads. A part that fails by a bug is logged and does not stop the others.
 *
 * @param stopping asked between transactions; when true, the rest is left: it is due still
 * @throws StoreUnavailableError where the store cannot be written; all of it is due still.
 */
export async function sweep(app: App, stopping: () => boolean = () => false): Promise<SweepReport> {
  const now = app.clock.now();
  const due = await whatIsDue(app, now);
  if (due.rewaking) await guarded(app, 'rewaking', () => rewakeAll(app, stopping));
  if (due.incidents) await guarded(app, 'incidents', () => spreadIncidents(app, stopping));
  return {
    orders: (due.orders && (await guarded(app, 'orders', () => sweepOrders(app, now, stopping)))) || nothingDue,
    refunds: (due.refunds && (await guarded(app, 'refunds', () => sweepRefunds(app, now, stopping)))) || 0,
    pruned: (due.pruning && (await guarded(app, 'pruning', () => prune(app, now)))) || 0,
  };
}

interface Due {
  readonly orders: boolean;
  readonly refunds: boolean;
  readonly incidents: boolean;
  readonly rewaking: boolean;
  readonly pruning: boolean;
}

async function whatIsDue(app: App, now: number): Promise<Due> {
  const first = { group: everywhere, to: now, limit: 1 };
  return app.store.read(async (tx) => ({
    orders: (await tx.list('orders', 'byWake', first)).length > 0,
    refunds: (await tx.list('refunds', 'byWake', first)).length > 0,
    incidents: (await tx.list('incidents', 'spreading', { group: everywhere, limit: 1 })).length > 0,
    rewaking: (await tx.list('merchants', 'rewaking', { group: everywhere, limit: 1 })).length > 0,
    pruning: await isPrunable(tx, now),
  }));
}

async function guarded<T>(app: App, part: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    app.log.error({ err: error, part }, 'a part of the sweep failed');
    return undefined;
  }
}
