// The disk fails at every call in turn, for a while: the caller is told, memory equals disk, and it goes on afterwards.
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../src/app/ports.ts';
import { aPerson } from '../records.ts';
import { open, openInMemory, pairsIn, userId, writePair } from './helpers.ts';
import { errorOf, type Fault, MemoryFiles } from './memory-files.ts';
import { temporaryDirectory } from './temporary.ts';

const rounds = 6;
const perRound = 3;
const total = rounds * perRound;
const journalBytes = 700;

async function settle(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(StoreUnavailableError);
    return false;
  }
}

/** Opens a store on a healthy disk, then writes while it fails at calls `first` to `last`. */
async function run(canWriteThrough: boolean, first: number, last: number, fault: Fault) {
  const files = new MemoryFiles(canWriteThrough);
  const store = await openInMemory(files, { journalBytes });
  const offset = files.calls;
  files.faults = (call) => (call - offset >= first && call - offset <= last ? fault : undefined);
  const answered: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const numbers = Array.from({ length: perRound }, (_, i) => round * perRound + i);
    const results = await Promise.all(numbers.map((number) => settle(writePair(store, number))));
    answered.push(...numbers.filter((_, i) => results[i]));
    expect(await pairsIn(store, total)).toEqual(answered);
  }
  const calls = files.calls - offset;
  files.faults = () => undefined;
  return { files, store, answered, calls };
}

const once = [
  ['a full disk', { error: errorOf('ENOSPC') }],
  ['a full disk after half a line', { error: errorOf('ENOSPC'), written: 0.5 }],
  ['an I/O error', { error: errorOf('EIO') }],
  ['an I/O error after the whole line', { error: errorOf('EIO'), written: 1 }],
] as const;

describe.each([
  ['that is written through', true],
  ['with writes and syncs', false],
])('a disk %s, failing', async (_name, canWriteThrough) => {
  const { calls } = await run(canWriteThrough, -1, -1, { error: errorOf('EIO') });

  it.each(once.flatMap(([name, fault]) => [1, 2, 4, 9].map((length) => [name, length, fault] as const)))(
    '%s, for %i calls',
    async (_, length, fault) => {
      for (let first = 0; first < calls; first++) {
        const { files, store, answered } = await run(canWriteThrough, first, first + length - 1, fault);
        await writePair(store, total);
        const expected = [...answered, total];
        expect(await pairsIn(store, total + 1)).toEqual(expected);
        const killed = await openInMemory(files.after('kill'), { journalBytes });
        expect(await pairsIn(killed, total + 1), `after a kill, from call ${first}`).toEqual(expected);
        await store.close();
        const closed = await openInMemory(files.after('power cut'), { journalBytes });
        expect(await pairsIn(closed, total + 1), `after closing, from call ${first}`).toEqual(expected);
      }
    },
  );
});

describe('a disk that fails', () => {
  it.each([
    ['while it is written', true, 'write', 1],
    ['while it is synced', false, 'sync', 0],
  ])(
    '%s leaves nothing of what was refused, though the process is killed straight after',
    async (_, through, at, written) => {
      const files = new MemoryFiles(through);
      const store = await openInMemory(files);
      await writePair(store, 0);
      let left = 1;
      files.faults = (__, name) => (name === at && left-- > 0 ? { error: errorOf('EIO'), written } : undefined);
      await expect(writePair(store, 1)).rejects.toBeInstanceOf(StoreUnavailableError);
      expect(await pairsIn(await openInMemory(files.after('kill')), 2)).toEqual([0]);
    },
  );

  it('that has become read-only refuses every write in a plain sentence, and serves reads', async () => {
    const files = new MemoryFiles();
    const store = await openInMemory(files);
    await writePair(store, 0);
    files.faults = (_, name) => (name === 'read' || name === 'list' ? undefined : { error: errorOf('EROFS') });
    for (let i = 1; i < 4; i++) {
      await expect(writePair(store, i)).rejects.toThrow('The change was not saved: the disk is read-only (EROFS).');
    }
    expect(await pairsIn(store, 5)).toEqual([0]);
    files.faults = () => undefined;
    await writePair(store, 4);
    expect(await pairsIn(await openInMemory(files.after('kill')), 5)).toEqual([0, 4]);
  });

  it('whose files are deleted under the store has it refuse every write, and serve reads', async () => {
    const directory = temporaryDirectory();
    const store = await open(directory);
    await writePair(store, 0);
    rmSync(directory, { recursive: true });
    for (let i = 1; i < 4; i++) {
      await expect(writePair(store, i)).rejects.toThrow(
        'was not saved: journal-0.ndjson was deleted while it was in use',
      );
    }
    expect(await pairsIn(store, 5)).toEqual([0]);
    await store.close();
  });

  it('lets no one read, or act on, what it then fails to keep', async () => {
    const files = new MemoryFiles();
    const store = await openInMemory(files);
    files.faults = (_, name) => (name === 'write' ? { error: errorOf('ENOSPC'), written: 0.3 } : undefined);
    const first = writePair(store, 1);
    const builtOn = store
      .transact(async (tx) => tx.count('people', 'none' as never, { group: '' }))
      .catch(() => 'failed');
    const seen = store.transact(async (tx) => tx.get('people', userId(1)));
    const refused = store.transact(async (tx) => {
      if (await tx.get('people', userId(1))) throw new Error('is there already');
    });
    await expect(first).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(seen).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await builtOn).toBe('failed');
    expect(await pairsIn(store, 2)).toEqual([]);
  });

  it('drops what was built on it, and then starts from what is on disk', async () => {
    const files = new MemoryFiles();
    const store = await openInMemory(files);
    files.faults = (_, name) => (name === 'write' ? { error: errorOf('ENOSPC') } : undefined);
    let failed = (): void => {};
    const hasFailed = new Promise<void>((resolve) => {
      failed = resolve;
    });
    const first = writePair(store, 1).catch(() => failed());
    const builtOn = store.transact(async (tx) => {
      const seen = await tx.get('people', userId(1));
      await hasFailed;
      await tx.put('people', { ...seen, userId: userId(2) });
    });
    await first;
    files.faults = () => undefined;
    await expect(builtOn).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await store.transact((tx) => tx.get('people', userId(1)))).toBeUndefined();
    expect(await store.transact((tx) => tx.insert('people', aPerson(userId(1))))).toBe(true);
    expect(await store.read((tx) => tx.get('people', userId(2)))).toBeUndefined();
  });

  it.each(['ENOSPC', 'EIO', 'EACCES'])('with %s while it opens changes nothing that matters', async (code) => {
    const healthy = new MemoryFiles();
    const store = await openInMemory(healthy);
    for (let i = 0; i < 5; i++) await writePair(store, i);
    const killed = healthy.after('kill');
    const calls = killed.calls;
    for (let call = calls; call < 40; call++) {
      const files = healthy.after('kill');
      files.faults = (at) => (at === call ? { error: errorOf(code) } : undefined);
      const opened = await openInMemory(files, { journalBytes: 1 }).catch((error: unknown) => error);
      if (opened instanceof Error) expect(opened).toBeInstanceOf(StoreUnavailableError);
      files.faults = () => undefined;
      expect(await pairsIn(await openInMemory(files.after('kill')), 5)).toEqual([0, 1, 2, 3, 4]);
    }
  });
});
