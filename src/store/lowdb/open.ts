// Opens the embedded store: directory, lock, lowdb with its adapter, and the store on top.
import { Low } from 'lowdb';
import type { Log, Store } from '../../app/ports.ts';
import { migrations as allMigrations, type Migration } from '../migrations.ts';
import { JournalAdapter } from './adapter.ts';
import { Committer } from './committer.ts';
import { Document } from './document.ts';
import { type Files, realFiles } from './files.ts';
import { lockDirectory, type Release } from './lock.ts';
import { EmbeddedStore } from './store.ts';
import { usable } from './usable.ts';

export interface OpenOptions {
  /** Made where it is missing. */
  readonly directory: string;
  readonly log: Log;
  readonly files?: Files;
  readonly migrations?: readonly Migration[];
  /** The journals' size in bytes from which a snapshot is due; 16 MiB, or half of the last snapshot where that is more. */
  readonly journalBytes?: number;
  /** How long a stop waits for its last snapshot; 5 s. */
  readonly closingMs?: number;
  /** A snapshot that is due is taken when nothing was written for so long; 2 s. */
  readonly quietMs?: number;
}

/**
 * Opens the store in a directory, or makes a new one there.
 *
 * @throws StoreInUseError, StoreDamagedError, or StoreUnavailableError where the directory cannot be used, each with a
 *   sentence that says what is the matter. Nothing was changed then.
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const { directory, files = realFiles } = options;
  const release = await usable(directory, async () => {
    await files.makeDirectory(directory);
    return lockDirectory(directory);
  });
  try {
    return await openLocked(options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Opens the store in a directory that is locked already. */
export async function openLocked(options: OpenOptions, release: Release): Promise<Store> {
  const {
    directory,
    log,
    files = realFiles,
    migrations = allMigrations,
    journalBytes,
    quietMs = 2_000,
    closingMs = 5_000,
  } = options;
  const adapter = new JournalAdapter({ directory, files, migrations, log, journalBytes });
  const db = new Low<Document>(adapter, new Document());
  await usable(directory, () => db.read());
  const committer = new Committer(db, adapter, log, quietMs);
  committer.snapshotIfDue();
  const closed = new AbortController();
  void db.data.buildIndexes(closed.signal);
  return new EmbeddedStore(committer, adapter, closingMs, () => {
    closed.abort();
    return release();
  });
}
