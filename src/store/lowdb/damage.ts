// The sentence that says what in a store does not check out.
import { StoreDamagedError } from '../errors.ts';

/** @param what a clause such as "its checksum does not match" */
export function damaged(file: string, line: number | undefined, what: string, advice?: string): StoreDamagedError {
  const where = line === undefined ? file : `${file}, line ${line}`;
  const remedy = advice ?? 'Put a backup back with "npm run restore -- FILE".';
  return new StoreDamagedError(`The store is damaged: ${where}: ${what}. Nothing was changed. ${remedy}`);
}
