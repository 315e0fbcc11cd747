// Which remedies are open to an order now, and on what exact terms. What a button offers comes from here and nowhere else.
import type { PolicyPack } from '../compensation/policy.ts';
import { isOverdue } from '../order/facts.ts';
import { isAnswered, isOpen, type Order, type OrderLine } from '../order/order.ts';
import type { Product } from '../stock/product.ts';
import { available } from '../stock/take.ts';

const dayMs = 86_400_000;

export interface SwapOption {
  readonly sku: string;
  readonly name: string;
  /** Pieces on hand; absent where they are not counted. */
  readonly stock?: number;
  /** Minor units of the order's currency for the whole line: > 0 the buyer gets back, < 0 the substitute is dearer. */
  readonly differenceMinor: number;
  readonly borneBy: 'nobody' | 'merchant';
}

export interface Remedies {
  /** `indefinite`: no date is known; by `untilAt` the shop ships or names one. */
  readonly wait?: { readonly untilAt: number; readonly indefinite: boolean };
  readonly swap?: { readonly line: OrderLine; readonly options: readonly SwapOption[] };
  readonly refund?: { readonly amountMinor: number; readonly dueWithinHours: number };
  /** The version of the order these terms hold for. */
  readonly version: number;
}

/**
 * The remedies open now: while the order is still to be shipped and something is wrong with it. A refund stays open for as
 * long, whatever was chosen or given before; no voucher takes its place (16 CFR 435.2).
 *
 * @param products by SKU: the troubled line's, and those that may be sent instead (`app/shelf.ts` gathers them)
 * @param now UTC epoch ms
 * @param alsoAwaited when other lines that are out of stock or late are expected (UTC epoch ms); `undefined`: nobody knows
 */
export function remediesOf(
  order: Order,
  products: ReadonlyMap<string, Product>,
  pack: Pick<PolicyPack, 'remedies' | 'refund'>,
  now: number,
  alsoAwaited: readonly (number | undefined)[] = [],
): Remedies {
  if (!isOpen(order) || !isTroubled(order, now)) return { version: order.version };
  const wait = waitOf(order, pack, now, alsoAwaited);
  const swap = swapOf(order, products, pack);
  const amountMinor = refundableMinor(order);
  return {
    ...(wait && { wait }),
    ...(swap && { swap }),
    ...(amountMinor > 0 && { refund: { amountMinor, dueWithinHours: pack.refund.dueWithinHours } }),
    version: order.version,
  };
}

/** Something is wrong: trouble reported, the ship-by instant passed, an agreed date missed, or the buyer is waiting. */
function isTroubled(order: Order, now: number): boolean {
  return (
    order.trouble !== undefined ||
    order.escalatedAt !== undefined ||
    order.choice?.kind === 'wait' ||
    isOverdue(order, now)
  );
}

/**
 * What a full refund comes to, minor units: everything paid, less what is back or on its way. What the marketplace gave back before
 * anything was begun here is added to that. What it gave back since holds what was begun here, once somebody has done it there: the
 * larger counts, not the sum, so that nobody loses what they are owed.
 */
export function refundableMinor(order: Order): number {
  const { paidMinor, refundedMinor = 0, refundedElsewhereMinor = 0, refundedElsewhereFirstMinor: first = 0 } = order;
  return Math.max(0, paidMinor - first - Math.max(refundedMinor, refundedElsewhereMinor - first));
}

/**
 * Waiting is offered once for each report, and only where the merchant has named a date that is still ahead, or none. An order
 * ships as one: where more of it is missing, the wait is for the last of it.
 */
function waitOf(
  order: Order,
  pack: Pick<PolicyPack, 'remedies'>,
  now: number,
  alsoAwaited: readonly (number | undefined)[],
): Remedies['wait'] {
  const { trouble, choice } = order;
  if (!trouble || (choice?.kind === 'wait' && isAnswered(order))) return undefined;
  if (trouble.newShipAt !== undefined && trouble.newShipAt <= now) return undefined;
  const dates = [trouble.newShipAt, ...alsoAwaited];
  const ahead = dates.filter((at) => at !== undefined && at > now) as number[];
  const indefinite = ahead.length < dates.length;
  const longest = now + pack.remedies.indefiniteWaitDays * dayMs;
  return { untilAt: Math.max(...ahead, ...(indefinite ? [longest] : [])), indefinite };
}

/** The line that is in trouble: the one with the reported SKU, or the only one. */
export function troubledLine(order: Order): OrderLine | undefined {
  const { trouble, lines } = order;
  if (trouble?.sku !== undefined) return lines.find((line) => line.sku === trouble.sku);
  return lines.length === 1 ? lines[0] : undefined;
}

function swapOf(
  order: Order,
  products: ReadonlyMap<string, Product>,
  pack: Pick<PolicyPack, 'remedies'>,
): Remedies['swap'] {
  const line = troubledLine(order);
  const substitutes = line && products.get(line.sku)?.substitutes;
  if (!line || !substitutes || isOwedAtTheDoor(order, line)) return undefined;
  const options = substitutes.flatMap((sku) => {
    const substitute = products.get(sku);
    if (!substitute || sku === line.sku || !available(substitute, line.quantity)) return [];
    const option = optionFor(order, line, substitute);
    return option.differenceMinor < 0 && pack.remedies.dearerSwap === 'not_offered' ? [] : [option];
  });
  return options.length > 0 ? { line, options } : undefined;
}

/** Where nothing has been paid for it yet, nobody here knows what another item would cost the buyer on delivery. */
function isOwedAtTheDoor({ paidMinor }: Order, line: OrderLine): boolean {
  return paidMinor === 0 && (listedMinor(line) ?? 0) > 0;
}

function optionFor(order: Order, line: OrderLine, substitute: Product): SwapOption {
  const differenceMinor = difference(order, line, substitute);
  return {
    sku: substitute.sku,
    name: substitute.name,
    ...(substitute.stock !== undefined && { stock: substitute.stock }),
    differenceMinor,
    borneBy: differenceMinor < 0 ? 'merchant' : 'nobody',
  };
}

/** What was paid for the line less what the substitute costs; 0 where either is unknown or in another currency. */
function difference(order: Order, line: OrderLine, substitute: Product): number {
  const paid = paidShare(order, line);
  if (paid === undefined || substitute.priceMinor === undefined) return 0;
  if (substitute.currency !== undefined && substitute.currency !== order.currency) return 0;
  return paid - substitute.priceMinor * line.quantity;
}

/** What the buyer paid for a line, never more than was paid in all: a discount on the order falls on each line alike. */
function paidShare(order: Order, line: OrderLine): number | undefined {
  const inAll = Math.max(0, order.paidMinor - (order.refundedMinor ?? 0));
  const own = listedMinor(line);
  if (own === undefined) return order.lines.length === 1 ? inAll : undefined;
  const inSum = order.lines.reduce((sum, each) => sum + (listedMinor(each) ?? 0), 0);
  return inSum <= inAll ? own : portion(own, inAll, inSum);
}

/** `amountMinor` × part ÷ whole, rounded down, exact at any size. */
function portion(amountMinor: number, part: number, whole: number): number {
  return Number((BigInt(amountMinor) * BigInt(part)) / BigInt(whole));
}

/** What a line costs without discounts. */
function listedMinor({ unitPriceMinor, quantity }: OrderLine): number | undefined {
  return unitPriceMinor === undefined ? undefined : unitPriceMinor * quantity;
}

/**
 * The line as it is after a swap. Where prices are known it keeps the lower of the two, before discounts like all others: what
 * the buyer has paid for it once the difference is settled.
 *
 * @param option the swap as `remediesOf` offered it
 * @param taken pieces set aside out of counted stock
 */
export function swappedLine(order: Order, line: OrderLine, option: SwapOption, taken: number): OrderLine {
  return {
    sku: option.sku,
    name: option.name,
    quantity: line.quantity,
    ...(line.unitPriceMinor !== undefined && { unitPriceMinor: priceLeft(order, line, option, line.unitPriceMinor) }),
    swappedFrom: line.swappedFrom ?? line.sku,
    ...(option.differenceMinor < 0 && { forgoneMinor: -option.differenceMinor }),
    ...(taken > 0 && { reserved: taken }),
  };
}

function priceLeft(order: Order, line: OrderLine, { differenceMinor }: SwapOption, unitPriceMinor: number): number {
  const paid = paidShare(order, line);
  return paid && differenceMinor > 0 ? portion(unitPriceMinor, paid - differenceMinor, paid) : unitPriceMinor;
}
