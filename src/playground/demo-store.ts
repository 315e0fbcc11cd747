// The demo's own store: empty at each start, in a folder that says so. Nothing is removed that the demo did not make.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, Store } from '../app/ports.ts';
import { StoreInUseError } from '../store/errors.ts';
import { realFiles } from '../store/lowdb/files.ts';
import { openStore } from '../store/lowdb/open.ts';
import { usable } from '../store/lowdb/usable.ts';

/** Marks a folder as the demo's. */
const markFile = 'demo.txt';
const markText = 'The demo shop of the playground lives here. Its store begins anew at each start.\n';
/** The files of a store, by name. */
const storeFile = /^(?:db\.json(?:\.\w+)?|journal-\d+\.ndjson|lock)$/;

/** The folder has things in it, and no mark of the demo. */
class NotTheDemosError extends Error {
  override readonly name = 'NotTheDemosError';
}

/**
 * Opens an empty store in `directory`, in place of an earlier demo's.
 * @throws NotTheDemosError where the demo did not make what is there; StoreInUseError while another playground uses it.
 */
export async function openDemoStore(directory: string, log: Log): Promise<Store> {
  await usable(directory, () => realFiles.makeDirectory(directory));
  const names = await readdir(directory);
  if (names.length > 0 && !names.includes(markFile)) {
    throw new NotTheDemosError(
      `The demo shop would be opened in ${directory}, but there are files in it that the demo did not make. Nothing was changed. Move them elsewhere, or set DATA_DIR to another folder.`,
    );
  }
  await usable(directory, () => writeFile(join(directory, markFile), markText));
  // Another playground that uses it is left alone.
  try {
    await (await openStore({ directory, log })).close();
  } catch (error) {
    if (error instanceof StoreInUseError) throw error;
  }
  for (const name of await readdir(directory)) if (storeFile.test(name)) await rm(join(directory, name));
  return openStore({ directory, log });
}
