// What a merchant must ship, the most urgent first.
import type { Merchant } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import { requireMerchant } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { mostUrgent } from './most-urgent.ts';
import { remindersOf } from './reminders-of.ts';

const dayMs = 86_400_000;

export interface DueOrders {
  readonly merchant: Merchant;
  /** Overdue first, then by ship-by instant; those without one last. */
  readonly orders: readonly Order[];
  /** How many there are without the limit. */
  readonly total: number;
  /** IANA name */
  readonly timeZone: string;
}

/** @param asked.withinMs how far ahead to look, default a day; @param asked.limit default 25 */
export function dueOrders(
  app: App,
  request: Request,
  asked: {
    readonly withinMs?: number | undefined;
    readonly merchantId?: string | undefined;
    readonly limit?: number | undefined;
  } = {},
): Promise<Outcome<DueOrders>> {
  return app.store.read(async (tx) => {
    const merchant = await requireMerchant(tx, request, asked.merchantId);
    if (isRefusal(merchant)) return merchant;
    const group = keyOf(merchant.guildId, merchant.id);
    const to = app.clock.now() + (asked.withinMs ?? dayMs);
    const { timeZone } = await remindersOf(app, tx, { guildId: merchant.guildId, merchantId: merchant.id });
    return {
      merchant,
      orders: await mostUrgent(tx, 'openByMerchant', group, asked.limit ?? 25, to),
      total: await tx.count('orders', 'openByMerchant', { group, to }),
      timeZone,
    };
  });
}
