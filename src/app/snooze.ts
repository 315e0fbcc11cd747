// A merchant asks not to be pinged about some orders for a while.
import { isOpen, type Order } from '../domain/order/order.ts';
import { decide, evolve } from '../domain/order/state.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { requireMerchantOfOrder } from './access.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import type { ReadTx } from './ports.ts';
import { saveOrder } from './save-order.ts';

const maxSnoozeMs = 7 * 86_400_000;

/**
 * Snoozes those of the orders that are still to be shipped. Refuses `order_not_found` where one is not the merchant's,
 * `duration_invalid` for nothing or more than a week.
 */
export function snoozeOrders(
  app: App,
  request: Request,
  { orderIds, forMs }: { readonly orderIds: readonly string[]; readonly forMs: number },
): Promise<Outcome<{ count: number; untilAt: number }>> {
  return perform(app, request, async (tx, now) => {
    if (!(forMs > 0 && forMs <= maxSnoozeMs)) return refuse('duration_invalid', { text: String(forMs) });
    const orders = await ownOrders(tx, request, orderIds);
    if (isRefusal(orders)) return orders;
    const untilAt = now + forMs;
    const open = orders.filter(isOpen);
    for (const order of open) {
      const events = decide(order, { type: 'snooze', untilAt }, now);
      if (isRefusal(events)) return events;
      await saveOrder(app, tx, order, events.reduce(evolve, order), now);
    }
    return { count: open.length, untilAt };
  });
}

async function ownOrders(tx: ReadTx, request: Request, ids: readonly string[]): Promise<Outcome<Order[]>> {
  const orders: Order[] = [];
  for (const id of new Set(ids)) {
    const order = await tx.get('orders', id);
    if (!order) return refuse('order_not_found', { order: id.slice(0, 64) });
    const merchant = await requireMerchantOfOrder(tx, request, order);
    if (isRefusal(merchant)) return merchant;
    orders.push(order);
  }
  return orders;
}
