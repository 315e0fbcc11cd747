// Reads a whole store: the snapshot, then the journals that follow it, one after the other.
import { join } from 'node:path';
import type { Migration } from '../migrations.ts';
import { damaged } from './damage.ts';
import type { Document } from './document.ts';
import type { Files } from './files.ts';
import { afterOf, journalName } from './journal-format.ts';
import { type Journal, replayJournal } from './journal-read.ts';
import { snapshotName } from './snapshot-format.ts';
import { readSnapshot } from './snapshot-read.ts';

export interface LoadedStore {
  readonly document: Document;
  /** The journal to go on with. */
  readonly journal: ChainLink;
  readonly snapshot: { readonly bytes: number; readonly schema: number };
  /** The journals between the snapshot and that one. */
  readonly olderJournals: readonly ChainLink[];
  /** Journals not needed any more, or begun and never written to. */
  readonly leftovers: readonly { readonly after: number }[];
}

/** A journal, and the change it begins after. */
type ChainLink = Journal & { readonly after: number };

/** What lies in a directory. */
async function look(files: Files, directory: string) {
  const names = await files.list(directory);
  const journals = names.map(afterOf).filter((after) => after !== undefined);
  return { hasSnapshot: names.includes(snapshotName), journals: journals.sort((a, b) => a - b) };
}

/** Whether a journal holds nothing but its first line, or the beginning of that. */
async function isBlank(files: Files, path: string): Promise<boolean> {
  const file = await files.open(path, 'r');
  try {
    const start = Buffer.alloc(200);
    const count = await file.read(start, 0, start.length, 0);
    const newline = start.subarray(0, count).indexOf(0x0a);
    return newline === -1 ? count < start.length : newline === count - 1;
  } finally {
    await file.close();
  }
}

/** Nothing there, or a store whose making was cut short: its first journal stands, blank, and no snapshot yet. */
async function isUnbegun(files: Files, directory: string, journals: readonly number[]): Promise<boolean> {
  if (journals.length === 0) return true;
  return journals.length === 1 && journals[0] === 0 && (await isBlank(files, join(directory, journalName(0))));
}

/**
 * Reads the store in `directory`; undefined where there is none yet. Changes nothing.
 *
 * @throws StoreDamagedError where anything does not check out or is missing.
 */
export async function loadStore(
  files: Files,
  directory: string,
  list: readonly Migration[],
): Promise<LoadedStore | undefined> {
  const { hasSnapshot, journals } = await look(files, directory);
  if (!hasSnapshot) {
    if (await isUnbegun(files, directory, journals)) return undefined;
    const journal = journalName(journals.at(-1) ?? 0);
    throw damaged(
      snapshotName,
      undefined,
      `the file is missing, but ${journal} is there`,
      'Put the file back, or a backup with "npm run restore -- FILE".',
    );
  }
  const { header, document, size } = await readSnapshot(files, join(directory, snapshotName), list);
  const first = afterOf(header.journal);
  if (first !== header.seq) throw damaged(snapshotName, 1, 'it names a journal that is not its own');
  const chain = await replayChain(files, directory, document, list, journals);
  const strays = journals.filter((after) => !chain.some((read) => read.after === after));
  await checkStrays(files, directory, strays, header.seq, document.seq);
  const journal = chain.at(-1) as ChainLink;
  return {
    document,
    journal,
    snapshot: { bytes: size, schema: header.schema },
    olderJournals: chain.slice(0, -1),
    leftovers: strays.map((after) => ({ after })),
  };
}

async function replayChain(
  files: Files,
  directory: string,
  document: Document,
  list: readonly Migration[],
  present: readonly number[],
): Promise<readonly ChainLink[]> {
  const chain: ChainLink[] = [];
  for (;;) {
    const after = document.seq;
    const name = journalName(after);
    if (!present.includes(after)) throw damaged(name, undefined, 'the file is missing');
    const journal = await replayJournal(files, join(directory, name), document, list);
    chain.push({ ...journal, after });
    if (!journal.continued) return chain;
    if (journal.transactions === 0) throw damaged(name, undefined, 'it says it goes on in itself');
  }
}

/** Journals that no other leads to are older than the snapshot, or were begun and never written to. */
async function checkStrays(
  files: Files,
  directory: string,
  strays: readonly number[],
  snapshotSeq: number,
  lastSeq: number,
): Promise<void> {
  for (const after of strays.filter((stray) => stray > snapshotSeq)) {
    const name = journalName(after);
    if (after > lastSeq) throw damaged(name, undefined, `the changes ${lastSeq + 1} to ${after} before it are missing`);
    if (await isBlank(files, join(directory, name))) continue;
    throw damaged(name, undefined, 'the journal before it does not lead to it');
  }
}
