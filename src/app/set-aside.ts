// Sets pieces that came free aside for the open orders that are short of them, before anybody else is offered any.
import { reserve } from '../domain/stock/reserve.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { mostUrgent } from './most-urgent.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';
import { saveOrder } from './save-order.ts';
import type { Shelf } from './shelf.ts';

export interface SetAside {
  readonly pieces: number;
  /** The orders that got some. */
  readonly orders: number;
}

/**
 * Gives the free pieces of a SKU to the open orders short of it, the earliest ship-by first, those without a date last. What
 * cards show does not change, so they stay valid. To be followed by `shelf.save`.
 */
export async function setAsideForWaiting(app: App, tx: Tx, shelf: Shelf, sku: string, now: number): Promise<SetAside> {
  let pieces = 0;
  let orders = 0;
  let product = await shelf.get(sku);
  if (!product?.stock) return { pieces, orders };
  const group = keyOf(product.guildId, product.merchantId);
  for (const order of await mostUrgent(tx, 'openByMerchant', group, Number.MAX_SAFE_INTEGER)) {
    const got = reserve(order.lines, product, Number.POSITIVE_INFINITY, now);
    if (got.taken === 0) continue;
    product = got.product;
    pieces += got.taken;
    orders += 1;
    const saved = await saveOrder(app, tx, order, { ...order, lines: got.lines });
    await record(tx, app, saved, 'stock_set_aside', 'system', { sku, quantity: got.taken }, now);
    if (!product.stock) break;
  }
  shelf.set(product);
  return { pieces, orders };
}

/** Saves a shelf; pieces given back to it that somebody waits for go to them. */
export async function saveShelf(app: App, tx: Tx, shelf: Shelf, now: number): Promise<void> {
  for (const sku of shelf.backFromNone()) await setAsideForWaiting(app, tx, shelf, sku, now);
  await shelf.save(app, tx, now);
}
