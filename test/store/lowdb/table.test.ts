// An index built a slice at a time, while records come, change and go, is the one that is built at once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Table } from '../../../src/store/lowdb/table.ts';

interface Entry {
  readonly key: string;
  readonly group: string;
  readonly order: number;
}

const definition = {
  schema: undefined as never,
  key: (record: object) => (record as Entry).key,
  indexes: {
    byGroup: { group: (record: object) => (record as Entry).group, order: (record: object) => (record as Entry).order },
  },
};

const entries = fc.array(
  fc.record({ key: fc.nat(4_000).map((n) => `k${n}`), group: fc.constantFrom('a', 'b'), order: fc.nat(20) }),
  { maxLength: 60 },
);

function inOrder(table: Table): object[][] {
  return ['a', 'b'].map((group) => [...table.range('byGroup', { group })]);
}

it.each([0, 3_500])('with %i records to begin with', async (size) => {
  const turns = fc.array(fc.record({ put: entries, deleted: entries, asked: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  const property = fc.asyncProperty(turns, async (work) => {
    const table = new Table(definition);
    for (let i = 0; i < size; i++) table.put({ key: `k${i}`, group: i % 3 ? 'a' : 'b', order: (i * 7) % 20 });
    const left = [...work];
    await table.buildIndexes(async () => {
      const { put = [], deleted = [], asked } = left.shift() ?? {};
      for (const record of put) table.put(record);
      for (const { key } of deleted) table.delete(key);
      if (asked === 0) inOrder(table);
      return true;
    });
    for (const { put } of left) for (const record of put) table.put(record);
    const atOnce = new Table(definition);
    for (const record of table.records.values()) atOnce.put(record);
    expect(inOrder(table)).toEqual(inOrder(atOnce));
    expect(table.count('byGroup', { group: 'a' })).toBe(inOrder(table)[0]?.length);
  });
  await fc.assert(property, { numRuns: 40 });
});
