// `/case refunds` and `/case paid`: the refunds staff have still to pay, and recording that they were.
import { transfer } from '../domain/ledger/posting.ts';
import type { Order } from '../domain/order/order.ts';
import type { Refund } from '../domain/refund/refund.ts';
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { parseText } from '../domain/text.ts';
import { findOrderForStaff, requireStaff } from './access.ts';
import type { App, Request } from './context.ts';
import { queueNotice } from './notify.ts';
import { perform } from './perform.ts';
import type { Tx } from './ports.ts';
import { postEntry } from './post-entry.ts';
import { record } from './record-case.ts';

/** Refunds shown at once; more are counted. */
const refundsShown = 25;
const referenceLength = 100;

/** The refunds not yet paid, overdue first, and how many there are in all. Staff only. */
export function dueRefunds(app: App, request: Request): Promise<Outcome<{ refunds: Refund[]; total: number }>> {
  return app.store.read(async (tx) => {
    const staff = await requireStaff(tx, request);
    if (isRefusal(staff)) return staff;
    const group = request.guildId;
    return {
      refunds: await tx.list('refunds', 'due', { group, limit: refundsShown }),
      total: await tx.count('refunds', 'due', { group }),
    };
  });
}

export interface PaidReceipt {
  readonly orderId: string;
  readonly refundIds: readonly string[];
  /** The sum of the refunds recorded as paid. */
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * Records all refunds due on an order as paid, under the payment's reference (1–100 characters). Staff only.
 * Refuses `refund_not_found` where none was ever opened, `already_paid` ({order, reference, paidAt}) where none is left.
 */
export function recordPaid(
  app: App,
  request: Request,
  asked: { readonly order: string; readonly reference: string },
): Promise<Outcome<PaidReceipt>> {
  return perform(app, request, async (tx, now) => {
    const order = await findOrderForStaff(tx, request, asked.order);
    if (isRefusal(order)) return order;
    const reference = parseText(asked.reference, referenceLength);
    if (isRefusal(reference)) return reference;

    const refunds = await tx.list('refunds', 'byOrder', { group: order.id });
    const due = refunds.filter(({ state }) => state === 'due');
    if (due.length === 0) return nothingDue(order, refunds.at(-1));
    for (const refund of due)
      await markPaid(app, tx, order, refund, { reference, paidBy: request.userId, paidAt: now });
    return {
      orderId: order.id,
      refundIds: due.map(({ id }) => id),
      amountMinor: due.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      currency: order.currency,
    };
  });
}

function nothingDue(order: Order, last: Refund | undefined): Refusal {
  if (!last) return refuse('refund_not_found', { order: order.number });
  return refuse('already_paid', {
    order: order.number,
    reference: last.reference ?? '',
    paidAt: last.paidAt ?? last.requestedAt,
  });
}

interface Payment {
  readonly reference: string;
  readonly paidBy: string;
  readonly paidAt: number;
}

async function markPaid(app: App, tx: Tx, order: Order, refund: Refund, payment: Payment): Promise<void> {
  const { wakeAt: _, ...rest } = refund;
  const { id: refundId, guildId, merchantId, amountMinor, currency } = refund;
  const { paidAt: now, paidBy: by, reference } = payment;
  await tx.put('refunds', { ...rest, ...payment, state: 'paid' });
  await postEntry(tx, {
    guildId,
    kind: 'refund_paid',
    orderId: order.id,
    merchantId,
    currency,
    postings: transfer(`refund:${refundId}`, 'outside', amountMinor),
    at: now,
    by,
    basis: { reference },
  });
  const data = { refundId, amountMinor, currency, reference };
  await record(tx, app, order, 'refund_paid', by, data, now);
  if (!order.buyer) return;
  await queueNotice(tx, app, {
    key: `refund_paid:${refundId}`,
    guildId,
    kind: 'refund_paid',
    to: { type: 'buyer', userId: order.buyer.userId },
    orderId: order.id,
    data,
    now,
  });
}
