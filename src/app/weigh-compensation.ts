// Everything that decides a compensation, read and judged at one moment: the same for the preview and for the confirmation.
import { dayStartsAt, leftOf, limitIn } from '../domain/compensation/daily-limit.ts';
import type { CompensationReason } from '../domain/compensation/policy.ts';
import { type Quote, quote, quoteHash } from '../domain/compensation/quote.ts';
import type { LedgerEntry } from '../domain/ledger/entry.ts';
import { movedMinor } from '../domain/ledger/posting.ts';
import type { GuildSettings } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { packInForce, packOf } from './pack-of.ts';
import type { ReadTx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';

export interface Weighing {
  readonly settings: GuildSettings;
  readonly order: Order;
  readonly reason: CompensationReason;
  /** Set by staff in place of the rule's amount. */
  readonly overrideMinor?: number | undefined;
  /** The member of staff whose limit counts. */
  readonly userId: string;
  readonly now: number;
}

export interface Weighed {
  readonly quote: Quote;
  readonly quoteHash: string;
  /** What this member of staff may give today after this one, minor units of the quote's currency. */
  readonly leftTodayMinor: number;
}

/**
 * Quotes under the pack the order came in with, then holds the amount against the day's limit of the member of staff.
 * The order's own value is no limit: what a broken promise cost may be more than the goods.
 * Refuses `own_order` to the buyer of the order, like `quote`, `already_compensated` ({…, the first one}),
 * `amount_over_limit` ({leftMinor, limitMinor, currency}).
 */
export async function weighCompensation(app: App, tx: ReadTx, weighing: Weighing): Promise<Outcome<Weighed>> {
  const { order, reason, overrideMinor, userId, now } = weighing;
  if (order.buyer?.userId === userId) return refuse('own_order', { order: order.number });
  const existing = await compensationOf(tx, order.id, reason);
  if (existing) return alreadyCompensated(existing, order);

  const { timeZone } = await remindersOf(app, tx, order);
  const alreadyGivenMinor = await givenForOrder(tx, order);
  const quoted = quote(packOf(app, order), {
    order,
    reason,
    alreadyGivenMinor,
    now,
    timeZone,
    overrideMinor,
  });
  if (isRefusal(quoted)) return quoted;

  const { leftMinor, limitMinor } = await limitToday(app, tx, weighing, quoted.currency);
  if (quoted.amountMinor > leftMinor) {
    return refuse('amount_over_limit', { leftMinor, limitMinor, currency: quoted.currency });
  }
  return { quote: quoted, quoteHash: quoteHash(quoted), leftTodayMinor: leftMinor - quoted.amountMinor };
}

/** The compensation an order has for a reason, if any. */
export async function compensationOf(tx: ReadTx, orderId: string, reason: string): Promise<LedgerEntry | undefined> {
  const [entry] = await tx.list('ledger', 'compensation', { group: keyOf(orderId, reason), limit: 1 });
  return entry;
}

/** What has been given for an order so far, for any reason, minor units of the currency it is in. */
export async function givenForOrder(tx: ReadTx, { id, currency }: Pick<Order, 'id' | 'currency'>): Promise<number> {
  const entries = await tx.list('ledger', 'byOrder', { group: id });
  return entries
    .filter((entry) => entry.kind === 'compensation' && entry.currency === currency)
    .reduce((sum, { postings }) => sum + movedMinor(postings), 0);
}

/** The "no" that shows the first one: its number, sum, instant and giver. */
export function alreadyCompensated(entry: LedgerEntry, order: Pick<Order, 'number'>): Refusal {
  return refuse('already_compensated', {
    order: order.number,
    reason: entry.reason ?? '',
    entryNumber: entry.number,
    amountMinor: movedMinor(entry.postings),
    currency: entry.currency,
    at: entry.at,
    by: entry.by,
  });
}

async function limitToday(
  app: App,
  tx: ReadTx,
  { settings, userId, now }: Weighing,
  currency: string,
): Promise<{ leftMinor: number; limitMinor: number }> {
  const pack = packInForce(app, settings);
  const packs = { minor: pack.staff.dailyLimitMinor, currency: pack.currency };
  const limitMinor = limitIn(currency, settings.staffDailyLimit ?? packs);
  const givenToday = await tx.list('ledger', 'byGiver', {
    group: keyOf(settings.guildId, userId),
    from: dayStartsAt(now, settings.reminders.timeZone),
  });
  return { leftMinor: leftOf(limitMinor, currency, givenToday), limitMinor };
}
