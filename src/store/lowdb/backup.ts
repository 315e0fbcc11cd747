// A copy of a whole store in one file, which is a snapshot, and the way back.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailableError } from '../../app/ports.ts';
import { StoreDamagedError } from '../errors.ts';
import { migrations, schemaVersion } from '../migrations.ts';
import type { Document } from './document.ts';
import { causeOf, realFiles } from './files.ts';
import { afterOf, headerLine, journalName } from './journal-format.ts';
import { type LoadedStore, loadStore } from './load.ts';
import { lockDirectory } from './lock.ts';
import { type SnapshotHeader, snapshotName } from './snapshot-format.ts';
import { readSnapshot } from './snapshot-read.ts';
import { recordsOf, writeSnapshot } from './snapshot-write.ts';
import { usable } from './usable.ts';

export interface Copied {
  readonly records: number;
  /** The number of the last transaction in it. */
  readonly seq: number;
}

function copied(document: Document): Copied {
  return {
    records: [...document.tables.values()].reduce((sum, table) => sum + table.records.size, 0),
    seq: document.seq,
  };
}

const tries = 6;
const pauseMs = 150;

/** While the bot runs, it may go on in a new journal, or put a new snapshot in place, just as we read the old: read again then. */
async function loadLive(directory: string): Promise<LoadedStore | undefined> {
  for (let left = tries - 1; ; left--) {
    try {
      return await loadStore(realFiles, directory, migrations);
    } catch (error) {
      const mayPass = error instanceof StoreDamagedError || (error instanceof Error && 'code' in error);
      if (!mayPass || left === 0) throw error;
      await wait(pauseMs);
    }
  }
}

function headerOf(seq: number): SnapshotHeader {
  return { snapshot: 'makegood', format: 1, schema: schemaVersion(migrations), seq, journal: journalName(seq) };
}

/**
 * Copies the store in `directory`, in use or not, to a new file, all or nothing: the file stands once it is whole.
 *
 * @throws StoreDamagedError, or StoreUnavailableError where there is no store, the file exists or cannot be written.
 */
export async function backupStore(directory: string, file: string): Promise<Copied> {
  await refuseTaken(file);
  const loaded = await usable(directory, () => loadLive(directory));
  if (!loaded) throw new StoreUnavailableError(`There is no store in ${directory} yet.`);
  const { document } = loaded;
  const draft = `${file}.${randomUUID()}.unfinished`; // another backup may be under way to the same name
  let isNameOurs = false;
  try {
    await writeSnapshot(realFiles, draft, headerOf(document.seq), recordsOf(document));
    await (await fs.open(file, 'wx', 0o600)).close();
    isNameOurs = true;
    await fs.rename(draft, file);
    await realFiles.syncDirectory(dirname(file));
  } catch (error) {
    await fs.rm(draft, { force: true }).catch(() => {});
    if (isNameOurs) await fs.rm(file, { force: true }).catch(() => {});
    else await refuseTaken(file);
    throw new StoreUnavailableError(`${file} could not be written: ${causeOf(error)}.`, { cause: error });
  }
  return copied(document);
}

async function refuseTaken(file: string): Promise<void> {
  const isTaken = await fs.lstat(file).then(
    () => true,
    () => false,
  );
  if (!isTaken) return;
  throw new StoreUnavailableError(`${file} exists already, and backups are never overwritten. Give another name.`);
}

async function readBackup(file: string): Promise<Document> {
  try {
    return (await readSnapshot(realFiles, file, migrations)).document;
  } catch (error) {
    const cause = error instanceof StoreDamagedError ? error.finding : causeOf(error);
    throw new StoreUnavailableError(`${file} cannot be restored: ${cause}. Nothing was changed.`, { cause: error });
  }
}

/**
 * Puts a backup in the place of the store in `directory`, which nobody may hold. What was there is kept in a folder
 * inside. When it is cut short, the store does not open until it is run again.
 *
 * @param now for the folder's name
 * @returns the folder, if there was anything to keep
 */
export async function restoreStore(
  directory: string,
  file: string,
  now: number,
): Promise<Copied & { readonly keptIn?: string }> {
  const document = await readBackup(file);
  return usable(directory, async () => {
    await realFiles.makeDirectory(directory);
    const release = await lockDirectory(directory);
    try {
      const keptIn = await replace(directory, document, now);
      return { ...copied(document), ...(keptIn && { keptIn }) };
    } finally {
      await release();
    }
  });
}

async function replace(directory: string, document: Document, now: number): Promise<string | undefined> {
  const { seq } = document;
  const snapshot = join(directory, snapshotName);
  const newJournal = join(directory, 'journal.restored');
  const newSnapshot = join(directory, 'db.restored');
  const journal = await fs.open(newJournal, 'w', 0o600);
  await journal.writeFile(headerLine(schemaVersion(migrations), seq));
  await journal.sync();
  await journal.close();
  await writeSnapshot(realFiles, newSnapshot, headerOf(seq), recordsOf(document));

  const names = await fs.readdir(directory);
  const journals = names.filter((name) => afterOf(name) !== undefined);
  const hadSnapshot = names.includes(snapshotName);
  const aside = join(directory, `replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`);
  const keeps = hadSnapshot || journals.length > 0;
  if (keeps) await fs.mkdir(aside, { mode: 0o700 });
  // In this order there is no moment at which the directory looks like one without a store, nor one at which a snapshot
  // stands beside a journal that is not its own.
  if (hadSnapshot) await fs.copyFile(snapshot, join(aside, snapshotName));
  else if (keeps) await fs.writeFile(snapshot, '', { mode: 0o600 }); // which does not open
  for (const name of journals) await fs.rename(join(directory, name), join(aside, name));
  await fs.rename(newSnapshot, snapshot);
  await fs.rename(newJournal, join(directory, journalName(seq)));
  for (const changed of keeps ? [aside, directory] : [directory]) await realFiles.syncDirectory(changed);
  return keeps ? aside : undefined;
}
