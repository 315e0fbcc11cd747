// What a merchant is expected to pay if orders that are late, or will be, are not shipped in time.
import type { CompensationReason } from '../domain/compensation/policy.ts';
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';
import { owedFor } from './owed.ts';

/**
 * The sum, by currency (minor units), of what each order's own rule book gives for a late shipment, and for being out of stock
 * where that was reported, leaving out what has been given. For orders the caller may see; nothing is promised by it.
 */
export function lateCost(app: App, orders: readonly Order[]): Promise<ReadonlyMap<string, number>> {
  const now = app.clock.now();
  const { timeZone } = app.defaults;
  return app.store.read(async (tx) => {
    const sums = new Map<string, number>();
    for (const order of orders) {
      const owed = await owedFor(app, tx, { order, reasons: reasonsToPay(order), now, timeZone });
      for (const { currency, amountMinor } of owed) {
        sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
      }
    }
    return sums;
  });
}

function reasonsToPay({ shipBy, stockOutAt }: Order): CompensationReason[] {
  if (!shipBy) return [];
  return stockOutAt === undefined ? ['late_shipment'] : ['out_of_stock', 'late_shipment'];
}
