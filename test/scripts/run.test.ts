// The launcher on a clone with nothing installed: dependencies are installed once, by whoever comes first, and only when they
// differ; a file is bundled once, and again when it or something it imports has changed.
import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const project = join(import.meta.dirname, '../..');

/** Stands in for npm: notes that it was called, takes a moment, and installs what the lock file says. */
const npm = `
const fs = require('node:fs');
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
setTimeout(() => {
  fs.mkdirSync('node_modules', { recursive: true });
  for (const name of ['esbuild', '@esbuild']) {
    if (!fs.existsSync('node_modules/' + name)) fs.symlinkSync(${JSON.stringify(join(project, 'node_modules'))} + '/' + name, 'node_modules/' + name);
  }
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
}, 300);
`;

const hello = `
import { greeting } from '../src/greeting.ts';
const whom: string = process.argv[2] ?? '';
console.log(greeting, whom);
`;

let root: string;
const greet = (greeting: string) => writeFile(join(root, 'src/greeting.ts'), `export const greeting = '${greeting}';`);
const built = () => readdir(join(root, 'build'));
const lock = (version: string, more: object = {}) =>
  writeFile(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/esbuild': { version }, ...more } }),
  );

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'makegood-launcher-'));
  await mkdir(join(root, 'scripts'));
  await mkdir(join(root, 'src'));
  for (const file of ['scripts/run.mjs', 'scripts/bundle.mjs', 'tsconfig.json'])
    await cp(join(project, file), join(root, file));
  await writeFile(join(root, 'npm.cjs'), npm);
  await greet('hello');
  await writeFile(join(root, 'src/hello.ts'), hello);
  await cp(join(root, 'src/hello.ts'), join(root, 'scripts/hello.ts'));
  await writeFile(join(root, 'calls'), '');
  await lock('1.0.0');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const calls = async () => (await readFile(join(root, 'calls'), 'utf8')).split('\n').filter(Boolean).length;

function launch(script = 'src/hello.ts'): Promise<{ code: number | null; out: string }> {
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
  await launch('scripts/hello.ts');
  expect(await calls()).toBe(2);
});

it('says so where installing fails', async () => {
  await appendFile(join(root, 'npm.cjs'), 'process.exit(3);');
  expect(await launch()).toEqual({ code: 1, out: '' });
});

it('bundles again what has changed, and only that, and leaves nothing old behind', async () => {
  await launch();
  const before = await built();
  const { mtimeMs } = await stat(join(root, 'build', before[0] ?? ''));
  await launch();
  expect(await built()).toEqual(before);
  expect((await stat(join(root, 'build', before[0] ?? ''))).mtimeMs).toBe(mtimeMs);

  await greet('good evening');
  expect(await launch()).toEqual({ code: 0, out: 'good evening you' });
  expect(await built()).toHaveLength(before.length);
  await rm(join(root, 'build', (await built()).find((name) => name.endsWith('.mjs')) ?? ''));
  expect(await launch()).toEqual({ code: 0, out: 'good evening you' });
});

it('says so where a file cannot be bundled', async () => {
  await launch();
  await writeFile(join(root, 'src/greeting.ts'), 'export const = ;');
  expect(await launch()).toEqual({ code: 1, out: '' });
});
