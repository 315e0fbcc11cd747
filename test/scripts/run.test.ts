// The launcher on a clone with nothing installed: dependencies are installed once, by whoever comes first, and only when they differ.
import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

/** Stands in for npm: notes that it was called, takes a moment, and installs what the lock file says. */
const npm = `
const fs = require('node:fs');
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
setTimeout(() => {
  fs.mkdirSync('node_modules/tsx/esm', { recursive: true });
  fs.writeFileSync('node_modules/tsx/package.json', '{"type":"module","exports":{"./esm/api":"./esm/api.js"}}');
  fs.writeFileSync('node_modules/tsx/esm/api.js', 'export const register = () => {};');
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
}, 300);
`;

let root: string;
const lock = (version: string, more: object = {}) =>
  writeFile(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/tsx': { version }, ...more } }),
  );

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'makegood-launcher-'));
  await mkdir(join(root, 'scripts'));
  await mkdir(join(root, 'src'));
  await cp(join(project, 'scripts/run.mjs'), join(root, 'scripts/run.mjs'));
  await writeFile(join(root, 'npm.cjs'), npm);
  await writeFile(join(root, 'src/hello.mjs'), 'console.log("hello", process.argv[2]);');
  await cp(join(root, 'src/hello.mjs'), join(root, 'scripts/hello.mjs'));
  await writeFile(join(root, 'calls'), '');
  await lock('1.0.0');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const calls = async () => (await readFile(join(root, 'calls'), 'utf8')).split('\n').filter(Boolean).length;

function launch(script = 'src/hello.mjs'): Promise<{ code: number | null; out: string }> {
  const env = { ...process.env, npm_execpath: join(root, 'npm.cjs') };
  const child = spawn(process.execPath, ['scripts/run.mjs', script, 'you'], { cwd: root, env });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, out: Buffer.concat(chunks).toString().trim() })),
  );
}

it('installs once for several that start together', async () => {
  const all = await Promise.all([launch(), launch(), launch()]);
  expect(all).toEqual(Array(3).fill({ code: 0, out: 'hello you' }));
  expect(await calls()).toBe(1);
});

it('goes by what is installed and not by the age of files', async () => {
  await launch();
  const later = new Date(Date.now() + 60_000);
  await utimes(join(root, 'package-lock.json'), later, later);
  await launch();
  expect(await calls()).toBe(1);
  await lock('1.0.1');
  await launch();
  expect(await calls()).toBe(2);
});

it('does without packages of other systems, and without those of development to run the bot', async () => {
  await launch();
  await lock('1.0.0', {
    'node_modules/other-system': { version: '1.0.0', optional: true },
    'node_modules/checker': { version: '1.0.0', dev: true },
  });
  await launch();
  expect(await calls()).toBe(1);
  await launch('scripts/hello.mjs');
  expect(await calls()).toBe(2);
});

it('says so where installing fails', async () => {
  await appendFile(join(root, 'npm.cjs'), 'process.exit(3);');
  expect(await launch()).toEqual({ code: 1, out: '' });
});
