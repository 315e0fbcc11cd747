// Stores in temporary directories.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenOptions, openStore } from '../../../src/store/lowdb/open.ts';
import { silentLog } from '../records.ts';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'makegood-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function open(directory: string, options: Partial<OpenOptions> = {}) {
  return openStore({ directory, log: silentLog, ...options });
}
