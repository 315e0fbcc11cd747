// A merchant's stock: what is on hand, when to warn, and what has come in again.
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { maxPieces, type Product } from '../domain/stock/product.ts';
import { isLow, warned, withStock } from '../domain/stock/take.ts';
import { requireMerchant } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import type { ReadTx, Tx } from './ports.ts';
import { resolveIncident } from './resolve-incident.ts';
import { type SetAside, setAsideForWaiting } from './set-aside.ts';
import { Shelf } from './shelf.ts';

const nothing: SetAside = { pieces: 0, orders: 0 };
const maxListed = 25;

export interface Given {
  /** What orders got that were short of it; absent where none was. */
  readonly given?: SetAside;
}

/** What is kept of one SKU, or of several. */
export interface StockListed extends Given {
  readonly products: Product[];
  readonly total: number;
  /** For one counted SKU: pieces set aside for open orders, beside those that are free. */
  readonly setAside?: number;
}

/**
 * Adds pieces that came in. Open orders short of the SKU get theirs before any is free; where it was not counted and not out,
 * nobody knows who is, and all are free. Open reports of the SKU end with it, a stock-out or a delay: orders that come in from
 * now on are not affected. Orders told before keep their remedies and the date named, until the buyer chooses or the order ships;
 * nobody is told anew. Refuses `sku_not_found`, `number_invalid`, and whatever `requireMerchant` refuses.
 *
 * @returns `stock`: the free pieces there were and those that came in, before any were set aside
 */
export function restock(
  app: App,
  request: Request,
  asked: { readonly sku: string; readonly quantity: number; readonly merchantId?: string | undefined },
): Promise<Outcome<{ sku: string; stock: number } & Given>> {
  return perform(app, request, async (tx, now) => {
    if (!isCount(asked.quantity) || asked.quantity === 0) return refuse('number_invalid', { option: 'quantity' });
    const owned = await ownedProduct(tx, request, asked.sku, asked.merchantId);
    if (isRefusal(owned)) return owned;
    const { product, shelf } = owned;
    const stock = Math.min(maxPieces, (product.stock ?? 0) + asked.quantity);
    shelf.set(withStock(await delayEnded(tx, await stockOutEnded(tx, product)), stock, now));
    const knownShort = product.stock !== undefined || product.stockOutIncidentId !== undefined;
    const given = knownShort ? await setAsideForWaiting(app, tx, shelf, [product.sku], now) : nothing;
    await shelf.save(app, tx, now);
    return { sku: product.sku, stock, ...givenOf(given) };
  });
}

/**
 * Sets the stock or the warning level of a SKU; with neither, lists: low ones first, then by SKU, at most 25.
 * Setting a stock above zero ends an open stock-out report and serves those who wait, like `restock`; else what is set is
 * what is free. Refuses `sku_missing`, `sku_not_found`,
 * `number_invalid`, and whatever `requireMerchant` refuses.
 */
export function setStock(
  app: App,
  request: Request,
  asked: {
    readonly sku?: string | undefined;
    readonly set?: number | undefined;
    readonly warnBelow?: number | undefined;
    readonly merchantId?: string | undefined;
  },
): Promise<Outcome<StockListed>> {
  const { sku, set, warnBelow, merchantId } = asked;
  if (set === undefined && warnBelow === undefined) return listStock(app, request, sku, merchantId);
  return perform(app, request, async (tx, now) => {
    if (!isCountOrNothing(set)) return refuse('number_invalid', { option: 'set' });
    if (!isCountOrNothing(warnBelow)) return refuse('number_invalid', { option: 'warn-below' });
    const owned = await ownedProduct(tx, request, sku, merchantId);
    if (isRefusal(owned)) return owned;
    const level = { ...(set !== undefined && { stock: set }), ...(warnBelow !== undefined && { warnBelow }) };
    return changeStock(app, tx, owned, level, now);
  });
}

async function changeStock(
  app: App,
  tx: Tx,
  { product, shelf }: Owned,
  level: Pick<Product, 'stock' | 'warnBelow'>,
  now: number,
): Promise<StockListed> {
  const back = level.stock ? await stockOutEnded(tx, product) : product;
  const after = warned({ ...back, ...level }, now);
  shelf.set(after);
  const given = back === product ? nothing : await setAsideForWaiting(app, tx, shelf, [after.sku], now);
  await shelf.save(app, tx, now);
  return { ...(await oneListed(tx, (await shelf.get(after.sku)) ?? after)), ...givenOf(given) };
}

/** Products of the merchant whose SKU or name contains what was typed, at most 25: for autocomplete, so never a refusal. */
export function suggestSkus(app: App, request: Request, typed: string, merchantId?: string): Promise<Product[]> {
  return app.store.read(async (tx) => {
    const merchant = await requireMerchant(tx, request, merchantId);
    if (isRefusal(merchant)) return [];
    const text = typed.trim().toLowerCase();
    const products = await tx.list('products', 'byMerchant', { group: keyOf(merchant.guildId, merchant.id) });
    const fits = ({ sku, name }: Product) => sku.toLowerCase().includes(text) || name.toLowerCase().includes(text);
    return products.filter(fits).slice(0, maxListed);
  });
}

function listStock(
  app: App,
  request: Request,
  sku: string | undefined,
  merchantId: string | undefined,
): Promise<Outcome<StockListed>> {
  return app.store.read(async (tx) => {
    if (sku?.trim()) {
      const owned = await ownedProduct(tx, request, sku, merchantId);
      return isRefusal(owned) ? owned : oneListed(tx, owned.product);
    }
    const merchant = await requireMerchant(tx, request, merchantId);
    if (isRefusal(merchant)) return merchant;
    const products = await tx.list('products', 'byMerchant', { group: keyOf(merchant.guildId, merchant.id) });
    const pressing = products.filter((product) => isPressing(product));
    const others = products.filter((product) => !isPressing(product));
    return { products: [...pressing, ...others].slice(0, maxListed), total: products.length };
  });
}

async function oneListed(tx: ReadTx, product: Product): Promise<StockListed> {
  const listed = { products: [product], total: 1 };
  if (product.stock === undefined) return listed;
  const open = await tx.list('orders', 'openByMerchant', { group: keyOf(product.guildId, product.merchantId) });
  const own = open.flatMap(({ lines }) => lines).filter(({ sku }) => sku === product.sku);
  return { ...listed, setAside: own.reduce((sum, { reserved = 0 }) => sum + reserved, 0) };
}

function isPressing(product: Product): boolean {
  return isLow(product) || product.stock === 0 || product.stockOutIncidentId !== undefined;
}

interface Owned {
  readonly product: Product;
  readonly shelf: Shelf;
}

async function ownedProduct(
  tx: ReadTx,
  request: Request,
  typed: string | undefined,
  merchantId: string | undefined,
): Promise<Outcome<Owned>> {
  const merchant = await requireMerchant(tx, request, merchantId);
  if (isRefusal(merchant)) return merchant;
  const sku = typed?.trim();
  if (!sku) return refuse('sku_missing');
  const shelf = new Shelf(tx, { guildId: merchant.guildId, merchantId: merchant.id });
  const product = await shelf.get(sku);
  return product ? { product, shelf } : refuse('sku_not_found', { sku: sku.slice(0, 64) });
}

function givenOf(given: SetAside): Given {
  return given.pieces > 0 ? { given } : {};
}

/** The product itself where it is not out of stock. */
async function stockOutEnded(tx: Tx, product: Product): Promise<Product> {
  const { stockOutIncidentId, ...back } = product;
  if (stockOutIncidentId === undefined) return product;
  await resolveIncident(tx, stockOutIncidentId);
  return back;
}

async function delayEnded(tx: Tx, { delayIncidentId, ...product }: Product): Promise<Product> {
  if (delayIncidentId !== undefined) await resolveIncident(tx, delayIncidentId);
  return product;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maxPieces;
}

function isCountOrNothing(value: number | undefined): boolean {
  return value === undefined || isCount(value);
}
