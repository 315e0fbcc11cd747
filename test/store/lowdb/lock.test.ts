// One process a directory, and plain sentences where a directory cannot be used.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../src/app/ports.ts';
import { StoreInUseError } from '../../../src/store/errors.ts';
import { inspectStore } from '../../../src/store/lowdb/inspect.ts';
import { open, pairsIn, writePair } from './helpers.ts';
import { temporaryDirectory } from './temporary.ts';

const run = join(import.meta.dirname, '../../../scripts/run.mjs');
const writer = join(import.meta.dirname, 'writer.ts');

it('refuses a second opening while the first lasts, and changes nothing', async () => {
  const directory = temporaryDirectory();
  const store = await open(directory);
  await expect(open(directory)).rejects.toBeInstanceOf(StoreInUseError);
  await expect(inspectStore(directory)).rejects.toThrow(/in use by another process/);
  await writePair(store, 1);
  await store.close();
  const next = await open(directory);
  expect(await pairsIn(next, 2)).toEqual([1]);
  await next.close();
});

it('knows the directory by whatever name', async () => {
  const directory = temporaryDirectory();
  const store = await open(directory);
  await expect(open(join(directory, '..', directory.split('/').at(-1) ?? ''))).rejects.toBeInstanceOf(StoreInUseError);
  await store.close();
});

it('refuses while another process holds it, and opens at once when that one was killed', async () => {
  const directory = temporaryDirectory();
  const child = spawn(process.execPath, [run, writer, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await expect(open(directory)).rejects.toBeInstanceOf(StoreInUseError);
  child.kill('SIGKILL');
  const store = await open(directory);
  await store.close();
});

it('lets go when it could not be opened', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'db.json'), 'nonsense');
  await expect(open(directory)).rejects.toThrow('db.json, line 1');
  await expect(open(directory)).rejects.toThrow('db.json, line 1');
});

it('says so when the directory is a file, or lies below one', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  for (const directory of [file, join(file, 'below')]) {
    const error = await open(directory).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect((error as Error).message).toMatch(
      /^The store's directory .* cannot be used: a (file is in the way|part of the path is a file)/,
    );
  }
});

it('says so when there is nothing to inspect, and makes nothing', async () => {
  const directory = join(temporaryDirectory(), 'none');
  await expect(inspectStore(directory)).rejects.toThrow(`There is no store in ${directory} yet.`);
  mkdirSync(directory);
  await expect(inspectStore(directory)).rejects.toThrow(`There is no store in ${directory} yet.`);
});

it('makes a missing directory, readable by its owner alone', async () => {
  const directory = join(temporaryDirectory(), 'a', 'b');
  const store = await open(directory);
  await writePair(store, 1);
  await store.close();
  expect(statSync(directory).mode & 0o077).toBe(0);
  expect(statSync(join(directory, 'db.json')).mode & 0o077).toBe(0);
});
