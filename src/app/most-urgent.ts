// Open orders, the most urgent first, from an index by ship-by instant; those without a date come last.
import type { Order } from '../domain/order/order.ts';
import type { ReadTx } from './ports.ts';

/**
 * @param limit at most this many
 * @param to dated orders up to this ship-by instant only (UTC epoch ms)
 */
export async function mostUrgent(
  tx: ReadTx,
  index: 'openByBuyer' | 'openByMerchant' | 'openByUser',
  group: string,
  limit: number,
  to?: number,
): Promise<Order[]> {
  const dated = await tx.list('orders', index, { group, from: 1, limit, ...(to !== undefined && { to }) });
  if (dated.length >= limit) return dated;
  return [...dated, ...(await tx.list('orders', index, { group, to: 0, limit: limit - dated.length }))];
}

/** The earliest ship-by instant first, those without one last. */
export function byUrgency(a: Order, b: Order): number {
  return (a.shipBy?.at ?? Number.MAX_SAFE_INTEGER) - (b.shipBy?.at ?? Number.MAX_SAFE_INTEGER);
}
