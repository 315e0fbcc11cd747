// The real files: what is said to be durable is, and nobody else reads them.
import fs from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type OpenMode, realFiles } from '../../../src/store/lowdb/files.ts';
import { temporaryDirectory } from './temporary.ts';

/** How the system holds a file open. */
function flagsOf(path: string): number {
  const held = fs.readdirSync('/proc/self/fd').find((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false; // the one that was listing
    }
  });
  const info = fs.readFileSync(`/proc/self/fdinfo/${held}`, 'utf8');
  return Number.parseInt(/^flags:\s+(\d+)/m.exec(info)?.[1] ?? '', 8);
}

// Only there can one look, and only there is there such a flag.
it.runIf(process.platform === 'linux').each<[OpenMode, boolean]>([
  ['ws', true],
  ['rs+', true],
  ['w', false],
])('a file opened with %s is written through to the disk: %s', async (how, through) => {
  const path = join(fs.realpathSync(temporaryDirectory()), 'journal');
  fs.writeFileSync(path, 'x');
  const file = await realFiles.open(path, how);
  expect(file.writesThrough).toBe(through);
  expect((flagsOf(path) & fs.constants.O_DSYNC) !== 0).toBe(through);
  await file.close();
});

it.skipIf(process.platform === 'win32')('a file is its owner’s alone, and a folder too', async () => {
  const folder = join(temporaryDirectory(), 'store');
  await realFiles.makeDirectory(folder);
  const path = join(folder, 'journal');
  const file = await realFiles.open(path, 'ws');
  await file.close();
  expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
});
