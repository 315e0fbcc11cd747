// What a merchant is expected to pay if orders that are late, or will be, are not shipped in time.
import { quote } from '../domain/compensation/quote.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { App } from './context.ts';
import { packOf } from './pack-of.ts';
import { compensationOf } from './weigh-compensation.ts';

/**
 * The sum, by currency (minor units), of what each order's own rule book gives for a late shipment, or for being out of stock
 * where that was reported, leaving out orders that have been compensated for it. For orders the caller may see; nothing is promised by it.
 */
export function lateCost(app: App, orders: readonly Order[]): Promise<ReadonlyMap<string, number>> {
  const now = app.clock.now();
  return app.store.read(async (tx) => {
    const sums = new Map<string, number>();
    for (const order of orders) {
      const reason = order.stockOutAt === undefined ? 'late_shipment' : 'out_of_stock';
      if (!order.shipBy || (await compensationOf(tx, order.id, reason))) continue;
      const quoted = quote(packOf(app, order), {
        order,
        reason,
        alreadyGivenMinor: 0,
        now,
        timeZone: app.defaults.timeZone,
      });
      if (isRefusal(quoted)) continue;
      sums.set(quoted.currency, (sums.get(quoted.currency) ?? 0) + quoted.amountMinor);
    }
    return sums;
  });
}
