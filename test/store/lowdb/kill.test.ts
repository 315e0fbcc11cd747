// A real process, killed with SIGKILL at moments of chance: what it said was saved is there, once and whole.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { open, pairsIn } from './helpers.ts';
import { temporaryDirectory } from './temporary.ts';

const writer = join(import.meta.dirname, 'writer.ts');
const run = join(import.meta.dirname, '../../../scripts/run.mjs');
const kills = 6;

function start(directory: string, from: number): ChildProcess {
  return spawn(process.execPath, [run, writer, directory, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Lets it write until it has answered so many, kills it then, and returns what it answered. */
async function writeAndKill(directory: string, from: number, answers: number): Promise<number[]> {
  const child = start(directory, from);
  if (!child.stdout) throw new Error('no output');
  const answered: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (line === 'open') continue;
    answered.push(Number(line));
    if (answered.length >= answers) child.kill('SIGKILL');
  }
  return answered;
}

it('survives kill -9 while it writes and takes snapshots', { timeout: 60_000 }, async () => {
  const directory = temporaryDirectory();
  const answered: number[] = [];
  let snapshots = 0;
  for (let round = 0; round < kills; round++) {
    const from = round * 10_000;
    answered.push(...(await writeAndKill(directory, from, 40 + Math.floor(Math.random() * 400))));
    if (!readdirSync(directory).includes('journal-0.ndjson')) snapshots++;
  }
  const store = await open(directory);
  const found = await pairsIn(store, kills * 10_000);
  await store.close();
  expect(found).toEqual(expect.arrayContaining(answered));
  expect(found.length).toBeLessThanOrEqual(answered.length + kills * 3);
  expect(snapshots).toBeGreaterThan(0);
});
