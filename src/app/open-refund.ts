// Opens a refund: what the buyer is owed, due when the rule book says, watched until it is paid.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import { transfer } from '../domain/ledger/posting.ts';
import type { Order } from '../domain/order/order.ts';
import type { Refund } from '../domain/refund/refund.ts';
import { refundWakeAt } from '../domain/refund/wake.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';
import { postEntry } from './post-entry.ts';
import { record } from './record-case.ts';

export interface RefundOpening {
  readonly order: Order;
  readonly kind: Refund['kind'];
  /** Minor units of the order's currency, above zero: where nothing was paid there is nothing to refund. */
  readonly amountMinor: number;
  readonly by: string;
  readonly now: number;
  /** The pack of the order: it says within how many hours a refund is due. */
  readonly pack: PolicyPack;
}

/**
 * Opens a refund in the caller's transaction: record, ledger entry (merchant → refund), case-file entry, and a notice to the
 * buyer where one is linked. Whether one may be opened is the caller's to decide.
 */
export async function openRefund(app: App, tx: Tx, opening: RefundOpening): Promise<Refund> {
  const { order, kind, amountMinor, by, now, pack } = opening;
  const { guildId, merchantId, currency, id: orderId } = order;
  const opened: Refund = {
    id: app.ids.next(),
    guildId,
    merchantId,
    orderId,
    orderNumber: order.number,
    ...(order.buyer && { buyerId: order.buyer.userId }),
    kind,
    amountMinor,
    currency,
    requestedAt: now,
    dueAt: now + pack.refund.dueWithinHours * 3_600_000,
    state: 'due',
    reminded: 'none',
  };
  const wakeAt = refundWakeAt(opened);
  const refund: Refund = { ...opened, ...(wakeAt !== undefined && { wakeAt }) };
  await tx.put('refunds', refund);
  await postEntry(tx, {
    guildId,
    kind: 'refund_opened',
    orderId,
    merchantId,
    currency,
    postings: transfer(`merchant:${merchantId}`, `refund:${refund.id}`, amountMinor),
    at: now,
    by,
    basis: { pack: pack.id, version: pack.version, dueWithinHours: pack.refund.dueWithinHours, refund: kind },
  });
  const data = { refundId: refund.id, kind, amountMinor, currency, dueAt: refund.dueAt };
  await record(tx, app, order, 'refund_opened', by, data, now);
  if (order.buyer) {
    await queueNotice(tx, app, {
      key: `refund_opened:${refund.id}`,
      guildId,
      kind: 'refund_opened',
      to: { type: 'buyer', userId: order.buyer.userId },
      orderId,
      data,
      now,
    });
  }
  return refund;
}
