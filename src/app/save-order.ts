// The one way an order is written: raises its version and sets when the sweep must look at it next.
import { isDeepStrictEqual } from 'node:util';
import type { Reminders } from '../domain/merchant.ts';
import type { Order, OrderLine } from '../domain/order/order.ts';
import { wakeAt } from '../domain/order/wake.ts';
import type { App } from './context.ts';
import { packOf } from './pack-of.ts';
import type { Tx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';

/** What the sweep and the importer note for themselves. No card shows it, so it leaves cards already sent valid. */
const bookkeeping: ReadonlySet<string> = new Set(['version', 'wakeAt', 'reminded', 'snoozedUntil', 'trouble', 'lines']);

/**
 * Saves an order and answers it as saved. The version rises with every change a person can see; buttons carry it.
 *
 * @param before the order as read in this transaction
 * @param pingNotBefore a ping is not looked at before this (UTC epoch ms): for the sweep, the end of quiet hours
 */
export async function saveOrder(app: App, tx: Tx, before: Order, after: Order, pingNotBefore?: number): Promise<Order> {
  const saved = stamped(app, await remindersOf(app, tx, after), before, after, pingNotBefore);
  await tx.put('orders', saved);
  return saved;
}

/** The order as it is to be saved, for those who save many and have read the reminders already. */
export function stamped(
  app: Pick<App, 'policies'>,
  reminders: Reminders,
  before: Order,
  after: Order,
  pingNotBefore?: number,
): Order {
  const version = before.version + (visiblyChanged(before, after) ? 1 : 0);
  const wake = wakeAt(after, reminders, packOf(app, after), pingNotBefore);
  if (version === after.version && wake === after.wakeAt) return after;
  const order: Order = { ...after, version };
  if (wake === undefined) delete order.wakeAt;
  else order.wakeAt = wake;
  return order;
}

/** A new order as it is to be saved: changed in place, for a long import makes very many of them. */
export function stampedNew(app: Pick<App, 'policies'>, reminders: Reminders, order: Order, now: number): Order {
  const wake = wakeAt(order, reminders, packOf(app, order), now);
  if (wake !== undefined) order.wakeAt = wake;
  return order;
}

function visiblyChanged(before: Order, after: Order): boolean {
  return (
    differ(before, after, bookkeeping) ||
    differ(before.trouble ?? {}, after.trouble ?? {}, remindedOnly) ||
    linesDiffer(before.lines, after.lines)
  );
}

const remindedOnly: ReadonlySet<string> = new Set(['remindedAt']);
/** Which pieces are set aside is between the shop and its shelf. */
const reservedOnly: ReadonlySet<string> = new Set(['reserved']);

function linesDiffer(before: readonly OrderLine[], after: readonly OrderLine[]): boolean {
  if (before === after) return false;
  return before.length !== after.length || before.some((line, at) => differ(line, after[at] ?? {}, reservedOnly));
}

function differ(a: object, b: object, apart: ReadonlySet<string>): boolean {
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  return [...Object.keys(left), ...Object.keys(right)].some(
    (key) => !apart.has(key) && !isDeepStrictEqual(left[key], right[key]),
  );
}
