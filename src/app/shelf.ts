// The products of one merchant touched in one transaction: read once, written once, low stock warned of once.
import type { Order } from '../domain/order/order.ts';
import { troubledLine } from '../domain/remedy/remedies.ts';
import type { Product } from '../domain/stock/product.ts';
import { giveBack } from '../domain/stock/take.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { ReadTx, Tx } from './ports.ts';

export interface ShelfOwner {
  readonly guildId: string;
  readonly merchantId: string;
}

export class Shelf {
  readonly #tx: ReadTx;
  readonly #owner: ShelfOwner;
  readonly #products = new Map<string, Product | undefined>();
  readonly #before = new Map<string, Product | undefined>();
  /** There were no free pieces of these before some were given back: orders may be short of them. */
  readonly #backFromNone = new Set<string>();

  constructor(tx: ReadTx, owner: ShelfOwner) {
    this.#tx = tx;
    this.#owner = owner;
  }

  async get(sku: string): Promise<Product | undefined> {
    if (!this.#products.has(sku)) {
      const { guildId, merchantId } = this.#owner;
      this.#products.set(sku, await this.#tx.get('products', keyOf(guildId, merchantId, sku)));
    }
    return this.#products.get(sku);
  }

  /** Reads the products of these lines, for `at`. */
  async load(lines: readonly { readonly sku: string }[]): Promise<void> {
    for (const { sku } of lines) if (!this.#products.has(sku)) await this.get(sku);
  }

  /** A product that was loaded, without waiting: for those who ask about thousands of orders. */
  at(sku: string): Product | undefined {
    const product = this.#products.get(sku);
    if (!product && !this.#products.has(sku)) throw new Error('the product was not loaded');
    return product;
  }

  /** Changes a product read before, or adds one; written by `save`. */
  set(product: Product): void {
    if (!this.#before.has(product.sku)) this.#before.set(product.sku, this.#products.get(product.sku));
    this.#products.set(product.sku, product);
  }

  /** Puts back pieces that an order gives up. */
  async giveBack(sku: string, pieces: number, now: number): Promise<void> {
    const product = pieces > 0 ? await this.get(sku) : undefined;
    const after = product && giveBack(product, pieces, now);
    if (!after || after === product) return;
    if (product?.stock === 0) this.#backFromNone.add(sku);
    this.set(after);
  }

  /** The SKUs whose free pieces belong first to the orders short of them (`saveShelf`). */
  backFromNone(): ReadonlySet<string> {
    return this.#backFromNone;
  }

  /** Writes what has changed. A product newly below its warning level is told to its merchant. */
  async save(app: App, tx: Tx, now: number): Promise<void> {
    for (const [sku, before] of this.#before) {
      const after = this.#products.get(sku);
      if (!after || after === before) continue;
      await tx.put('products', after);
      if (after.warnedAt !== undefined && before?.warnedAt === undefined) await warnLow(app, tx, after, now);
    }
    this.#before.clear();
    this.#backFromNone.clear();
  }
}

function warnLow(app: App, tx: Tx, product: Product, now: number): Promise<boolean> {
  const { guildId, merchantId, sku, stock = 0, warnBelow = 0 } = product;
  return queueNotice(tx, app, {
    key: `low_stock:${keyOf(guildId, merchantId, sku)}:${now}`,
    guildId,
    kind: 'low_stock',
    to: { type: 'merchant', merchantId },
    data: { sku, stock, warnBelow },
    now,
  });
}

/** What `remediesOf` needs to know: the product in trouble, and those that may be sent instead. */
export async function productsFor(shelf: Shelf, order: Order): Promise<Map<string, Product>> {
  const line = troubledLine(order);
  const own = line && (await shelf.get(line.sku));
  const found = await Promise.all((own?.substitutes ?? []).map((sku) => shelf.get(sku)));
  return new Map([own, ...found].filter((product) => product !== undefined).map((product) => [product.sku, product]));
}
