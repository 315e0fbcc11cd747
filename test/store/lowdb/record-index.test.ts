// An index of thousands in one group answers as a sorted array would.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecordIndex } from '../../../src/store/lowdb/record-index.ts';

interface Entry {
  readonly key: string;
  readonly order: number;
}

const group = 'g';
const definition = { group: () => group, order: (record: object) => (record as Entry).order };
const keyOf = (record: object): string => (record as Entry).key;
const byOrder = (a: Entry, b: Entry): number => a.order - b.order || (a.key < b.key ? -1 : 1);

it.each([1, 2, 200, 257, 600, 3_000])('answers as a sorted array does, around %i records', (size) => {
  const entries = fc.array(fc.nat(50), { minLength: size, maxLength: size + 40 });
  const property = fc.property(entries, fc.nat(55), fc.nat(55), (orders, from, to) => {
    const records = orders.map((order, i): Entry => ({ key: `k${i}`, order }));
    const index = new RecordIndex(definition, keyOf);
    for (const record of records) index.add(record);
    for (const record of records.filter((_, i) => i % 3 === 0)) index.remove(record);
    index.remove({ key: 'k0', order: 99 });
    for (const record of records.filter((_, i) => i % 6 === 0)) index.add(record);
    const replaced = records.flatMap((record, i) => {
      if (i % 3 === 0 && i % 6 !== 0) return [];
      const next = i % 4 === 0 ? { ...record } : i % 5 === 0 ? { ...record, order: (record.order * 7) % 50 } : record;
      if (next !== record) index.replace(record, next);
      return [next];
    });
    const kept = replaced.sort(byOrder);
    expect([...index.range({ group })]).toEqual(kept);
    expect([...index.range({ group, newestFirst: true })]).toEqual(kept.toReversed());
    const within = kept.filter(({ order }) => order >= from && order <= to);
    expect([...index.range({ group, from, to })]).toEqual(within);
    expect([...index.range({ group, from, to, newestFirst: true })]).toEqual(within.toReversed());
    expect(index.count({ group, from, to })).toBe(within.length);
    for (const record of kept) index.remove(record);
    expect(index.count({ group })).toBe(0);
  });
  fc.assert(property, { numRuns: size > 1_000 ? 10 : 40 });
});
