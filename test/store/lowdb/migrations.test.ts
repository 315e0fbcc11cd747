// Records of an older schema are brought up to date when they are read; those of a newer one are refused.
import { expect, it } from 'vitest';
import type { Migration } from '../../../src/store/migrations.ts';
import { aPerson } from '../records.ts';
import { openInMemory, snapshotAll, userId } from './helpers.ts';
import { MemoryFiles } from './memory-files.ts';

const toEnglish: Migration = (collection, record) =>
  collection === 'people' ? { ...record, locale: 'en-US' } : record;
const toChineseIfEnglish: Migration = (collection, record) =>
  collection === 'people' && 'locale' in record && record.locale === 'en-US' ? { ...record, locale: 'zh-CN' } : record;

async function olderStore(): Promise<MemoryFiles> {
  const files = new MemoryFiles();
  const first = await openInMemory(files, { migrations: [] });
  await first.transact((tx) => tx.put('people', aPerson(userId(1))));
  await first.close();
  await snapshotAll(files, { migrations: [] });
  const second = await openInMemory(files, { migrations: [] });
  await second.transact((tx) => tx.put('people', aPerson(userId(2))));
  return files.after('kill');
}

async function locales(files: MemoryFiles, migrations: readonly Migration[]) {
  const store = await openInMemory(files, { migrations });
  return store.read(async (tx) =>
    Promise.all([1, 2, 3].map(async (number) => (await tx.get('people', userId(number)))?.locale)),
  );
}

it('brings snapshot and journal up to the newest version, step by step', async () => {
  const files = await olderStore();
  expect(await locales(files.after('kill'), [toEnglish])).toEqual(['en-US', 'en-US', undefined]);
  expect(await locales(files.after('kill'), [toEnglish, toChineseIfEnglish])).toEqual(['zh-CN', 'zh-CN', undefined]);
});

it('migrates once, and never what was written since', async () => {
  const files = await olderStore();
  const store = await openInMemory(files, { migrations: [toEnglish] });
  await store.transact((tx) => tx.put('people', aPerson(userId(3))));
  const killed = files.after('kill');
  expect(await locales(killed, [toEnglish])).toEqual(['en-US', 'en-US', undefined]);
  await store.close();
  expect(await locales(files, [toEnglish])).toEqual(['en-US', 'en-US', undefined]);
  expect(files.content('/store/db.json').toString()).toContain('"schema":2');
});

it('takes up an older store without anything in its journal', async () => {
  const files = new MemoryFiles();
  await (await openInMemory(files, { migrations: [] })).close();
  const store = await openInMemory(files, { migrations: [toEnglish] });
  await store.transact((tx) => tx.put('people', aPerson(userId(1))));
  expect(await locales(files.after('kill'), [toEnglish])).toEqual([undefined, undefined, undefined]);
});

it('refuses what a newer version wrote, and changes nothing', async () => {
  const files = await olderStore();
  const store = await openInMemory(files, { migrations: [toEnglish] });
  await store.transact((tx) => tx.put('people', aPerson(userId(3))));
  const killed = files.after('kill');
  await expect(openInMemory(killed, { migrations: [] })).rejects.toThrow(
    /a newer version of Makegood wrote it \(schema 2/,
  );
  expect(await locales(killed, [toEnglish])).toEqual(['en-US', 'en-US', undefined]);
});
