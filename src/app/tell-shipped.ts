// Queues the messages to a buyer whose order has shipped: once for each order, and once for each corrected waybill.
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';

export async function tellShipped(app: App, tx: Tx, order: Order, now: number): Promise<void> {
  if (!order.buyer) return;
  await queueNotice(tx, app, {
    key: `shipped:${order.id}`,
    guildId: order.guildId,
    kind: 'order_shipped',
    to: { type: 'buyer', userId: order.buyer.userId },
    orderId: order.id,
    now,
  });
}

/** Where the news itself has not left yet, it will carry the right number; then there is nothing to take back. */
export async function tellCorrected(app: App, tx: Tx, before: Order, order: Order, now: number): Promise<void> {
  if (!order.buyer || (await isStillToBeTold(tx, order))) return;
  await queueNotice(tx, app, {
    key: `waybill:${order.id}:${order.version}`,
    guildId: order.guildId,
    kind: 'waybill_corrected',
    to: { type: 'buyer', userId: order.buyer.userId },
    orderId: order.id,
    data: before.tracking === undefined ? {} : { oldTracking: before.tracking },
    now,
  });
}

async function isStillToBeTold(tx: Tx, { id, buyer }: Order): Promise<boolean> {
  const notices = await tx.list('notices', 'byOrder', { group: id });
  return notices.some(({ kind, state, to, lastAttemptAt }) => {
    const tells = kind === 'order_shipped' || kind === 'waybill_corrected';
    const waits = state === 'pending' && lastAttemptAt === undefined;
    return tells && waits && to.type === 'buyer' && to.userId === buyer?.userId;
  });
}
