// Runs a TypeScript file of this project in this very process or worker thread, after installing the locked dependencies
// when those there are missing or others. Plain JavaScript on built-in modules only: it has to work on a fresh clone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Compared by what they say: the age of a file says nothing after a checkout or a copy. */
function dependenciesAreCurrent(withDevelopment) {
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(([path, { version, dev, optional, devOptional }]) => {
    if (path === '' || (dev && !withDevelopment)) return true;
    const there = installed[path];
    return there ? there.version === version : Boolean(optional || devOptional);
  });
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the turn to install, unless another process has it. */
function takeTurn(mark) {
  try {
    writeFileSync(mark, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    return error.code !== 'EEXIST';
  }
}

/** Waits for whoever has the turn; one that was killed lets go of it here. */
async function othersAreDone(mark) {
  try {
    while (isRunning(Number(readFileSync(mark, 'utf8')))) await wait(200);
  } catch {
    return; // it is gone
  }
  rmSync(mark, { force: true });
}

async function install(mark) {
  process.stderr.write('Installing the locked dependencies (once) …\n');
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...before, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  // npm goes on when this process is killed: others wait for npm itself.
  if (child.pid) writeFileSync(mark, String(child.pid));
  const [status] = await once(child, 'exit').catch(() => [1]);
  rmSync(mark, { force: true });
  if (status === 0) return;
  process.stderr.write(
    'The dependencies could not be installed; the lines above say why. Run "npm ci" and try again.\n',
  );
  process.exit(1);
}

const [script, ...rest] = process.argv.slice(2);
if (!script) {
  process.stderr.write('usage: node scripts/run.mjs FILE.ts [ARGUMENTS]\n');
  process.exit(1);
}

const isDevelopment = !script.startsWith('src/');
const mark = join(tmpdir(), `makegood-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
while (isMainThread && !dependenciesAreCurrent(isDevelopment)) {
  if (takeTurn(mark)) {
    await install(mark);
    break;
  }
  await othersAreDone(mark);
}

const { bundle } = await import('./bundle.mjs');
const file = await bundle(script);
process.setSourceMapsEnabled(true);
module.enableCompileCache?.(); // where Node has it: compiled code is kept for the next start
process.argv = [process.argv[0], resolve(root, script), ...rest];
await import(pathToFileURL(file).href);
