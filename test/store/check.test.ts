// Each check finds the damage it is there for, and names it without personal data.
import { describe, expect, it } from 'vitest';
import type { CollectionName } from '../../src/app/collections.ts';
import { chainStart, entryHash } from '../../src/domain/ledger/chain.ts';
import type { Balance, LedgerEntry } from '../../src/domain/ledger/entry.ts';
import { transfer } from '../../src/domain/ledger/posting.ts';
import type { Voucher } from '../../src/domain/ledger/voucher.ts';
import { checkRecords, type Records } from '../../src/store/check.ts';
import { anOrder, guildId } from './records.ts';

function seal(entry: Omit<LedgerEntry, 'hash'>): LedgerEntry {
  return { ...entry, hash: entryHash(entry) };
}

function compensation(number: number, previousHash: string, change: Partial<LedgerEntry> = {}): LedgerEntry {
  const base = {
    guildId,
    number,
    kind: 'compensation' as const,
    reason: 'out_of_stock',
    orderId: `o${number}`,
    currency: 'CNY',
    postings: transfer('merchant:m1', `voucher:v${number}`, 500),
    at: 1,
    by: 'system' as const,
    previousHash,
  };
  return seal({ ...base, ...change });
}

function voucher(number: number, change: Partial<Voucher> = {}): Voucher {
  return {
    id: `v${number}`,
    guildId,
    merchantId: 'm1',
    orderId: `o${number}`,
    orderNumber: `N-${number}`,
    amountMinor: 500,
    currency: 'CNY',
    minSpendMinor: 0,
    reason: 'out_of_stock',
    issuedAt: 1,
    expiresAt: 2,
    entryNumber: number,
    ...change,
  };
}

function balance(account: string, amountMinor: number): Balance {
  return { guildId, account, currency: 'CNY', amountMinor };
}

const one = compensation(1, chainStart);
const two = compensation(2, one.hash);
const sound = {
  orders: [anOrder('o1'), anOrder('o2')] as unknown[],
  ledger: [two, one] as LedgerEntry[],
  vouchers: [voucher(1), voucher(2)],
  balances: [balance('merchant:m1', -1_000), balance('voucher:v1', 500), balance('voucher:v2', 500)],
};

function problems(change: Partial<typeof sound> = {}): string[] {
  const content: Partial<Record<CollectionName, readonly unknown[]>> = { ...sound, ...change };
  const store = { records: (name: CollectionName) => content[name] ?? [] } as Records;
  return checkRecords(store).flatMap((found) => found.problems);
}

describe('the checks of a store', () => {
  it('find nothing in a sound one', () => {
    expect(problems()).toEqual([]);
  });

  it('name the fields that are not as the schema says, and never their content', () => {
    const found = problems({ orders: [{ ...anOrder('o1'), paidMinor: -1, recipient: { name: 5 } }] });
    expect(found).toEqual(['orders o1: paidMinor (too_small), recipient.name (invalid_type)']);
  });

  it('find two records in one entry of a unique index', () => {
    expect(problems({ orders: [anOrder('o1'), anOrder('o2', { number: 'N-o1' })] })).toEqual([
      `orders.byNumber ${guildId}/N-o1 m1 stands twice`,
    ]);
  });

  it('find entries that do not sum to zero', () => {
    const wrong = compensation(1, chainStart, {
      postings: [
        { account: 'merchant:m1', amountMinor: -500 },
        { account: 'voucher:v1', amountMinor: 499 },
      ],
    });
    expect(problems({ ledger: [wrong] })).toContain(`server ${guildId}, entry 1`);
  });

  it('find missing numbers and changed entries', () => {
    expect(problems({ ledger: [two] })).toContain(`server ${guildId}, entry 1: number`);
    expect(problems({ ledger: [{ ...one, note: 'changed' }, two] })).toContain(`server ${guildId}, entry 1: hash`);
    const unchained = compensation(2, chainStart);
    expect(problems({ ledger: [one, unchained] })).toContain(`server ${guildId}, entry 2: previous_hash`);
  });

  it('find balances that are not the sum of their postings, also missing ones', () => {
    const balances = [balance('merchant:m1', -999), balance('voucher:v1', 500), balance('outside', 3)];
    expect(problems({ balances })).toEqual([
      `${guildId}/CNY/merchant:m1: the postings make -1000, the balance is -999`,
      `${guildId}/CNY/voucher:v2: the postings make 500, the balance is 0`,
      `${guildId}/CNY/outside: the postings make 0, the balance is 3`,
    ]);
  });

  it('find a second compensation of a kind on an order', () => {
    const second = compensation(2, one.hash, { orderId: 'o1' });
    expect(problems({ ledger: [one, second] })).toContain(`server ${guildId}, entry 2: order o1, out_of_stock`);
  });

  it('find vouchers the ledger does not know, and vouchers that are missing', () => {
    expect(problems({ vouchers: [voucher(1)] })).toEqual(['the ledger pays into voucher v2, which does not exist']);
    expect(problems({ vouchers: [voucher(1), voucher(2, { amountMinor: 501 })] })).toEqual([
      'voucher v2: entry 2 does not pay its amount into it',
    ]);
  });

  it('name the first of very many, and count the rest', () => {
    const orders = Array.from({ length: 50 }, (_, i) => ({ ...anOrder(`o${i}`), version: 0 }));
    const found = problems({ orders });
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toBe('and 30 more');
  });
});
