// Tells staff where a marketplace's file and a refund still due here do not go together: nobody is to be paid twice.
import type { Order } from '../domain/order/order.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';

/**
 * Staff hear once of each: that the money went back there already, all or some of it, or that goods left which were given up
 * here.
 *
 * @param before the order as it was known
 * @param order the same with what the file tells
 */
export async function tellRefundConflict(
  app: App,
  tx: Tx,
  before: Order,
  order: Order,
  draft: OrderDraft,
  now: number,
): Promise<void> {
  const conflicts = conflictsOf(before, order, draft);
  if (conflicts.length === 0) return;
  const refunds = await tx.list('refunds', 'byOrder', { group: order.id });
  if (!refunds.some(({ state }) => state === 'due')) return;
  for (const says of conflicts) {
    await queueNotice(tx, app, {
      key: `refund_conflict:${order.id}:${says}${says === 'refunded_part' ? `:${order.refundedElsewhereMinor}` : ''}`,
      guildId: order.guildId,
      kind: 'refund_conflict',
      to: { type: 'staff' },
      orderId: order.id,
      data: { says },
      now,
    });
  }
}

type Conflict = 'refunded' | 'refunded_part' | 'shipped';

/** All of it at once: the same file once more says nothing new. */
function conflictsOf(before: Order, order: Order, { state, afterSales }: OrderDraft): readonly Conflict[] {
  if (afterSales === 'refunded' || state === 'cancelled') return ['refunded'];
  const isMore = (order.refundedElsewhereMinor ?? 0) > (before.refundedElsewhereMinor ?? 0);
  const hasLeft = order.state === 'closed' && (state === 'shipped' || state === 'delivered');
  return [...(isMore ? (['refunded_part'] as const) : []), ...(hasLeft ? (['shipped'] as const) : [])];
}
