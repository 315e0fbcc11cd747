// npm run verify, backup and restore as typed in a shell.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { snapshotHeaderLine } from '../../src/store/lowdb/snapshot-format.ts';
import { open, writePair } from '../store/lowdb/helpers.ts';
import { temporaryDirectory } from '../store/lowdb/temporary.ts';

const root = join(import.meta.dirname, '../..');

function run(command: string, dataDir: string, ...words: string[]) {
  return runIn(undefined, command, dataDir, ...words);
}

/** @param typedIn where npm says it was typed */
function runIn(typedIn: string | undefined, command: string, dataDir: string, ...words: string[]) {
  const script = join(root, 'scripts/run.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, `src/cli/${command}.ts`, ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...(typedIn && { INIT_CWD: typedIn }) },
  });
  return { status, lines: stdout.trimEnd().split('\n'), error: stderr.trimEnd() };
}

async function storeWith(pairs: number): Promise<string> {
  const directory = temporaryDirectory();
  const store = await open(directory);
  for (let i = 0; i < pairs; i++) await writePair(store, i);
  await store.close();
  return directory;
}

it('verifies a sound store with a line a check, and names what is damaged', async () => {
  const directory = await storeWith(2);
  const sound = run('verify', directory);
  expect([sound.status, sound.error]).toEqual([0, '']);
  expect(sound.lines.length).toBeGreaterThan(6);
  for (const line of sound.lines) expect(line).toMatch(/^ok {7}\S/);

  const file = join(directory, 'journal-0.ndjson');
  writeFileSync(file, readFileSync(file, 'utf8').replace('zh-CN', 'zh-TW'));
  const damaged = run('verify', directory);
  expect([damaged.status, damaged.error]).toEqual([1, '']);
  expect(damaged.lines).toEqual([
    'DAMAGED  the checksums of snapshot and journal: journal-0.ndjson, line 2: its checksum does not match',
  ]);
});

it('says in one line what stands in its way', async () => {
  const directory = await storeWith(1);
  const none = join(directory, 'none');
  expect(run('verify', none)).toMatchObject({ status: 1, error: `There is no store in ${none} yet.` });
  expect(run('backup', directory)).toMatchObject({ status: 1, error: 'usage: npm run backup -- FILE' });
  expect(run('restore', directory, 'a', 'b')).toMatchObject({ status: 1, error: 'usage: npm run restore -- FILE' });
  const store = await open(directory);
  const inUse = `The store in ${directory} is in use by another process. Stop that one first.`;
  expect(run('verify', directory)).toMatchObject({ status: 1, error: inUse });
  await store.close();
});

it('does not call damaged what a newer version wrote', async () => {
  const directory = await storeWith(1);
  const header = { snapshot: 'makegood', format: 1, schema: 1_000, seq: 0, journal: 'journal-0.ndjson' } as const;
  writeFileSync(join(directory, 'db.json'), snapshotHeaderLine(header));
  expect(run('verify', directory)).toMatchObject({
    status: 1,
    lines: [''],
    error: expect.stringMatching(
      /^The store cannot be opened: db\.json: a newer version of Makegood wrote it .*backup/,
    ),
  });
});

it('backs up a store in use, and restores it elsewhere', async () => {
  const directory = temporaryDirectory();
  const store = await open(directory);
  await writePair(store, 1);
  const file = join(temporaryDirectory(), 'backup.json');
  expect(run('backup', directory, file)).toMatchObject({ status: 0, error: '' });
  await store.close();
  const target = temporaryDirectory();
  expect(run('restore', target, file).lines).toEqual([`${target} now holds the 2 records of ${file}, up to change 1.`]);
  expect(run('verify', target).status).toBe(0);
});

it('takes a file to be where its name was typed, as through npm', async () => {
  const directory = await storeWith(1);
  const desk = temporaryDirectory();
  const file = join(desk, 'copy.json');
  expect(runIn(desk, 'backup', directory, 'copy.json').lines[0]).toMatch(`${file} holds 2 records`);
  expect(runIn(desk, 'restore', temporaryDirectory(), './copy.json').lines[0]).toContain(`2 records of ${file}`);
  const asked = ['copy.json', '--guild', '100000000000000001', '--merchant', 'tea'];
  writeFileSync(file, '订单号\n');
  const read = runIn(desk, 'import', temporaryDirectory(), ...asked);
  expect(read.status).toBe(2);
  expect(read.lines).not.toEqual(runIn('/', 'import', temporaryDirectory(), ...asked).lines);
});
