// What the store holds goes together: records, books, case files and indexes.
import { expect } from 'vitest';
import { type CollectionName, collectionNames } from '../../../src/app/collections.ts';
import type { ReadTx } from '../../../src/app/ports.ts';
import type { Notice } from '../../../src/domain/notice/notice.ts';
import { checkRecords } from '../../../src/store/check.ts';
import { recordsIn } from './changed.ts';
import { definitionOf, type Tables, type World } from './world.ts';

/** The checks of `npm run verify`. */
export function checkStore(tables: Tables): void {
  const found = checkRecords({ records: (collection) => recordsIn(tables, collection) });
  expect(found.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))).toEqual([]);
}

/** Whatever was paid, given, told or not told stands in the order's file, once. */
export function checkCaseFiles(tables: Tables): void {
  const lines = recordsIn(tables, 'caseEntries').map(({ orderId, kind, data }) => {
    return `${kind} ${orderId} ${data.refundId ?? data.voucherId ?? data.noticeId}`;
  });
  const times = (line: string) => lines.filter((other) => other === line).length;
  for (const { id, orderId, state } of recordsIn(tables, 'refunds')) {
    expect(times(`refund_opened ${orderId} ${id}`)).toBe(1);
    expect(times(`refund_paid ${orderId} ${id}`)).toBe(state === 'paid' ? 1 : 0);
  }
  for (const { id, orderId } of recordsIn(tables, 'vouchers')) expect(times(`compensated ${orderId} ${id}`)).toBe(1);
  for (const { id, orderId, state, way, kind } of recordsIn(tables, 'notices').filter(isForBuyer)) {
    expect(times(`buyer_told ${orderId} ${id}`), `${kind} ${state}`).toBe(state === 'sent' ? 1 : 0);
    const wasMissed = state === 'undeliverable' || way === 'next_command';
    expect(times(`buyer_not_reached ${orderId} ${id}`), `${kind} ${state}`).toBe(wasMissed ? 1 : 0);
  }
}

function isForBuyer({ to, orderId }: Notice): boolean {
  return to.type === 'buyer' && orderId !== undefined;
}

/** Every record can be found, and every index lists what a look through all records finds. */
export function checkIndexes({ app, tables }: World): Promise<void> {
  return app.store.read(async (tx) => {
    for (const name of collectionNames) {
      for (const [key, record] of tables.get(name) ?? []) expect(await tx.get(name, key)).toEqual(record);
      for (const index of Object.keys(definitionOf(name).indexes)) await checkIndex(tx, tables, name, index);
    }
  });
}

async function checkIndex(tx: ReadTx, tables: Tables, name: CollectionName, index: string): Promise<void> {
  const { group: groupOf = () => undefined, order: at = () => 0 } = definitionOf(name).indexes[index] ?? {};
  const all = [...(tables.get(name) ?? [])].sort(([keyA, a], [keyB, b]) => at(a) - at(b) || (keyA < keyB ? -1 : 1));
  for (const group of new Set(all.map(([, record]) => groupOf(record)))) {
    if (group === undefined) continue;
    const expected = all.filter(([, record]) => groupOf(record) === group).map(([, record]) => record);
    expect(await tx.list(name, index as never, { group }), `${name}.${index} ${group}`).toEqual(expected);
    expect(await tx.count(name, index as never, { group })).toBe(expected.length);
  }
}
