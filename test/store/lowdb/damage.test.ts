// Every truncation of the journal leaves the exact prefix; every flipped byte, and every missing file, is noticed and named.
import { describe, expect, it, vi } from 'vitest';
import { StoreDamagedError } from '../../../src/store/errors.ts';
import { openInMemory, pairsIn, snapshotAll, writePair } from './helpers.ts';
import { errorOf, MemoryFiles } from './memory-files.ts';

const snapshot = '/store/db.json';

/** A store killed with pairs 0 to 2 in its snapshot and 3 to 6 in its journal. */
async function make(): Promise<{ files: MemoryFiles; journal: string }> {
  const files = new MemoryFiles();
  const first = await openInMemory(files);
  for (let i = 0; i < 3; i++) await writePair(first, i);
  await first.close();
  await snapshotAll(files);
  const second = await openInMemory(files);
  for (let i = 3; i < 7; i++) await writePair(second, i);
  const journal = files.paths().find((path) => path.includes('journal')) ?? '';
  return { files: files.after('kill'), journal };
}

function changed(files: MemoryFiles, path: string, content: Buffer): MemoryFiles {
  const copy = files.after('kill');
  copy.put(path, content);
  return copy;
}

async function expectDamage(files: MemoryFiles, named: RegExp | string): Promise<void> {
  const before = files.after('kill');
  const error = await openInMemory(files).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreDamagedError);
  expect((error as StoreDamagedError).message).toMatch(named);
  expect(files.paths()).toEqual(before.paths());
  for (const path of files.paths()) expect(files.content(path).equals(before.content(path))).toBe(true);
}

describe('a damaged store', async () => {
  const { files, journal } = await make();
  const journalContent = files.content(journal);
  const snapshotContent = files.content(snapshot);

  it('is read to the last whole line wherever the journal ends, and goes on from there', async () => {
    for (let length = 0; length <= journalContent.length; length++) {
      const cut = journalContent.subarray(0, length);
      const lines = cut.filter((byte) => byte === 0x0a).length;
      const copy = changed(files, journal, cut);
      const store = await openInMemory(copy);
      const expected = [0, 1, 2, 3, 4, 5, 6].slice(0, 3 + Math.max(0, lines - 1));
      expect(await pairsIn(store, 10), `${length} bytes`).toEqual(expected);
      if (length % 13 > 0) continue;
      await writePair(store, 9);
      expect(await pairsIn(await openInMemory(copy.after('kill')), 10)).toEqual([...expected, 9]);
    }
  });

  it('is read to the last whole line where zeros stand after that, as a power cut may leave it', async () => {
    const ends = [...journalContent.keys()].filter((at) => journalContent[at] === 0x0a).map((at) => at + 1);
    for (const [transactions, end] of ends.entries()) {
      const line = (ends[transactions + 1] ?? end + 100) - end;
      const expected = [0, 1, 2, 3, 4, 5, 6].slice(0, 3 + transactions);
      for (const kept of end === journalContent.length
        ? [0]
        : [0, 1, 8, 9, 11, Math.floor(line / 2), line - 3, line - 1]) {
        const whole = journalContent.subarray(0, end + kept);
        const copy = changed(files, journal, Buffer.concat([whole, Buffer.alloc(4096 - kept)]));
        const store = await openInMemory(copy);
        expect(await pairsIn(store, 10), `${kept} bytes after ${end}`).toEqual(expected);
        await writePair(store, 9);
        expect(await pairsIn(await openInMemory(copy.after('kill')), 10)).toEqual([...expected, 9]);
      }
    }
  });

  it('is noticed where a zero stands in place of one byte', async () => {
    for (let at = 0; at < journalContent.length; at++) {
      const zeroed = Buffer.from(journalContent);
      zeroed[at] = 0;
      await expectDamage(changed(files, journal, zeroed), 'journal-3.ndjson, line');
    }
  });

  it.each([0x01, 0x20, 0x80])('is noticed at every byte of the journal with its bits %i flipped', async (bits) => {
    for (let at = 0; at < journalContent.length; at++) {
      const flipped = Buffer.from(journalContent);
      flipped[at] = (flipped[at] ?? 0) ^ bits;
      const line = 1 + journalContent.subarray(0, at).filter((byte) => byte === 0x0a).length;
      await expectDamage(changed(files, journal, flipped), `journal-3.ndjson, line ${line}:`);
    }
  });

  it.each([0x01, 0x20, 0x80])('is noticed at every byte of the snapshot with its bits %i flipped', async (bits) => {
    for (let at = 0; at < snapshotContent.length; at++) {
      const flipped = Buffer.from(snapshotContent);
      flipped[at] = (flipped[at] ?? 0) ^ bits;
      await expectDamage(changed(files, snapshot, flipped), /db\.json, line \d+:/);
    }
  });

  it('is noticed wherever the snapshot ends', async () => {
    for (let length = 0; length < snapshotContent.length; length++) {
      await expectDamage(changed(files, snapshot, snapshotContent.subarray(0, length)), /db\.json/);
    }
  });

  it('is noticed when lines of the journal are missing, doubled or swapped', async () => {
    const lines = journalContent.toString().split(/(?<=\n)/);
    const [header = '', one = '', two = '', ...rest] = lines;
    for (const wrong of [
      [header, two, ...rest],
      [header, one, one, two, ...rest],
      [header, two, one, ...rest],
      [one, two, ...rest],
      [header, header, one],
    ]) {
      await expectDamage(changed(files, journal, Buffer.from(wrong.join(''))), 'journal-3.ndjson, line');
    }
  });

  it('is noticed when something stands after the end of the snapshot', async () => {
    for (const more of ['\n', ' ', '\0', '{}\n']) {
      const content = Buffer.concat([snapshotContent, Buffer.from(more)]);
      await expectDamage(changed(files, snapshot, content), 'db.json');
    }
  });

  it('does not open with a journal of zeros alone', async () => {
    await expectDamage(changed(files, journal, Buffer.alloc(4096)), 'journal-3.ndjson, line 1: it is not as it was');
  });

  it.each(['', 'null', '{}', '[]', '{"orders":[]}', '\0\0\0\0'])(
    'is noticed with %j for a snapshot',
    async (content) => {
      await expectDamage(changed(files, snapshot, Buffer.from(content)), 'db.json');
    },
  );

  it('does not open without its snapshot, or without its journal', async () => {
    const noSnapshot = files.after('kill');
    await noSnapshot.remove(snapshot);
    await expectDamage(noSnapshot, 'db.json: the file is missing, but journal-3.ndjson is there');
    const noJournal = files.after('kill');
    await noJournal.remove(journal);
    await expectDamage(noJournal, 'journal-3.ndjson: the file is missing');
  });

  it('does not open with a journal that the one before it does not lead to', async () => {
    const chained = new MemoryFiles();
    const store = await openInMemory(chained, { journalBytes: 300 });
    // No snapshot can be taken: each journal goes on in the next.
    chained.faults = (_, name) => (name === 'rename' ? { error: errorOf('EIO') } : undefined);
    for (let i = 0; i < 3; i++) {
      await writePair(store, i);
      await vi.waitFor(() => expect(chained.paths()).toHaveLength(i === 0 ? 2 : 3));
    }
    await store.close();
    chained.faults = () => undefined;
    const first = '/store/journal-0.ndjson';
    const lines = chained
      .content(first)
      .toString()
      .split(/(?<=\n)/);
    const without = (last: number) => changed(chained, first, Buffer.from(lines.slice(0, -last).join('')));
    expect(lines).toHaveLength(4);
    expect(await pairsIn(await openInMemory(chained.after('kill')), 5)).toEqual([0, 1, 2]);
    await expectDamage(without(1), 'journal-2.ndjson: the journal before it does not lead to it');
    await expectDamage(without(2), 'journal-2.ndjson: the changes 2 to 2 before it are missing');
  });

  it('does not open with a snapshot and a journal that do not belong together', async () => {
    const other = new MemoryFiles();
    const store = await openInMemory(other);
    await writePair(store, 1);
    await store.close();
    await snapshotAll(other);
    const copy = files.after('kill');
    copy.put(snapshot, other.content(snapshot));
    await expectDamage(copy, 'journal-1.ndjson: the file is missing');
  });

  it('says what to do', async () => {
    const flipped = Buffer.from(journalContent);
    flipped[journalContent.length - 5] = 0;
    const error = await openInMemory(changed(files, journal, flipped)).catch((caught: unknown) => String(caught));
    expect(error).toContain(
      'Nothing was changed. Put a backup back with "npm run restore -- FILE"; or give up what was',
    );
  });
});
