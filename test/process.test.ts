// What a process owes its operator when it cannot go on: it saves what it has, says why, and ends with 1.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createLog } from '../src/log.ts';
import { stopOnSignals } from '../src/process.ts';

const run = join(import.meta.dirname, '../scripts/run.mjs');
const falling = join(import.meta.dirname, 'falling-process.ts');

async function fall(what: string, stdout: 'pipe' | number = 'pipe') {
  const child = spawn(process.execPath, [run, falling, what], { stdio: ['ignore', stdout, 'inherit'] });
  let output = '';
  child.stdout?.on('data', (chunk) => {
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

it.runIf(process.platform === 'linux').each([
  ['signal', 0],
  ['rejection', 1],
])('goes on, and stops, where no line can be written (%s)', async (what, code) => {
  expect(await fall(what, openSync('/dev/full', 'w'))).toMatchObject({ code });
});

it.skipIf(process.platform === 'win32')('ends with its last line read, also by who is behind', async () => {
  const child = spawn(process.execPath, [run, falling, 'much'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 20);
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(output).toMatch(/saved\n$/);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('a second cause to end does not cut short what the first has begun; a second signal does', async () => {
  vi.useFakeTimers();
  const heard = new Map<string | symbol, () => void>();
  vi.spyOn(process, 'on').mockImplementation((event, listener) => {
    heard.set(event, listener as () => void);
    return process;
  });
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const { stop } = stopOnSignals(createLog('silent'), () => new Promise((resolve) => setTimeout(resolve, 5_000)));
  stop(1);
  await vi.advanceTimersByTimeAsync(3_000);
  stop(1);
  expect(exit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(exit.mock.calls).toEqual([[1]]);
  heard.get('SIGTERM')?.();
  expect(exit.mock.calls).toEqual([[1], [1]]);
});
