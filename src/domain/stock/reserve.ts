// Pieces of a product set aside for the lines of an order.
import type { OrderLine } from '../order/order.ts';
import type { Product } from './product.ts';
import { take } from './take.ts';

export interface Reserved {
  readonly lines: OrderLine[];
  readonly product: Product;
  /** Pieces set aside now. */
  readonly taken: number;
}

/**
 * Takes pieces for the lines of the product that are short of them, as far as there are any. A SKU reported out of stock has
 * none.
 *
 * @param atMost no more pieces than these in all
 * @param now UTC epoch ms
 */
export function reserve(lines: OrderLine[], product: Product, atMost: number, now: number): Reserved {
  let shelf = product;
  let taken = 0;
  if (product.stockOutIncidentId !== undefined) return { lines, product, taken };
  const after = lines.map((line) => {
    const short = line.sku === product.sku ? shortOf(line) : 0;
    const wanted = Math.min(short, atMost - taken, shelf.stock ?? 0);
    if (wanted <= 0) return line;
    shelf = take(shelf, wanted, now).product;
    taken += wanted;
    return { ...line, reserved: (line.reserved ?? 0) + wanted };
  });
  return taken === 0 ? { lines, product, taken } : { lines: after, product: shelf, taken };
}

/** Pieces of a line that are not set aside. */
export function shortOf({ quantity, reserved = 0 }: OrderLine): number {
  return Math.max(0, quantity - reserved);
}
