// Snapshots are taken while writing goes on, and are what they say: JSON, a record a line.
import { expect, it, vi } from 'vitest';
import { migrations, schemaVersion } from '../../../src/store/migrations.ts';
import { aNotice, anOrder } from '../records.ts';
import { openInMemory, pairsIn, snapshotAll, userId, writePair } from './helpers.ts';
import { errorOf, MemoryFiles } from './memory-files.ts';

it('is taken when the journal has grown, without holding up transactions, and shortens the journal', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files, { journalBytes: 2_000 });
  for (let i = 0; i < 200; i++) await writePair(store, i);
  const killed = files.after('kill');
  const journals = killed.paths().filter((path) => path.includes('journal'));
  expect(journals.length).toBeLessThanOrEqual(2);
  expect(journals).not.toContain('/store/journal-0.ndjson');
  expect(await pairsIn(await openInMemory(killed), 200)).toHaveLength(200);
});

it('is JSON with one record a line', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files);
  await store.transact(async (tx) => {
    await tx.put('orders', anOrder('a', { buyerNote: '请发顺丰 🚚\n"\\\u2028\ud800' }));
    await tx.put('people', { userId: userId(1) });
  });
  await store.close();
  await snapshotAll(files);
  const text = files.content('/store/db.json').toString();
  const parsed = JSON.parse(text) as { seq: number; schema: number; records: unknown[][] };
  expect(parsed).toMatchObject({ snapshot: 'makegood', seq: 1, schema: schemaVersion(migrations) });
  expect(parsed.records.map(([name]) => name)).toEqual(['people', 'orders', 'end']);
  expect(text.split('\n')).toHaveLength(5);
  const reopened = await openInMemory(files);
  expect((await reopened.read((tx) => tx.get('orders', 'a')))?.buyerNote).toBe('请发顺丰 🚚\n"\\\u2028\ud800');
});

it('takes records and transactions larger than any buffer', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files);
  const large = (id: string, size: number) => aNotice(id, { data: { text: '大'.repeat(size) } });
  await store.transact(async (tx) => {
    for (const size of [100, 90_000, 300_000, 5, 87_380, 700_000]) await tx.put('notices', large(`n${size}`, size));
  });
  const lengths = async (from: MemoryFiles) =>
    (await openInMemory(from)).read(async (tx) =>
      (await tx.list('notices', 'toDeliver', { group: '*' })).map(({ data }) => String(data.text).length),
    );
  const expected = [100, 300_000, 5, 700_000, 87_380, 90_000];
  expect(await lengths(files.after('kill'))).toEqual(expected);
  await store.close();
  await snapshotAll(files);
  expect(await lengths(files)).toEqual(expected);
});

it('is what opens first: an empty store has one at once', async () => {
  const files = new MemoryFiles();
  await openInMemory(files);
  expect(files.paths()).toEqual(['/store/db.json', '/store/journal-0.ndjson']);
  expect(JSON.parse(files.content('/store/db.json').toString())).toMatchObject({ seq: 0 });
});

it('does no harm when it fails, and is tried again once there is more to save', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files, { journalBytes: 1_000 });
  const isSnapshot = (): boolean => files.paths().includes('/store/db.json.tmp');
  files.faults = (_, name) =>
    name === 'rename' || (name === 'sync' && isSnapshot()) ? { error: errorOf('ENOSPC') } : undefined;
  for (let i = 0; i < 30; i++) await writePair(store, i).catch(() => {});
  files.faults = () => undefined;
  for (let i = 30; i < 60; i++) await writePair(store, i);
  const found = await pairsIn(store, 60);
  expect(found).toEqual(expect.arrayContaining(Array.from({ length: 30 }, (_, i) => 30 + i)));
  await store.close();
  expect(files.paths().filter((path) => path.includes('journal'))).toHaveLength(1);
  expect(await pairsIn(await openInMemory(files), 60)).toEqual(found);
});

it('is left for later by a stop when there is little to read at the next start', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files);
  await writePair(store, 1);
  await store.close();
  expect(JSON.parse(files.content('/store/db.json').toString())).toMatchObject({ seq: 0 });
  expect(await pairsIn(await openInMemory(files), 2)).toEqual([1]);
});

it('is taken at the next start when the last stop could not take it, however many journals there are', async () => {
  const files = new MemoryFiles();
  const store = await openInMemory(files);
  for (let i = 0; i < 10; i++) await writePair(store, i);
  await store.close();
  files.faults = (_, name) => (name === 'rename' ? { error: errorOf('ENOSPC') } : undefined);
  await snapshotAll(files);
  const journals = () => files.paths().filter((path) => path.includes('journal'));
  expect(journals()).toHaveLength(2);
  files.faults = () => undefined;
  await openInMemory(files, { journalBytes: 500 });
  await vi.waitFor(() => expect(journals()).toEqual(['/store/journal-10.ndjson']));
});
