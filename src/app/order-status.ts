// Where a buyer's order stands, what can be chosen, and what is owed: one read, nothing written.
import type { CompensationReason } from '../domain/compensation/policy.ts';
import type { Quote } from '../domain/compensation/quote.ts';
import type { Voucher } from '../domain/ledger/voucher.ts';
import type { Notice } from '../domain/notice/notice.ts';
import { factsOf, isLate, type OrderFacts } from '../domain/order/facts.ts';
import type { Order } from '../domain/order/order.ts';
import type { Refund } from '../domain/refund/refund.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { type Remedies, remediesOf } from '../domain/remedy/remedies.ts';
import { findOrderForBuyer, requireBuyer } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { mostUrgent } from './most-urgent.ts';
import { owedFor } from './owed.ts';
import { packOf } from './pack-of.ts';
import type { ReadTx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';
import { productsFor, Shelf } from './shelf.ts';
import { datesOf, furtherReports, type StandingReport } from './standing-reports.ts';

const maxUnseen = 25;

export interface OrderStatus {
  readonly order: Order;
  readonly facts: OrderFacts;
  readonly remedies: Remedies;
  /** What else of the order is out of stock or late, beside what its trouble is about. */
  readonly also: readonly StandingReport[];
  readonly vouchers: readonly Voucher[];
  readonly refunds: readonly Refund[];
  /** What the rule book gives and has not been given yet. */
  readonly expected: readonly Quote[];
  /** IANA name: the merchant's dates are read in it. */
  readonly timeZone: string;
  /** Messages to this buyer that could not be delivered; once shown, `seeNotices` marks them. */
  readonly unseen: readonly Notice[];
}

/**
 * One order of the buyer who asks: the one named, else the most urgent open one, else the one that came in last.
 * Refuses `order_not_found`, `order_ambiguous`; `order_not_linked` where no order is named and none is linked.
 */
export function orderStatus(
  app: App,
  request: Request,
  asked: { readonly order?: string | undefined },
): Promise<Outcome<OrderStatus>> {
  return app.store.read(async (tx) => {
    const order = asked.order?.trim()
      ? await findOrderForBuyer(tx, request, asked.order)
      : await mostPressing(tx, request);
    return isRefusal(order) ? order : statusOf(app, tx, request, order);
  });
}

/** For buttons. Refuses `order_not_found` to anyone but the buyer. */
export function orderStatusById(app: App, request: Request, orderId: string): Promise<Outcome<OrderStatus>> {
  return app.store.read(async (tx) => {
    const order = requireBuyer(request, await tx.get('orders', orderId), orderId);
    return isRefusal(order) ? order : statusOf(app, tx, request, order);
  });
}

async function mostPressing(tx: ReadTx, request: Request): Promise<Outcome<Order>> {
  const group = keyOf(request.guildId, request.userId);
  const [open] = await mostUrgent(tx, 'openByBuyer', group, 1);
  const [latest] = open ? [open] : await tx.list('orders', 'byBuyer', { group, newestFirst: true, limit: 1 });
  return latest ?? refuse('order_not_linked');
}

export async function statusOf(app: App, tx: ReadTx, request: Request, order: Order): Promise<OrderStatus> {
  const now = app.clock.now();
  const { guildId, id } = order;
  const shelf = new Shelf(tx, order);
  const [{ timeZone }, products, also, vouchers, refunds, unseen] = await Promise.all([
    remindersOf(app, tx, order),
    productsFor(shelf, order),
    furtherReports(tx, shelf, order, now),
    tx.list('vouchers', 'byOrder', { group: id }),
    tx.list('refunds', 'byOrder', { group: id }),
    tx.list('notices', 'unseenByBuyer', { group: keyOf(guildId, request.userId), limit: maxUnseen }),
  ]);
  const expected = await owedFor(app, tx, { order, reasons: reasonsOwed(order, now), now, timeZone });
  return {
    order,
    facts: factsOf(order, now),
    remedies: remediesOf(order, products, packOf(app, order), now, datesOf(also)),
    also,
    vouchers,
    refunds,
    expected,
    timeZone,
    unseen,
  };
}

/** A stock-out is owed for once it was reported, lateness once it was there: whatever the buyer chose. */
function reasonsOwed(order: Order, now: number): CompensationReason[] {
  return [
    ...(order.stockOutAt === undefined ? [] : (['out_of_stock'] as const)),
    ...(isLate(order, now) ? (['late_shipment'] as const) : []),
  ];
}
