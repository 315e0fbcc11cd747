// Refuses what a newer version of the program wrote.
import { StoreDamagedError } from '../errors.ts';

/** An error when a file is of a format or schema that this version does not know. */
export function newerSchema(
  name: string,
  { format, schema }: { readonly format: number; readonly schema: number },
  known: number,
): StoreDamagedError | undefined {
  if (format === 1 && schema <= known) return undefined;
  return new StoreDamagedError(
    `${name} was written by a newer version of Makegood (schema ${schema}, format ${format}; this version knows schema ` +
      `${known}, format 1). Nothing was changed. Start that version, or put back a backup from before the update.`,
  );
}
