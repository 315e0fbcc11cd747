// The next instant at which the sweep must look at an order.
import type { PolicyPack } from '../compensation/policy.ts';
import type { Reminders } from '../merchant.ts';
import { nextPingAt } from '../notice/deadline.ts';
import { isAnswered, isOpen, type Order } from './order.ts';

const hourMs = 3_600_000;

/** When a date agreed with the buyer has been missed (UTC ms). Undefined where none is, or the miss is known already. */
export function promiseEndsAt(order: Order): number | undefined {
  const agreed = order.shipBy?.basis === 'agreed' && isOpen(order);
  return agreed && order.escalatedAt === undefined ? order.shipBy?.at : undefined;
}

/** When a linked buyer who has not chosen yet is asked once more (UTC ms). Undefined where there is nothing to ask. */
export function choiceReminderAt(order: Order, pack: PolicyPack): number | undefined {
  const { trouble, buyer } = order;
  if (!trouble || !buyer || trouble.remindedAt !== undefined || !isOpen(order)) return undefined;
  if (isAnswered(order)) return undefined;
  return (
    Math.max(trouble.heardAt ?? trouble.reportedAt, buyer.linkedAt) + pack.remedies.remindChoiceAfterHours * hourMs
  );
}

/**
 * The next instant (UTC ms) at which the sweep must look at this order: a lead time or the end of a snooze, an agreed date
 * that passes, a choice left open. May lie in the past: then it is due. Undefined: never.
 *
 * @param reminders the merchant's own, else the server's.
 * @param pack the order's own, which decides what is owed.
 * @param pingNotBefore a ping is not looked at before this (UTC ms): now, or when the quiet hours end that hold it.
 */
export function wakeAt(
  order: Order,
  reminders: Reminders,
  pack: PolicyPack,
  pingNotBefore?: number,
): number | undefined {
  const pingAt = nextPingAt(order, reminders);
  const times = [
    pingAt === undefined ? undefined : Math.max(pingAt, pingNotBefore ?? pingAt),
    promiseEndsAt(order),
    choiceReminderAt(order, pack),
  ].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
