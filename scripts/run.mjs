// Runs a TypeScript file of this project in this very process, after installing the locked dependencies when they are
// missing or older than the lock file. Plain JavaScript on built-in modules only: it has to work on a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function dependenciesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000
  );
}

function install() {
  process.stderr.write('Installing the locked dependencies (once) …\n');
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(command, [...before, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      'The dependencies could not be installed; the lines above say why. Run "npm ci" and try again.\n',
    );
    process.exit(1);
  }
}

if (!dependenciesAreCurrent()) install();

const [script, ...rest] = process.argv.slice(2);
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs FILE.ts [ARGUMENTS]\n');
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
const file = resolve(root, script);
process.argv = [process.argv[0], file, ...rest];
await import(pathToFileURL(file).href);
