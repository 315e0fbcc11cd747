// When the sweep must look at a refund again: shortly before it is due, and when it is.
import type { Refund } from './refund.ts';

/** Staff are told of an unpaid refund this long before it is due. */
export const refundSoonMs = 6 * 3_600_000;

/** The next instant at which staff are to be reminded; undefined once paid, or reminded that it is overdue. */
export function refundWakeAt(refund: Pick<Refund, 'state' | 'reminded' | 'requestedAt' | 'dueAt'>): number | undefined {
  if (refund.state === 'paid' || refund.reminded === 'overdue') return undefined;
  if (refund.reminded === 'soon') return refund.dueAt;
  return Math.max(refund.requestedAt, refund.dueAt - refundSoonMs);
}
