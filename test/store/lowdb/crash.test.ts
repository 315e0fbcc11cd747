// The process ends, or the power goes, at every call to the file system in turn: what was answered is there, whole.
import { describe, expect, it } from 'vitest';
import { openInMemory, pairsIn, writePair } from './helpers.ts';
import { errorOf, type Faults, MemoryFiles } from './memory-files.ts';

const rounds = 6;
const perRound = 3;
const total = rounds * perRound;
/** Small enough for several snapshots along the way. */
const journalBytes = 700;

/** Writes pairs, some at once, and closes. Returns the numbers of those that were answered. */
async function scenario(files: MemoryFiles): Promise<number[]> {
  const answered: number[] = [];
  try {
    const store = await openInMemory(files, { journalBytes });
    for (let round = 0; round < rounds; round++) {
      const numbers = Array.from({ length: perRound }, (_, i) => round * perRound + i);
      await Promise.allSettled(
        numbers.map(async (number) => {
          await writePair(store, number);
          answered.push(number);
        }),
      );
    }
    await store.close();
  } catch {
    // it ended before it was open, or while it closed
  }
  return answered;
}

function from(call: number, written: number): Faults {
  return (at) => (at >= call ? { error: errorOf('EIO'), ...(at === call && { written }) } : undefined);
}

/** From a call on the disk takes writes, but neither syncs nor cuts them off. */
function unsynced(call: number): Faults {
  return (at, name) => (at >= call && (name === 'sync' || name === 'truncate') ? { error: errorOf('EIO') } : undefined);
}

/** Once, what has been written cannot be made durable; and then it cannot be cut off any more. */
function uncut(call: number): Faults {
  return (at, name) =>
    (at === call && (name === 'sync' || name === 'write')) || (at > call && name === 'truncate')
      ? { error: errorOf('EIO'), written: 1 }
      : undefined;
}

async function callsOf(files: MemoryFiles): Promise<number> {
  await scenario(files);
  return files.calls;
}

describe.each([
  ['with writing through', true],
  ['with writes and syncs', false],
])('%s, after the end at any call', async (_name, canWriteThrough) => {
  const calls = await callsOf(new MemoryFiles(canWriteThrough));

  it.each([
    ['kill', 'nothing written', (call: number) => from(call, 0)],
    ['kill', 'half of it written', (call: number) => from(call, 0.5)],
    ['kill', 'all of it written', (call: number) => from(call, 1)],
    ['kill', 'no sync any more', unsynced],
    ['kill', 'one sync failed', uncut],
    ['power cut', 'nothing written', (call: number) => from(call, 0)],
    ['power cut', 'half of it written', (call: number) => from(call, 0.5)],
    ['power cut', 'no sync any more', unsynced],
  ] as const)('by %s, with %s', async (end, _, faultsFrom) => {
    for (let call = 0; call <= calls; call++) {
      const files = new MemoryFiles(canWriteThrough);
      files.faults = faultsFrom(call);
      const answered = await scenario(files);
      const next = files.after(end);
      const store = await openInMemory(next, { journalBytes });
      const found = await pairsIn(store, total);
      expect(found, `call ${call}`).toEqual(expect.arrayContaining(answered));
      await writePair(store, total);
      await store.close();
      const again = await openInMemory(next.after(end));
      expect(await pairsIn(again, total + 1), `call ${call}`).toEqual([...found, total]);
    }
  });
});
