// A backup is consistent also while the store is written to, and comes back whole.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { StoreDamagedError, StoreInUseError } from '../../../src/store/errors.ts';
import { backupStore, restoreStore } from '../../../src/store/lowdb/backup.ts';
import { open, pairsIn, writePair } from './helpers.ts';
import { temporaryDirectory } from './temporary.ts';

afterEach(() => vi.restoreAllMocks());

async function storeWith(pairs: number): Promise<string> {
  const directory = temporaryDirectory();
  const store = await open(directory);
  for (let i = 0; i < pairs; i++) await writePair(store, i);
  await store.close();
  return directory;
}

async function pairsAt(directory: string): Promise<number[]> {
  const store = await open(directory);
  const found = await pairsIn(store, 5_000);
  await store.close();
  return found;
}

it('holds a prefix of what is being written, with everything answered before it began', async () => {
  const directory = temporaryDirectory();
  const store = await open(directory, { journalBytes: 3_000 });
  let written = 0;
  let isDone = false;
  const writing = (async () => {
    while (!isDone) await writePair(store, written++);
  })();
  for (let round = 0; round < 5; round++) {
    const before = written - 1;
    const file = join(temporaryDirectory(), 'backup.json');
    await backupStore(directory, file);
    const restored = temporaryDirectory();
    await restoreStore(restored, file, 0);
    const found = await pairsAt(restored);
    expect(found).toEqual(found.map((_, i) => i));
    expect(found.length).toBeGreaterThanOrEqual(before);
  }
  isDone = true;
  await writing;
  await store.close();
});

it('is never written over another file, and leaves none behind when it fails', async () => {
  const directory = await storeWith(2);
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'mine'), 'mine');
  await expect(backupStore(directory, join(folder, 'mine'))).rejects.toThrow('exists already');
  await expect(backupStore(join(folder, 'none'), join(folder, 'new'))).rejects.toThrow('There is no store');
  await expect(backupStore(directory, join(folder, 'none', 'new'))).rejects.toThrow('no such file or folder');
  expect(readdirSync(folder)).toEqual(['mine']);
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
});

it('puts the backup in place of the store, and keeps what was there', async () => {
  const directory = await storeWith(3);
  const file = join(temporaryDirectory(), 'backup.json');
  await backupStore(directory, file);
  const store = await open(directory);
  await writePair(store, 3);
  await store.close();
  const { keptIn, seq } = await restoreStore(directory, file, Date.UTC(2026, 0, 2, 3, 4, 5));
  expect([keptIn, seq]).toEqual([join(directory, 'replaced-2026-01-02T03-04-05-000Z'), 3]);
  expect(await pairsAt(directory)).toEqual([0, 1, 2]);
  expect(await pairsAt(keptIn ?? '')).toEqual([0, 1, 2, 3]);
});

it('puts a backup in place of a damaged store', async () => {
  const directory = await storeWith(3);
  const file = join(temporaryDirectory(), 'backup.json');
  await backupStore(directory, file);
  writeFileSync(join(directory, 'db.json'), 'nonsense');
  await restoreStore(directory, file, 0);
  expect(await pairsAt(directory)).toEqual([0, 1, 2]);
});

it('touches nothing when the backup is damaged, or the store is in use', async () => {
  const directory = await storeWith(1);
  const file = join(temporaryDirectory(), 'backup.json');
  await backupStore(directory, file);
  const store = await open(directory);
  await expect(restoreStore(directory, file, 0)).rejects.toBeInstanceOf(StoreInUseError);
  await store.close();
  const before = readdirSync(directory);
  const content = readFileSync(file);
  for (const damaged of [content.subarray(0, -1), content.subarray(0, 10), Buffer.from('{}'), Buffer.alloc(0)]) {
    writeFileSync(file, damaged);
    await expect(restoreStore(directory, file, 0)).rejects.toThrow(/cannot be restored: .*Nothing was changed/);
  }
  await expect(restoreStore(directory, join(directory, 'none'), 0)).rejects.toThrow('no such file or folder');
  expect(readdirSync(directory)).toEqual(before);
});

it('has its name only when it is whole', async () => {
  const directory = await storeWith(3);
  const file = join(temporaryDirectory(), 'backup.json');
  const { rename } = fs;
  const names: boolean[] = [];
  vi.spyOn(fs, 'rename').mockImplementation((from, to) => {
    if (to === file) expect(readFileSync(from, 'utf8')).toMatch(/]]}\n$/);
    else names.push(existsSync(file));
    return rename(from, to);
  });
  await backupStore(directory, file);
  expect(names).toEqual([false]);
  expect(readdirSync(dirname(file))).toEqual(['backup.json']);
});

it('is one of two that are taken under the same name at once, and the other is told', async () => {
  const directory = await storeWith(3);
  const file = join(temporaryDirectory(), 'backup.json');
  const results = await Promise.allSettled([backupStore(directory, file), backupStore(directory, file)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))).toEqual([
    expect.stringContaining('exists already'),
  ]);
  expect(readdirSync(dirname(file))).toEqual(['backup.json']);
});

it('leaves nothing behind under its name when it cannot be given it', async () => {
  const directory = await storeWith(3);
  const file = join(temporaryDirectory(), 'backup.json');
  const { rename } = fs;
  vi.spyOn(fs, 'rename').mockImplementation((from, to) =>
    to === file ? Promise.reject(Object.assign(new Error('no'), { code: 'EIO' })) : rename(from, to),
  );
  await expect(backupStore(directory, file)).rejects.toThrow('could not be written: the disk reported an error (EIO)');
  expect(readdirSync(dirname(file))).toEqual([]);
});

it.each([['a store', 'nothing'] as const, ['one without its snapshot', 'db.json'] as const])(
  'never mixes %s with the backup of another, wherever it is cut short',
  async (_, lacking) => {
    // As many changes in the backup as in the old snapshot: its journal has the name of the new one.
    const old = await storeWith(3);
    await (await open(old, { journalBytes: 1 })).close();
    const store = await open(old);
    await writePair(store, 7);
    await store.close();
    const file = join(temporaryDirectory(), 'backup.json');
    const other = temporaryDirectory();
    const another = await open(other);
    for (let i = 10; i < 13; i++) await writePair(another, i);
    await another.close();
    await backupStore(other, file);
    const { rename } = fs;
    for (let last = 0; ; last++) {
      const directory = temporaryDirectory();
      for (const name of readdirSync(old)) if (name !== lacking) copyFileSync(join(old, name), join(directory, name));
      let calls = 0;
      const cut = vi.spyOn(fs, 'rename').mockImplementation((from, to) => {
        if (calls++ === last) return Promise.reject(new Error('cut short'));
        return rename(from, to);
      });
      const isDone = await restoreStore(directory, file, 0).then(
        () => true,
        () => false,
      );
      cut.mockRestore();
      if (isDone) break;
      const found = await pairsAt(directory).catch((error: unknown) => error);
      if (found instanceof Error) expect(found).toBeInstanceOf(StoreDamagedError);
      else expect(found).toEqual([0, 1, 2, 7]);
      await restoreStore(directory, file, 1);
      expect(await pairsAt(directory)).toEqual([10, 11, 12]);
      rmSync(directory, { recursive: true });
    }
  },
);
