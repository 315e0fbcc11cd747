// What makes postings a ledger entry: money is moved, never made.
import type { Posting } from './entry.ts';

/** True where there are at least two postings, none of them zero, all whole minor units, and they sum to zero. */
export function balanced(postings: readonly Posting[]): boolean {
  return (
    postings.length >= 2 &&
    postings.every(({ amountMinor }) => Number.isSafeInteger(amountMinor) && amountMinor !== 0) &&
    postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0) === 0
  );
}

/** Moves an amount (minor units, above zero) from one account to another. */
export function transfer(from: string, to: string, amountMinor: number): Posting[] {
  return [
    { account: from, amountMinor: -amountMinor },
    { account: to, amountMinor },
  ];
}

/** What an entry moved in all, minor units: the sum of what its accounts received. */
export function movedMinor(postings: readonly Posting[]): number {
  return postings.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor), 0);
}
