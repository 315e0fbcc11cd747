// The money side of a choice: the difference of a swap, and a refund of what is left.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import type { Order, OrderLine } from '../domain/order/order.ts';
import type { App } from './context.ts';
import { openRefund } from './open-refund.ts';
import type { Tx } from './ports.ts';
import { balanceOf, postEntry } from './post-entry.ts';

export interface Settlement {
  readonly order: Order;
  readonly by: string;
  readonly now: number;
  readonly pack: PolicyPack;
}

/**
 * Cheaper (> 0): the difference is refunded. Dearer (< 0): the merchant forgoes it, and the books say so; what was forgone
 * for the line given up is taken back with it.
 *
 * @param settlement.differenceMinor minor units of the order's currency
 * @param settlement.replaced the line as it was before
 */
export async function settleDifference(
  app: App,
  tx: Tx,
  settlement: Settlement & { readonly differenceMinor: number; readonly replaced: OrderLine },
): Promise<void> {
  const { differenceMinor, replaced, ...opening } = settlement;
  if (differenceMinor > 0) await openRefund(app, tx, { ...opening, kind: 'difference', amountMinor: differenceMinor });
  const forgoneMinor = Math.max(0, -differenceMinor) - (replaced.forgoneMinor ?? 0);
  if (forgoneMinor !== 0) await forgo(tx, opening, forgoneMinor);
}

/** Opens the refund of an order given up. */
export async function settleRefund(
  app: App,
  tx: Tx,
  settlement: Settlement & { readonly amountMinor: number },
): Promise<void> {
  const { amountMinor, ...opening } = settlement;
  await takeBackForgone(tx, opening);
  if (amountMinor > 0) await openRefund(app, tx, { ...opening, kind: 'full', amountMinor });
}

/** What the merchant forwent for goods that will not be sent after all is taken back. */
export async function takeBackForgone(tx: Tx, settlement: Settlement): Promise<void> {
  const { guildId, currency, id } = settlement.order;
  const forgone = await balanceOf(tx, guildId, currency, `goods:${id}`);
  if (forgone !== 0) await forgo(tx, settlement, -forgone);
}

async function forgo(tx: Tx, { order, by, now, pack }: Settlement, amountMinor: number): Promise<void> {
  const { guildId, id: orderId, merchantId, currency } = order;
  await postEntry(tx, {
    guildId,
    kind: 'swap_difference',
    orderId,
    merchantId,
    currency,
    postings: [
      { account: `forgone:${merchantId}`, amountMinor: -amountMinor },
      { account: `goods:${orderId}`, amountMinor },
    ],
    at: now,
    by,
    basis: { pack: pack.id, version: pack.version, dearerSwap: pack.remedies.dearerSwap },
  });
}
