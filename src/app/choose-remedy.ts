// A buyer chooses: wait, swap or refund. One effect for one choice, however often and from wherever it is pressed.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import { type Choice, isAnswered, isOpen, type Order, type OrderLine } from '../domain/order/order.ts';
import { decide, evolve, notOpen, type OrderCommand } from '../domain/order/state.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { type Remedies, remediesOf, type SwapOption, swappedLine } from '../domain/remedy/remedies.ts';
import { take } from '../domain/stock/take.ts';
import { requireBuyer } from './access.ts';
import { applyIncident, counted, hasHeard, withTrouble } from './apply-incident.ts';
import type { App, Request } from './context.ts';
import { queueNotice } from './notify.ts';
import { packOf } from './pack-of.ts';
import { perform } from './perform.ts';
import type { ReadTx, Tx } from './ports.ts';
import { record } from './record-case.ts';
import { saveOrder } from './save-order.ts';
import { saveShelf } from './set-aside.ts';
import { settleDifference, settleRefund } from './settle-remedy.ts';
import { productsFor, Shelf } from './shelf.ts';
import { datesOf, furtherReports, standingReports } from './standing-reports.ts';

const hourMs = 3_600_000;

export type RemedyAsked =
  | { readonly kind: 'wait' }
  | { readonly kind: 'swap'; readonly sku: string }
  | { readonly kind: 'refund' };

export interface ChoiceAsked {
  readonly orderId: string;
  /** The order's version as the card showed it. */
  readonly version: number;
  readonly choice: RemedyAsked;
}

export interface ChoiceReceipt {
  readonly orderId: string;
  readonly kind: Choice['kind'];
  /** wait: until when. */
  readonly untilAt?: number;
  /** swap: what is sent instead, and what the buyer gets back (> 0) or the merchant bears (< 0), minor units. */
  readonly sku?: string;
  readonly differenceMinor?: number;
  /** refund: minor units; said once. */
  readonly amountMinor?: number;
  /** The same choice stood already; nothing has been done again. */
  readonly alreadyMade?: true;
}

/** What a choice is made on, all read at one moment. */
export interface Offer {
  readonly order: Order;
  readonly pack: PolicyPack;
  readonly remedies: Remedies;
  readonly shelf: Shelf;
}

/**
 * Makes the choice of the order's buyer. Refuses `order_not_found` to anyone else; `already_decided` ({kind, …}) where
 * another choice was made on the same card meanwhile; `card_outdated` where the order has changed otherwise; `order_closed`,
 * `already_shipped`, `unpaid_order`; `choice_expired` where the remedy is not open; `substitute_gone` ({sku}) where it was
 * taken by somebody else.
 */
export function chooseRemedy(app: App, request: Request, asked: ChoiceAsked): Promise<Outcome<ChoiceReceipt>> {
  return perform(app, request, async (tx, now) => {
    const order = requireBuyer(request, await tx.get('orders', asked.orderId), asked.orderId);
    if (isRefusal(order)) return order;
    const made = madeMeanwhile(order, asked);
    if (made) return made;
    const offer = await offerFor(app, tx, order, asked.version, now);
    if (isRefusal(offer)) return offer;
    switch (asked.choice.kind) {
      case 'wait':
        return wait(app, tx, request, offer, now);
      case 'swap':
        return swap(app, tx, request, offer, asked.choice.sku, now);
      case 'refund':
        return refund(app, tx, request, offer, now);
    }
  });
}

/** The remedies of an order as a card of this version may offer them. Refuses as `chooseRemedy` does. */
export async function offerFor(
  app: App,
  tx: ReadTx,
  order: Order,
  version: number,
  now: number,
): Promise<Outcome<Offer>> {
  if (!isOpen(order)) return notOpen(order);
  if (order.version !== version) return refuse('card_outdated', { order: order.number, kind: 'order' });
  const shelf = new Shelf(tx, order);
  const pack = packOf(app, order);
  const further = await furtherReports(tx, shelf, order, now);
  const products = await productsFor(shelf, order);
  return { order, pack, shelf, remedies: remediesOf(order, products, pack, now, datesOf(further)) };
}

/** The substitute asked for, while it can be had. Refuses `substitute_gone`, or `choice_expired` where nothing is open. */
export function swapOffered({ order, remedies }: Offer, sku: string): Outcome<{ line: OrderLine; option: SwapOption }> {
  const option = remedies.swap?.options.find((candidate) => candidate.sku === sku);
  if (remedies.swap && option) return { line: remedies.swap.line, option };
  return remedies.swap || remedies.refund ? refuse('substitute_gone', { sku: sku.slice(0, 64) }) : expired(order);
}

/** A choice made on this card or a newer one: the same again is answered with what stands, another is refused. */
function madeMeanwhile(order: Order, asked: ChoiceAsked): Outcome<ChoiceReceipt> | undefined {
  const { choice } = order;
  if (!choice || choice.version < asked.version || !isAnswered(order)) return undefined;
  const same = choice.kind === asked.choice.kind && (asked.choice.kind !== 'swap' || asked.choice.sku === choice.sku);
  const terms = {
    ...(choice.untilAt !== undefined && { untilAt: choice.untilAt }),
    ...(choice.sku !== undefined && { sku: choice.sku }),
  };
  if (!same) return refuse('already_decided', { order: order.number, kind: choice.kind, at: choice.at, ...terms });
  return { orderId: order.id, kind: choice.kind, ...terms, alreadyMade: true };
}

function expired(order: Order) {
  return refuse('choice_expired', { order: order.number });
}

async function wait(app: App, tx: Tx, request: Request, offer: Offer, now: number): Promise<Outcome<ChoiceReceipt>> {
  const terms = offer.remedies.wait;
  if (!terms) return expired(offer.order);
  const done = await carryOut(app, tx, offer.order, { type: 'wait', by: request.userId, ...terms }, now);
  if (isRefusal(done)) return done;
  const receipt: ChoiceReceipt = { orderId: done.id, kind: 'wait', untilAt: terms.untilAt };
  await tell(app, tx, request, done, receipt, now);
  return receipt;
}

async function swap(
  app: App,
  tx: Tx,
  request: Request,
  offer: Offer,
  sku: string,
  now: number,
): Promise<Outcome<ChoiceReceipt>> {
  const { order, pack, shelf } = offer;
  const offered = swapOffered(offer, sku);
  if (isRefusal(offered)) return offered;
  const { line, option } = offered;
  const taken = await exchangeStock(shelf, line, sku, now);
  const command: OrderCommand = {
    type: 'swap',
    by: request.userId,
    fromSku: line.sku,
    line: swappedLine(order, line, option, taken),
    shipByAt: now + pack.shipWithinHours * hourMs,
    refundedMinor: Math.max(0, option.differenceMinor),
  };
  const done = await carryOut(app, tx, order, command, now);
  if (isRefusal(done)) return done;
  await saveShelf(app, tx, shelf, now);
  const { differenceMinor } = option;
  const receipt: ChoiceReceipt = { orderId: done.id, kind: 'swap', sku, differenceMinor };
  await tell(app, tx, request, done, receipt, now);
  const stock = { sku, from: line.sku, quantity: line.quantity, ...(taken > 0 && { taken }) };
  await record(tx, app, done, 'stock_taken', request.userId, stock, now);
  await settleDifference(app, tx, { order: done, differenceMinor, replaced: line, by: request.userId, now, pack });
  await bringUpWhatIsLeft(app, tx, shelf, done, now);
  return receipt;
}

async function refund(app: App, tx: Tx, request: Request, offer: Offer, now: number): Promise<Outcome<ChoiceReceipt>> {
  const { order, pack, remedies, shelf } = offer;
  if (!remedies.refund) return expired(order);
  const { amountMinor } = remedies.refund;
  const done = await carryOut(app, tx, order, { type: 'refund', by: request.userId }, now);
  if (isRefusal(done)) return done;
  for (const { sku, reserved = 0 } of order.lines) await shelf.giveBack(sku, reserved, now);
  await saveShelf(app, tx, shelf, now);
  const receipt: ChoiceReceipt = { orderId: done.id, kind: 'refund', amountMinor };
  await tell(app, tx, request, done, receipt, now);
  await settleRefund(app, tx, { order: done, amountMinor, by: request.userId, now, pack });
  return receipt;
}

/** Decides, applies and saves. */
async function carryOut(app: App, tx: Tx, order: Order, command: OrderCommand, now: number): Promise<Outcome<Order>> {
  const events = decide(order, command, now);
  return isRefusal(events) ? events : saveOrder(app, tx, order, events.reduce(evolve, order), now);
}

/** Into the case file, and to the merchant, who has to act on it. */
async function tell(
  app: App,
  tx: Tx,
  request: Request,
  order: Order,
  { orderId, ...data }: ChoiceReceipt,
  now: number,
): Promise<void> {
  const said = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  await record(tx, app, order, 'choice_made', request.userId, said, now);
  await queueNotice(tx, app, {
    key: `choice:${orderId}:${order.version}`,
    guildId: order.guildId,
    kind: 'choice_made_merchant',
    to: { type: 'merchant', merchantId: order.merchantId },
    orderId,
    data: said,
    now,
  });
}

/** Takes the substitute and gives back what was set aside for the line. Answers how many pieces were taken. */
async function exchangeStock(shelf: Shelf, line: OrderLine, sku: string, now: number): Promise<number> {
  await shelf.giveBack(line.sku, line.reserved ?? 0, now);
  const substitute = await shelf.get(sku);
  if (!substitute) return 0;
  const { product, taken } = take(substitute, line.quantity, now);
  shelf.set(product);
  return taken;
}

/**
 * What is swapped is one line: where another is out of stock or late too, that comes up now, on the card the buyer has before
 * them. A report that has been counted and told is not counted and told again.
 */
async function bringUpWhatIsLeft(app: App, tx: Tx, shelf: Shelf, order: Order, now: number): Promise<void> {
  const [next] = order.trouble ? [] : await standingReports(tx, shelf, order, now);
  if (!next) return;
  const { incident } = next;
  if (await hasHeard(tx, order, incident)) {
    await saveOrder(app, tx, order, withTrouble(order, incident, now), now);
    return;
  }
  await applyIncident(app, tx, incident, order, now);
  await tx.put('incidents', counted(incident, order));
}
