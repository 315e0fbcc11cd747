// When a merchant is to be pinged about an order's ship-by instant: lead times, what was noticed already, and snoozing.
import type { Reminders } from '../merchant.ts';
import { isOpen, type Order } from '../order/order.ts';

/** The lead "time" that stands for overdue. */
export const overdueLead = 0;

/** Longest first, overdue last. */
function leadsOf(reminders: Reminders): number[] {
  return [...reminders.beforeMs, overdueLead].sort((a, b) => b - a);
}

/** The tightest lead time noticed for the present ship-by instant. */
export function noticedLead({ shipBy, reminded }: Pick<Order, 'shipBy' | 'reminded'>): number | undefined {
  return shipBy && reminded?.find(({ shipByAt }) => shipByAt === shipBy.at)?.leadMs;
}

/** The lead times of the present ship-by instant that were not noticed yet, longest first. A new instant starts afresh. */
function leadsLeft(order: Order, reminders: Reminders): number[] {
  if (!order.shipBy) return [];
  const noticed = noticedLead(order) ?? Number.POSITIVE_INFINITY;
  return leadsOf(reminders).filter((leadMs) => leadMs < noticed);
}

/**
 * The tightest lead time (ms; 0: overdue) reached at `now` and not noticed yet. What was missed on the way, while nobody
 * looked, collapses into it. Undefined where nothing new was reached, or nothing is to be shipped.
 */
export function nextLead(order: Order, reminders: Reminders, now: number): number | undefined {
  const { shipBy } = order;
  if (!shipBy || !isOpen(order)) return undefined;
  return leadsLeft(order, reminders)
    .filter((leadMs) => now >= shipBy.at - leadMs)
    .at(-1);
}

/**
 * When this order is to be brought up with its merchant next (UTC ms), quiet hours aside: at its next lead time, or when its
 * snooze ends, which holds the lead times reached meanwhile. May lie in the past: then it is due.
 */
export function nextPingAt(order: Order, reminders: Reminders): number | undefined {
  if (!isOpen(order)) return undefined;
  const { shipBy, snoozedUntil } = order;
  if (snoozedUntil !== undefined || !shipBy) return snoozedUntil;
  const longest =
    noticedLead(order) === undefined ? Math.max(overdueLead, ...reminders.beforeMs) : leadsLeft(order, reminders)[0];
  return longest === undefined ? undefined : Math.max(0, shipBy.at - longest);
}

/**
 * When a ping that is due at `now` may leave (UTC ms). Quiet hours hold it until they end, unless the deadline would pass
 * first: then it leaves at once. An order already overdue waits for the morning.
 *
 * @param quietEndsAt when the quiet hours that `now` lies in end; undefined outside of them.
 */
export function pingAllowedAt(order: Order, now: number, quietEndsAt: number | undefined): number {
  if (quietEndsAt === undefined) return now;
  const deadlineAt = order.shipBy?.at;
  const passesFirst = deadlineAt !== undefined && now < deadlineAt && deadlineAt <= quietEndsAt;
  return passesFirst ? now : quietEndsAt;
}

/** The order once its merchant has been pinged at `now`: what was reached is noticed, a snooze that ended is gone. */
export function pinged(order: Order, reminders: Reminders, now: number): Order {
  const { snoozedUntil: _ended, ...rest } = order;
  const leadMs = nextLead(order, reminders, now);
  if (leadMs === undefined || !order.shipBy) return rest;
  return { ...rest, reminded: marked(order.reminded, { shipByAt: order.shipBy.at, leadMs }) };
}

/** Files may move a date to and fro; one that comes back is not begun anew. */
const datesKept = 10;

function marked(reminded: NonNullable<Order['reminded']> = [], mark: { shipByAt: number; leadMs: number }) {
  return [...reminded.filter(({ shipByAt }) => shipByAt !== mark.shipByAt), mark].slice(-datesKept);
}
