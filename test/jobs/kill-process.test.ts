// A real process on the real store, killed with SIGKILL as it sends and between: every lead time of every order once.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../store/lowdb/temporary.ts';
import { startOfTest } from '../support/app.ts';
import { hourMs } from '../support/orders.ts';

const run = join(import.meta.dirname, '../../scripts/run.mjs');
const pinging = join(import.meta.dirname, 'pinging-process.ts');
const orders = 8;
const end = startOfTest + 32 * hourMs;
/** How long Discord knows a nonce. */
const nonceKnownMs = 5 * 60_000;

interface Line {
  readonly now?: number;
  readonly sent?: string;
  readonly orderIds?: readonly string[];
  readonly at?: number;
}

/** Runs from an instant until the `kill`th thing it says, or to the end; answers all it said. */
async function live(directory: string, from: number, kill: number): Promise<Line[]> {
  const args = [run, pinging, directory, String(from), String(end), String(orders)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Line[] = [];
  for await (const text of createInterface(child.stdout)) {
    said.push(JSON.parse(text));
    const isSend = said.at(-1)?.sent !== undefined;
    if (said.length === kill || (isSend && said.length > kill / 2)) child.kill('SIGKILL');
  }
  return said;
}

/** What people see: a nonce known to Discord makes no second message. */
function seen(said: readonly Line[]): Line[] {
  const known = new Map<string, number>();
  return said.filter(({ sent, at = 0 }) => {
    if (sent === undefined) return false;
    const before = known.get(sent);
    if (before === undefined) known.set(sent, at);
    return before === undefined || at - before >= nonceKnownMs;
  });
}

test('killed at moments of chance, every order is pinged at 24 h, 6 h, 1 h and overdue, once each', {
  timeout: 90_000,
}, async () => {
  const directory = temporaryDirectory();
  const said: Line[] = [];
  for (const kill of [40, 90, 300, 20, 500, 3, 250, Number.POSITIVE_INFINITY]) {
    const from = said.findLast(({ now }) => now !== undefined)?.now ?? startOfTest;
    said.push(...(await live(directory, from, kill)));
  }
  expect(said.at(-1)?.now).toBe(end);
  const pings = seen(said).flatMap(({ orderIds }) => orderIds ?? []);
  const counts = Array.from({ length: orders }, (_, n) => pings.filter((id) => id === `order${n}`).length);
  expect(counts).toEqual(Array.from({ length: orders }, () => 4));
});
