// How pressing a refund is, and when the sweep must look at it again: shortly before it is due, and when it is.
import type { Refund } from './refund.ts';

/** Staff are told of an unpaid refund this long before it is due. */
export const refundSoonMs = 6 * 3_600_000;

/** The next instant at which staff are to be reminded; undefined once paid, or reminded that it is overdue. */
export function refundWakeAt(refund: Pick<Refund, 'state' | 'reminded' | 'requestedAt' | 'dueAt'>): number | undefined {
  if (refund.state === 'paid' || refund.reminded === 'overdue') return undefined;
  if (refund.reminded === 'soon') return refund.dueAt;
  return Math.max(refund.requestedAt, refund.dueAt - refundSoonMs);
}

export type RefundUrgency = 'overdue' | 'due_soon' | 'on_time';

/** Of a refund not yet paid: `due_soon` from when staff are told of it, `overdue` from the instant it is due. */
export function refundUrgency({ dueAt }: Pick<Refund, 'dueAt'>, now: number): RefundUrgency {
  if (dueAt <= now) return 'overdue';
  return dueAt - now <= refundSoonMs ? 'due_soon' : 'on_time';
}
