// Pieces taken from and given back to a product's counted stock, and the one warning when it runs low.
import type { Product } from './product.ts';

/** Whether this many pieces can be had: not reported out of stock, and enough on hand where they are counted. */
export function available(product: Product, quantity: number): boolean {
  if (product.stockOutIncidentId !== undefined) return false;
  return product.stock === undefined || product.stock >= quantity;
}

/** Takes up to `quantity` pieces; what could be taken is answered. Nothing is taken of what is not counted. */
export function take(product: Product, quantity: number, now: number): { product: Product; taken: number } {
  if (product.stock === undefined) return { product, taken: 0 };
  const taken = Math.min(product.stock, quantity);
  return { product: withStock(product, product.stock - taken, now), taken };
}

/** Puts pieces back, unless the product is not counted or its merchant has said that it cannot be had. */
export function giveBack(product: Product, quantity: number, now: number): Product {
  if (product.stock === undefined || product.stockOutIncidentId !== undefined) return product;
  return withStock(product, product.stock + quantity, now);
}

/** The product with this stock; `warnedAt` is set when it falls below the warning level and cleared when it is back. */
export function withStock(product: Product, stock: number, now: number): Product {
  return warned({ ...product, stock }, now);
}

/** The product with its warning mark as its stock asks for. */
export function warned(product: Product, now: number): Product {
  const { warnedAt, ...rest } = product;
  const low = isLow(product);
  return low ? { ...rest, warnedAt: warnedAt ?? now } : rest;
}

export function isLow(product: Product): boolean {
  return product.stock !== undefined && product.warnBelow !== undefined && product.stock < product.warnBelow;
}
