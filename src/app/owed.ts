// What the rule book gives for an order and has not been given yet: the same sums that `/compensate` would quote.
import type { CompensationReason } from '../domain/compensation/policy.ts';
import { type Quote, quote } from '../domain/compensation/quote.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { App } from './context.ts';
import { packOf } from './pack-of.ts';
import type { ReadTx } from './ports.ts';
import { compensationOf, givenForOrder } from './weigh-compensation.ts';

export interface Owing {
  readonly order: Order;
  /** Each owed by its own condition, as far as the rule book lets them stand beside each other. */
  readonly reasons: readonly CompensationReason[];
  readonly now: number;
  /** IANA name, of the shop */
  readonly timeZone: string;
}

/** One quote for each reason that still comes to something, as if they were given in this order. */
export async function owedFor(app: App, tx: ReadTx, owing: Owing): Promise<Quote[]> {
  const { order, reasons, now, timeZone } = owing;
  const quotes: Quote[] = [];
  let alreadyGivenMinor = reasons.length > 0 ? await givenForOrder(tx, order) : 0;
  for (const reason of reasons) {
    if (await compensationOf(tx, order.id, reason)) continue;
    const quoted = quote(packOf(app, order), { order, reason, alreadyGivenMinor, now, timeZone });
    if (isRefusal(quoted)) continue;
    quotes.push(quoted);
    alreadyGivenMinor += quoted.amountMinor;
  }
  return quotes;
}
