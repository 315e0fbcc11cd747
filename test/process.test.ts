// What a process owes its operator when it cannot go on: it saves what it has, says why, and ends with 1.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const run = join(import.meta.dirname, '../scripts/run.mjs');
const falling = join(import.meta.dirname, 'falling-process.ts');

async function fall(what: string) {
  const child = spawn(process.execPath, [run, falling, what], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

it.each(['rejection', 'exception'])(
  'a bug that nobody caught (%s) is written down, and what is in hand saved',
  async (what) => {
    const { code, output } = await fall(what);
    expect(code).toBe(1);
    expect(output).toContain('a bug nobody caught');
    expect(output).toContain('[secret]');
    expect(output).not.toContain('GabcDE');
    expect(output).toMatch(/saved\n$/);
  },
);

// On Windows a signal to oneself ends at once.
it.skipIf(process.platform === 'win32')('a stop that fails is written down too', async () => {
  const { code, output } = await fall('stop');
  expect(code).toBe(1);
  expect(output).toContain('stopping failed');
});
