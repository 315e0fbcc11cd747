// What one member of staff may still give today.
import { Temporal } from 'temporal-polyfill';
import type { LedgerEntry } from '../ledger/entry.ts';
import { movedMinor } from '../ledger/posting.ts';
import { minorDigits } from '../money.ts';

/** The first instant (UTC epoch ms) of the day that `now` falls into, in the shop's zone. */
export function dayStartsAt(now: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay().epochMilliseconds;
}

/**
 * The limit in minor units of a currency. Limits are set in a rule book's currency; for an order, or under a rule book, in
 * another one the same figure of main units applies, as no rate of exchange is at hand.
 */
export function limitIn(currency: string, limit: { readonly minor: number; readonly currency: string }): number {
  return Math.floor(limit.minor * 10 ** (minorDigits(currency) - minorDigits(limit.currency)));
}

/** What is left of a limit, minor units of `currency`, after today's compensations of one member of staff. Never below zero. */
export function leftOf(limitMinor: number, currency: string, givenToday: readonly LedgerEntry[]): number {
  const given = givenToday
    .filter((entry) => entry.currency === currency)
    .reduce((sum, entry) => sum + movedMinor(entry.postings), 0);
  return Math.max(0, limitMinor - given);
}
