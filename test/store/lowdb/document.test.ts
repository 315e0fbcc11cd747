// A document builds its indexes by itself, until it is told that nobody needs them.
import { afterEach, expect, it, vi } from 'vitest';
import { Document } from '../../../src/store/lowdb/document.ts';
import { order } from '../../support/orders.ts';

function filled(size: number): Document {
  const document = new Document();
  for (let i = 1; i <= size; i++) document.table('orders').put(order(i, { id: `order-${i}` }));
  return document;
}

const openOf = (document: Document) => {
  const { guildId, merchantId } = order(1);
  return document.table('orders').count('openByMerchant', { group: `${guildId}/${merchantId}` });
};
/** Whether each turn that was waited for kept the process from resting until it came. */
function turns(): boolean[] {
  const kept: boolean[] = [];
  const real = globalThis.setImmediate;
  vi.spyOn(globalThis, 'setImmediate').mockImplementation(((work: () => void) => {
    const turn = real(work);
    queueMicrotask(() => kept.push(turn.hasRef()));
    return turn;
  }) as typeof setImmediate);
  return kept;
}
afterEach(() => void vi.restoreAllMocks());

it('goes on although nothing else happens in the process', async () => {
  const document = filled(2_500);
  const kept = turns();
  await document.buildIndexes(new AbortController().signal);
  expect(kept.length).toBeGreaterThan(2);
  expect(kept).not.toContain(false);
  expect(openOf(document)).toBe(2_500);
});

it('stops when told to; what is asked for is whole all the same', async () => {
  const document = filled(2_500);
  const kept = turns();
  const stop = new AbortController();
  const building = document.buildIndexes(stop.signal);
  stop.abort();
  document.table('orders').put(order(3_000, { id: 'order-3000' }));
  await building;
  expect(kept.length).toBeLessThan(2);
  expect(openOf(document)).toBe(2_501);
});
