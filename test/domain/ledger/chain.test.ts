import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical.ts';
import { chainStart, entryHash, verifyChain } from '../../../src/domain/ledger/chain.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../../src/domain/ledger/entry.ts';
import { balanced, movedMinor, transfer } from '../../../src/domain/ledger/posting.ts';

function chain(amounts: readonly number[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [index, amountMinor] of amounts.entries()) {
    const placed = {
      guildId: '100000000000000001',
      number: index + 1,
      kind: 'compensation' as const,
      reason: 'out_of_stock',
      orderId: `order${index}`,
      currency: 'CNY',
      postings: transfer('merchant:lin', `voucher:${index}`, amountMinor),
      at: 1_000 + index,
      by: '300000000000000001',
      basis: { pack: 'pdd', steps: [{ code: 'fixed', data: { amountMinor } }] },
      previousHash: entries.at(-1)?.hash ?? chainStart,
    };
    entries.push({ ...placed, hash: entryHash(placed) });
  }
  return entries;
}

const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 12 });

describe('canonicalJson', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x', gone: undefined })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        return canonicalJson(turned) === canonicalJson(value);
      }),
    );
  });
});

describe('balanced', () => {
  it('takes what moves money and nothing that makes, loses or does not move it', () => {
    expect(balanced(transfer('outside', 'merchant:lin', 5))).toBe(true);
    expect(balanced([])).toBe(false);
    expect(balanced([{ account: 'outside', amountMinor: 0 }])).toBe(false);
    expect(balanced(transfer('outside', 'merchant:lin', 0))).toBe(false);
    expect(balanced(transfer('outside', 'merchant:lin', 0.5))).toBe(false);
    expect(balanced([...transfer('outside', 'merchant:lin', 5), { account: 'outside', amountMinor: 1 }])).toBe(false);
  });

  it('sums what was received', () => {
    expect(movedMinor(transfer('outside', 'merchant:lin', 500))).toBe(500);
  });
});

describe('verifyChain', () => {
  it('finds nothing wrong with a chain, nor with none, however its records were stored', () => {
    expect(verifyChain([])).toBeUndefined();
    fc.assert(
      fc.property(amounts, (list) => {
        const stored = chain(list).map((entry) => ledgerEntrySchema.parse(JSON.parse(JSON.stringify(entry))));
        return verifyChain(stored) === undefined;
      }),
    );
  });

  it('names the first entry that was changed', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), (list, pick) => {
        const at = pick % list.length;
        const entries = chain(list);
        const broken = entries.map((entry, index) => (index === at ? { ...entry, by: '300000000000000009' } : entry));
        expect(verifyChain(broken)).toEqual({ number: at + 1, problem: 'hash' });
      }),
    );
  });

  it('names what is missing, doubled, out of order or sealed anew', () => {
    const entries = chain([1, 2, 3, 4]);
    const [first, second, third, fourth] = entries as [LedgerEntry, LedgerEntry, LedgerEntry, LedgerEntry];
    expect(verifyChain([first, third, fourth])).toEqual({ number: 2, problem: 'number' });
    expect(verifyChain([second, third])).toEqual({ number: 1, problem: 'number' });
    expect(verifyChain([first, first, second])).toEqual({ number: 2, problem: 'number' });
    expect(verifyChain([first, third, second, fourth])).toEqual({ number: 2, problem: 'number' });

    const forged = { ...second, postings: transfer('merchant:lin', 'voucher:x', 999) };
    const sealed = { ...forged, hash: entryHash(forged) };
    expect(verifyChain([first, sealed, third, fourth])).toEqual({ number: 3, problem: 'previous_hash' });

    const uneven = { ...fourth, postings: [{ account: 'outside', amountMinor: 1 }] };
    expect(verifyChain([first, second, third, { ...uneven, hash: entryHash(uneven) }])).toEqual({
      number: 4,
      problem: 'unbalanced',
    });
  });
});
