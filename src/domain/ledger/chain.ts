// The hash chain over a server's ledger: each entry seals itself and the one before it.
import { canonicalHash } from '../canonical.ts';
import type { LedgerEntry } from './entry.ts';
import { balanced } from './posting.ts';

/** What the first entry of a server has for `previousHash`. */
export const chainStart = '0'.repeat(64);

/** SHA-256 hex of an entry; its own `hash`, where it has one, is left out. Key order and absent fields make no difference. */
export function entryHash(entry: Omit<LedgerEntry, 'hash'>): string {
  return canonicalHash({ ...entry, hash: undefined });
}

export interface BrokenLink {
  /** The entry's number, or the number that is missing. */
  readonly number: number;
  /**
   * `number`: an entry is missing, doubled or out of order. `hash`: the entry was changed. `previous_hash`: it does not follow
   * the one before. `unbalanced`: its postings do not sum to zero.
   */
  readonly problem: 'number' | 'previous_hash' | 'hash' | 'unbalanced';
}

/** The first entry that breaks the chain, if any. Takes all entries of one server, by number. */
export function verifyChain(entries: Iterable<LedgerEntry>): BrokenLink | undefined {
  let number = 0;
  let previousHash = chainStart;
  for (const entry of entries) {
    number += 1;
    if (entry.number !== number) return { number, problem: 'number' };
    if (entry.previousHash !== previousHash) return { number, problem: 'previous_hash' };
    if (entryHash(entry) !== entry.hash) return { number, problem: 'hash' };
    if (!balanced(entry.postings)) return { number, problem: 'unbalanced' };
    previousHash = entry.hash;
  }
  return undefined;
}
