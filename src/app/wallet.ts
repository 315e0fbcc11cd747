// `/wallet`: what a buyer holds and is owed on this server.
import type { Voucher } from '../domain/ledger/voucher.ts';
import type { Refund } from '../domain/refund/refund.ts';
import type { Outcome } from '../domain/refusal.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';

export interface Wallet {
  /** Still valid, the first to expire first. */
  readonly vouchers: readonly Voucher[];
  /** The last to expire first. */
  readonly expired: readonly Voucher[];
  /** Newest first, those under way before those paid. */
  readonly refunds: readonly Refund[];
  /** What the valid vouchers come to, by currency code. */
  readonly totalsByCurrency: Readonly<Record<string, number>>;
}

/** The asker's own, and nobody else's. An empty wallet is an answer too. */
export function wallet(app: App, request: Request): Promise<Outcome<Wallet>> {
  const group = keyOf(request.guildId, request.userId);
  return app.store.read(async (tx) => {
    const now = app.clock.now();
    const held = await tx.list('vouchers', 'byBuyer', { group });
    const byExpiry = held.toSorted((a, b) => a.expiresAt - b.expiresAt);
    const refunds = await tx.list('refunds', 'byBuyer', { group, newestFirst: true });
    const vouchers = byExpiry.filter(({ expiresAt }) => expiresAt >= now);
    return {
      vouchers,
      expired: byExpiry.filter(({ expiresAt }) => expiresAt < now).reverse(),
      refunds: [...refunds.filter(({ state }) => state === 'due'), ...refunds.filter(({ state }) => state === 'paid')],
      totalsByCurrency: totals(vouchers),
    };
  });
}

function totals(vouchers: readonly Voucher[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of vouchers) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return Object.fromEntries(sums);
}
