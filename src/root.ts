// Where the project's own files are: its data, its page, what is run in processes and threads of their own.
import { fileURLToPath } from 'node:url';

/** This file, and the bundle it becomes part of, each lie in a folder of the project's root. */
const root = new URL('../', import.meta.url);

/** @param path from the project's root, as in `data/policies` */
export function projectPath(path: string): string {
  return fileURLToPath(new URL(path, root));
}
