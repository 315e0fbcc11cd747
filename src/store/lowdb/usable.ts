// Puts a file system's error into a sentence about the store's directory.
import { StoreUnavailableError } from '../../app/ports.ts';
import { causeOf } from './files.ts';

/** @throws StoreUnavailableError in place of a file system's error */
export async function usable<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence =
      error.code === 'ENOENT'
        ? `There is no store in ${directory} yet.`
        : `The store's directory ${directory} cannot be used: ${causeOf(error)}.`;
    throw new StoreUnavailableError(sentence, { cause: error });
  }
}
