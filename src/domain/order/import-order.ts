// What an order read from a file becomes: a new order, or the one we know with what the file newly tells.
import type { PolicyPack } from '../compensation/policy.ts';
import type { DraftLine, OrderDraft, Recipient } from '../order-draft.ts';
import { isSame } from '../same.ts';
import type { Order, OrderLine, OrderState, ShipBy } from './order.ts';
import { shipByOf } from './ship-by.ts';
import { next } from './state.ts';

/** The state a file tells. Refunded before it was shipped means closed; refunded afterwards it stays shipped. */
export function fileState(draft: Pick<OrderDraft, 'state' | 'afterSales'>): OrderState {
  const { state, afterSales } = draft;
  if (state === 'cancelled') return 'closed';
  return afterSales === 'refunded' && state !== 'shipped' && state !== 'delivered' ? 'closed' : state;
}

export interface NewOrder {
  readonly id: string;
  readonly guildId: string;
  readonly merchantId: string;
  readonly source: string;
  /** The account that imports, or `system`. */
  readonly by: string;
  readonly pack: PolicyPack;
  /** UTC epoch ms */
  readonly now: number;
}

export function orderFromDraft(draft: OrderDraft, fresh: NewOrder): Order {
  const { id, guildId, merchantId, source, by, pack, now } = fresh;
  const state = fileState(draft);
  const shipBy = shipByOf(draft, pack);
  const order: Order = {
    id,
    guildId,
    merchantId,
    number: draft.number,
    source,
    state,
    afterSales: draft.afterSales,
    currency: draft.currency,
    paidMinor: draft.paidMinor,
    lines: [...draft.lines],
    recipient: draft.recipient,
    policy: { pack: pack.id, version: pack.version },
    importedAt: now,
    version: 1,
  };
  if (by !== 'system') order.importedBy = by;
  if (shipBy) order.shipBy = shipBy;
  if (state === 'closed') order.closedAt = now;
  if (draft.refundedMinor) order.refundedElsewhereMinor = draft.refundedMinor;
  return takeOptional(order, draft);
}

/**
 * The order with what a newer file tells. What happened here is kept: the link, choices and their dates, trouble, swapped
 * lines, our waybill. The state only moves forward (`transitions`); a cell the file leaves empty or masks changes nothing.
 *
 * @param fromFile what the file tells, which may be older than what is known
 * @param now UTC epoch ms
 */
export function mergeDraft(order: Order, fromFile: OrderDraft, { pack, now }: Pick<NewOrder, 'pack' | 'now'>): Order {
  const draft = withoutUnpaid(order, fromFile);
  const state = next(order.state, `file_${fileState(draft)}`);
  const moved = state !== order.state;
  const shipBy = shipByAfter(order, draft, pack, state);
  const {
    carrier: _carrier,
    tracking: _tracking,
    refundedElsewhereMinor: _,
    ...told
  } = takeOptional({ ...order }, draft);
  const paid = paidAfter(order, draft);
  return {
    ...told,
    ...waybillAfter(order, draft),
    state,
    // Money given back does not come again: a file that does not know of it is an older one.
    afterSales: order.afterSales === 'refunded' ? 'refunded' : draft.afterSales,
    ...paid,
    ...refundedElsewhere(order, draft, paid.currency),
    lines: linesAfter(order, draft.lines),
    recipient: recipientAfter(order.recipient, draft.recipient),
    ...(shipBy && { shipBy }),
    ...(moved && state === 'closed' && { closedAt: now }),
    ...(moved && state === 'shipped' && { shippedAt: draft.shippedAt ?? now }),
    ...(order.shippedAt !== undefined && { shippedAt: order.shippedAt }),
  };
}

/** A file from before the payment knows nothing of it: neither what was paid nor when. */
function withoutUnpaid(order: Order, draft: OrderDraft): OrderDraft {
  const isOlder = draft.paysOnDelivery ? order.paidMinor > 0 : draft.state === 'unpaid' && order.state !== 'unpaid';
  if (!isOlder) return draft;
  const { paidAt: _, ...rest } = draft;
  return { ...rest, currency: order.currency, paidMinor: order.paidMinor };
}

/** Carrier and number from one and the same place: the shop's own where it gave them, else from the file that last named a number. */
function waybillAfter(order: Order, draft: OrderDraft): Pick<Order, 'carrier' | 'tracking'> {
  const isSilent = draft.tracking === undefined && (order.tracking !== undefined || draft.carrier === undefined);
  const { carrier, tracking } = order.ownWaybill || isSilent ? order : draft;
  return { ...(carrier !== undefined && { carrier }), ...(tracking !== undefined && { tracking }) };
}

/** What a file can tell of an order: by the code that its case file names a change by, the fields. */
const told = Object.entries({
  state: ['state', 'afterSales'],
  paid: ['paidMinor', 'currency', 'paidAt', 'refundedElsewhereMinor'],
  lines: ['lines'],
  ship_by: ['shipBy'],
  tracking: ['carrier', 'tracking', 'shippedAt', 'deliveredAt'],
  recipient: ['recipient'],
  notes: ['merchantNote', 'buyerNote', 'presale'],
} as const satisfies Record<string, readonly (keyof Order)[]>);

/** What of an order has changed that a file can tell, as codes for its case file; none where nothing has. */
export function changesBetween(before: Order, after: Order): string[] {
  return told
    .filter(([, fields]) => fields.some((field) => !isSame(before[field], after[field])))
    .map(([code]) => code);
}

/** Swaps are choices too, but a later choice takes their place. */
function isSwapped({ lines }: Order): boolean {
  return lines.some(({ swappedFrom }) => swappedFrom !== undefined);
}

/** Once money has moved for it, another currency in the file is not believed: the sums here would be of two. */
function paidAfter(order: Order, { currency, paidMinor }: OrderDraft): Pick<Order, 'currency' | 'paidMinor'> {
  const moved = order.refundedMinor !== undefined || isSwapped(order) || order.choice?.kind === 'refund';
  return moved && currency !== order.currency
    ? { currency: order.currency, paidMinor: order.paidMinor }
    : { currency, paidMinor };
}

/** What was once given back stays so, in the currency the order is in. */
function refundedElsewhere(order: Order, draft: OrderDraft, currency: string): Pick<Order, 'refundedElsewhereMinor'> {
  const known = order.currency === currency ? (order.refundedElsewhereMinor ?? 0) : 0;
  const told = draft.currency === currency ? (draft.refundedMinor ?? 0) : 0;
  return known + told > 0 ? { refundedElsewhereMinor: Math.max(known, told) } : {};
}

/**
 * A date the buyer agreed to stands; a promised one is not given up for one of our own reckoning. Once the goods have left it is
 * what they were held to: who pays on delivery does so after that, and the file that tells of the one may be the first to tell of
 * the other.
 *
 * @param state after the file
 */
function shipByAfter(order: Order, draft: OrderDraft, pack: PolicyPack, state: OrderState): ShipBy | undefined {
  const known = order.shipBy;
  if (known && (hasLeft(order.state) || known.basis === 'agreed')) return known;
  const told = shipByOf(draft, pack);
  if (known && told?.basis !== 'promised' && (hasLeft(state) || known.basis === 'promised')) return known;
  return told ?? known;
}

function hasLeft(state: OrderState): boolean {
  return state === 'shipped' || state === 'delivered';
}

/** The file does not know of swaps made here: after one, its lines are history. */
function linesAfter(order: Order, told: readonly DraftLine[]): OrderLine[] {
  if (isSwapped(order)) return order.lines;
  const reserved = new Map<string, number>();
  for (const { sku, reserved: pieces = 0 } of order.lines) reserved.set(sku, (reserved.get(sku) ?? 0) + pieces);
  return told.map((line) => {
    const left = reserved.get(line.sku) ?? 0;
    const kept = Math.min(left, line.quantity);
    reserved.set(line.sku, left - kept);
    return { ...line, ...(kept > 0 && { reserved: kept }) };
  });
}

function recipientAfter(known: Order['recipient'], told: Recipient): Order['recipient'] {
  const news = Object.entries(told).filter(([field, text]) => {
    const have = known[field as keyof Recipient];
    return typeof text === 'string' && !(text.includes('*') && have !== undefined && !have.includes('*'));
  });
  return { ...known, ...Object.fromEntries(news) };
}

/** The fields that a draft and an order have in common and that a file may leave out. */
const optional = [
  'paidAt',
  'shippedAt',
  'deliveredAt',
  'carrier',
  'tracking',
  'merchantNote',
  'buyerNote',
  'presale',
] as const;
type Optional = Pick<Order, (typeof optional)[number]>;

/** Gives an order, in place, those of them that the draft has. */
function takeOptional(order: Order, draft: OrderDraft): Order {
  for (const field of optional) take(order, draft, field);
  return order;
}

function take<K extends keyof Optional>(to: Optional, from: Optional, field: K): void {
  if (from[field] !== undefined) to[field] = from[field];
}
