// One order as its merchant works on it, for the cards opened from a list by the order's id.
import type { Merchant } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { requireMerchantOfOrder } from './access.ts';
import type { App, Request } from './context.ts';
import { remindersOf } from './reminders-of.ts';

export interface MerchantOrder {
  readonly order: Order;
  readonly merchant: Merchant;
  /** The zone this merchant's dates are read and written in. */
  readonly timeZone: string;
}

/** Only for those who act for the order's merchant. Refuses `order_not_found` to everyone else, and for an unknown id. */
export function merchantOrder(app: App, request: Request, orderId: string): Promise<Outcome<MerchantOrder>> {
  return app.store.read(async (tx) => {
    const order = await tx.get('orders', orderId);
    if (!order) return refuse('order_not_found');
    const merchant = await requireMerchantOfOrder(tx, request, order);
    if (isRefusal(merchant)) return merchant;
    return { order, merchant, timeZone: (await remindersOf(app, tx, order)).timeZone };
  });
}
