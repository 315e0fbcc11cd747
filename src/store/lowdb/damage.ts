// What can be the matter with a store's files, in sentences.
import { StoreDamagedError, StoreNewerError } from '../errors.ts';

const remedy = 'Put a backup back with "npm run restore -- FILE".';

/** @param what a clause such as "its checksum does not match" */
export function damaged(file: string, line: number | undefined, what: string, advice = remedy): StoreDamagedError {
  const where = line === undefined ? file : `${file}, line ${line}`;
  return new StoreDamagedError(`${where}: ${what}`, advice);
}

/** An error when a file is of a format or schema that this version does not know. */
export function newerVersion(
  file: string,
  { format, schema }: { readonly format: number; readonly schema: number },
  known: number,
): StoreNewerError | undefined {
  if (format === 1 && schema <= known) return undefined;
  return new StoreNewerError(
    `${file}: a newer version of Makegood wrote it (schema ${schema}, format ${format}; this version knows schema ${known}, format 1)`,
    'Start that version, or put back a backup from before the update.',
  );
}
