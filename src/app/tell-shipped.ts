// Queues the message to a buyer whose order has shipped, once for each order.
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
