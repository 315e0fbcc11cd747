// Tells staff where a marketplace's file and a refund still due here do not go together: nobody is to be paid twice.
import type { Order } from '../domain/order/order.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';

/** Staff hear once of each: that the money went back there already, or that goods left which were given up here. */
export async function tellRefundConflict(
  app: App,
  tx: Tx,
  order: Order,
  draft: OrderDraft,
  now: number,
): Promise<void> {
  const says = conflictOf(order, draft);
  if (!says) return;
  const refunds = await tx.list('refunds', 'byOrder', { group: order.id });
  if (!refunds.some(({ state }) => state === 'due')) return;
  await queueNotice(tx, app, {
    key: `refund_conflict:${order.id}:${says}`,
    guildId: order.guildId,
    kind: 'refund_conflict',
    to: { type: 'staff' },
    orderId: order.id,
    data: { says },
    now,
  });
}

function conflictOf(order: Order, { state, afterSales }: OrderDraft): 'refunded' | 'shipped' | undefined {
  if (afterSales === 'refunded' || state === 'cancelled') return 'refunded';
  return order.state === 'closed' && (state === 'shipped' || state === 'delivered') ? 'shipped' : undefined;
}
