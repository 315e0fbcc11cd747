// Writes a ledger entry: numbered, chained to the one before it, with the balances it moves.
import { chainStart, entryHash } from '../domain/ledger/chain.ts';
import type { LedgerEntry, Posting } from '../domain/ledger/entry.ts';
import { balanced } from '../domain/ledger/posting.ts';
import { keyOf } from './collections.ts';
import type { Tx } from './ports.ts';

/** A ledger entry before it has its place in the ledger. */
export type EntryDraft = Omit<LedgerEntry, 'number' | 'previousHash' | 'hash'>;

/**
 * Appends an entry to the server's ledger and moves the balances of its accounts.
 * Answers `duplicate`, and writes nothing, where the order has a compensation for this reason already.
 * @throws where the postings are not balanced: money would be made or lost.
 */
export async function postEntry(tx: Tx, draft: EntryDraft): Promise<LedgerEntry | 'duplicate'> {
  if (!balanced(draft.postings)) throw new Error(`unbalanced ${draft.kind} entry`);
  const [last] = await tx.list('ledger', 'byGuild', { group: draft.guildId, newestFirst: true, limit: 1 });
  const placed = { ...draft, number: (last?.number ?? 0) + 1, previousHash: last?.hash ?? chainStart };
  const entry: LedgerEntry = { ...placed, hash: entryHash(placed) };
  if (!(await tx.insert('ledger', entry))) {
    if (entry.kind === 'compensation') return 'duplicate';
    throw new Error(`ledger entry ${entry.number} exists already`);
  }
  for (const posting of entry.postings) await moveBalance(tx, entry, posting);
  return entry;
}

async function moveBalance(tx: Tx, { guildId, currency }: LedgerEntry, posting: Posting): Promise<void> {
  const { account } = posting;
  const before = await balanceOf(tx, guildId, currency, account);
  await tx.put('balances', { guildId, currency, account, amountMinor: before + posting.amountMinor });
}

/** The running balance of an account in one currency, minor units; 0 for an account never used. */
export async function balanceOf(
  tx: Pick<Tx, 'get'>,
  guildId: string,
  currency: string,
  account: string,
): Promise<number> {
  return (await tx.get('balances', keyOf(guildId, currency, account)))?.amountMinor ?? 0;
}
