// Sets pieces that came free aside for the open orders that are short of them, before anybody else is offered any.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Order } from '../domain/order/order.ts';
import type { Product } from '../domain/stock/product.ts';
import { reserve, shortOf } from '../domain/stock/reserve.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { mostUrgent } from './most-urgent.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';
import { saveOrder } from './save-order.ts';
import type { Shelf } from './shelf.ts';

/** Orders served before others have their turn: one transaction still, for nothing may come between them and their pieces. */
const servedInOneGo = 200;

export interface SetAside {
  readonly pieces: number;
  /** The orders that got some. */
  readonly orders: number;
}

/**
 * Gives the free pieces of these SKUs to the open orders short of them, the earliest ship-by first, those without a date last.
 * What cards show does not change, so they stay valid. To be followed by `shelf.save`.
 */
export async function setAsideForWaiting(
  app: App,
  tx: Tx,
  shelf: Shelf,
  skus: Iterable<string>,
  now: number,
): Promise<SetAside> {
  let pieces = 0;
  let orders = 0;
  const free = await freeOf(shelf, skus);
  const [first] = free.values();
  if (!first) return { pieces, orders };
  // All SKUs in one pass: a shop may have a hundred thousand orders open.
  const open = await mostUrgent(tx, 'openByMerchant', keyOf(first.guildId, first.merchantId), Number.MAX_SAFE_INTEGER);
  for (const order of open) {
    if (!order.lines.some((line) => free.has(line.sku) && shortOf(line) > 0)) continue;
    const got = await serve(app, tx, shelf, free, order, now);
    pieces += got;
    if (got > 0 && ++orders % servedInOneGo === 0) await nextTurn();
    if (free.size === 0) break;
  }
  return { pieces, orders };
}

/** The products among these that have free pieces, by SKU. */
async function freeOf(shelf: Shelf, skus: Iterable<string>): Promise<Map<string, Product>> {
  const free = new Map<string, Product>();
  for (const sku of skus) {
    const product = await shelf.get(sku);
    if (product?.stock) free.set(sku, product);
  }
  return free;
}

/** Gives an order what it is short of and is free; what is used up is free no more. Answers how many pieces it got. */
async function serve(
  app: App,
  tx: Tx,
  shelf: Shelf,
  free: Map<string, Product>,
  order: Order,
  now: number,
): Promise<number> {
  let { lines } = order;
  const given = new Map<string, number>();
  for (const { sku } of order.lines) {
    const product = free.get(sku);
    const got = product && reserve(lines, product, Number.POSITIVE_INFINITY, now);
    if (!got || got.taken === 0) continue;
    lines = got.lines;
    given.set(sku, got.taken);
    shelf.set(got.product);
    if (got.product.stock) free.set(sku, got.product);
    else free.delete(sku);
  }
  if (given.size === 0) return 0;
  const saved = await saveOrder(app, tx, order, { ...order, lines });
  for (const [sku, quantity] of given) {
    await record(tx, app, saved, 'stock_set_aside', 'system', { sku, quantity }, now);
  }
  return [...given.values()].reduce((sum, quantity) => sum + quantity, 0);
}

/** Saves a shelf; pieces given back to it that somebody waits for go to them. */
export async function saveShelf(app: App, tx: Tx, shelf: Shelf, now: number): Promise<void> {
  await setAsideForWaiting(app, tx, shelf, shelf.backFromNone(), now);
  await shelf.save(app, tx, now);
}
