// Reads a store that nobody holds, to look at it.
import type { CollectionName, RecordOf } from '../../app/collections.ts';
import { StoreUnavailableError } from '../../app/ports.ts';
import { migrations as allMigrations, type Migration } from '../migrations.ts';
import { type Files, realFiles } from './files.ts';
import { loadStore } from './load.ts';
import { lockDirectory } from './lock.ts';
import { usable } from './usable.ts';

export interface StoreContents {
  /** The number of the last transaction. */
  readonly seq: number;
  /** Bytes at the end of the journal of a transaction that was cut off, and never answered. */
  readonly tornBytes: number;
  records<C extends CollectionName>(collection: C): Iterable<RecordOf<C>>;
}

/**
 * Reads all of a store and checks every checksum. Changes nothing.
 *
 * @throws StoreInUseError, StoreDamagedError, or StoreUnavailableError where there is no store or it cannot be read.
 */
export async function inspectStore(
  directory: string,
  files: Files = realFiles,
  migrations: readonly Migration[] = allMigrations,
): Promise<StoreContents> {
  const loaded = await usable(directory, async () => {
    const release = await lockDirectory(directory, true);
    try {
      return await loadStore(files, directory, migrations);
    } finally {
      await release();
    }
  });
  if (!loaded) throw new StoreUnavailableError(`There is no store in ${directory} yet.`);
  const { document, journal } = loaded;
  return {
    seq: document.seq,
    tornBytes: journal.tornBytes,
    records: <C extends CollectionName>(collection: C) =>
      document.table(collection).records.values() as Iterable<unknown> as Iterable<RecordOf<C>>,
  };
}
