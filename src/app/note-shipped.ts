// That an order has shipped, or its waybill is another: into the case file, and to its buyer once.
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';

/** @param by the account that said so, or `system` */
export async function noteShipped(app: App, tx: Tx, order: Order, by: string, now: number): Promise<void> {
  await record(tx, app, order, 'shipped', by, waybillOf(order), now);
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

function waybillOf({ carrier = '', tracking }: Order) {
  return tracking === undefined ? { how: 'untracked' } : { carrier, reference: tracking };
}

/** @param before with what was recorded until now */
export async function noteCorrected(
  app: App,
  tx: Tx,
  before: Order,
  order: Order,
  by: string,
  now: number,
): Promise<void> {
  const old = { oldCarrier: before.carrier ?? '', oldReference: before.tracking ?? '' };
  const data = { ...waybillOf(order), ...(before.tracking === undefined ? { how: 'first' } : old) };
  await record(tx, app, order, 'waybill_corrected', by, data, now);
  // Where the news itself has not left yet, it will carry the right number; then there is nothing to take back.
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
