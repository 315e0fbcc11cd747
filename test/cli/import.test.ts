// npm run import as typed in a shell, of a file long enough to be read in a thread: it is taken once, and the command ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../store/lowdb/temporary.ts';
import { pinduoduoCsv } from '../support/pinduoduo-file.ts';

const root = join(import.meta.dirname, '../..');
const csv = pinduoduoCsv({ rows: 14_000, columns: 'full' });
const none = { imported: 0, updated: 0, unchanged: 0, rejected: 0 };

function fileOf(content: string): string {
  const file = join(temporaryDirectory(), 'orders.csv');
  writeFileSync(file, content);
  return file;
}

function start(file: string, dataDir: string, ...options: string[]) {
  const words = ['src/cli/import.ts', file, '--guild', '100000000000000001', '--merchant', 'tea', ...options];
  return spawn(process.execPath, [join(root, 'scripts/run.mjs'), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(file: string, dataDir: string, ...options: string[]) {
  return resultOf(start(file, dataDir, ...options));
}

async function resultOf(child: ReturnType<typeof start>) {
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const counts = Object.fromEntries(
    [...out.matchAll(/^(imported|updated|unchanged|rejected) (\d+)$/gm)].map(([, name = '', n]) => [name, Number(n)]),
  );
  return { status: child.exitCode, error, counts };
}

/** Resolves as soon as some of it, and surely not all, is on disk. */
async function inTheMiddle(child: ChildProcess, dataDir: string): Promise<void> {
  const written = () => statSync(join(dataDir, 'journal-0.ndjson'), { throwIfNoEntry: false })?.size ?? 0;
  while (child.exitCode === null && written() < 200_000) await wait(5);
}

async function killInTheMiddle(file: string, dataDir: string): Promise<void> {
  const child = start(file, dataDir);
  const closed = once(child, 'close');
  await inTheMiddle(child, dataDir);
  child.kill('SIGKILL');
  await closed;
}

it('takes all orders once: run dry, killed in the middle, run again, and again', async () => {
  const file = fileOf(csv);
  const dataDir = temporaryDirectory();
  const orders = new Set(csv.match(/\d{6}-\d{15}/g)).size;
  const dry = await run(file, dataDir, '--dry-run');
  expect(dry).toEqual({ status: 0, error: '', counts: { ...none, imported: orders } });
  await killInTheMiddle(file, dataDir);
  const { status, counts } = await run(file, dataDir);
  expect(status).toBe(0);
  expect(counts.unchanged).toBeGreaterThan(0);
  expect((counts.imported ?? 0) + (counts.unchanged ?? 0)).toBe(orders);
  expect(await run(file, dataDir)).toEqual({ status: 0, error: '', counts: { ...none, unchanged: orders } });
}, 120_000);

it('says of a file that is changed meanwhile what came of it, and takes the rest when it is run again', async () => {
  let dataDir = '';
  for (const change of [(bytes: Buffer) => bytes.subarray(0, 1000), () => Buffer.from('一'), () => Buffer.alloc(0)]) {
    const file = fileOf(csv);
    dataDir = temporaryDirectory();
    const child = start(file, dataDir);
    const ended = resultOf(child);
    await inTheMiddle(child, dataDir);
    writeFileSync(file, change(Buffer.from(csv)));
    const { status, error, counts } = await ended;
    expect([status, error]).toEqual([2, '']);
    expect((counts.imported ?? 0) + (counts.unchanged ?? 0)).toBeGreaterThan(0);
  }
  const orders = new Set(csv.match(/\d{6}-\d{15}/g)).size;
  const { status, counts } = await run(fileOf(csv), dataDir);
  expect(status).toBe(0);
  expect((counts.imported ?? 0) + (counts.unchanged ?? 0)).toBe(orders);
}, 120_000);

it('takes nothing of a file that is broken at its end', async () => {
  const dataDir = temporaryDirectory();
  const broken = await run(fileOf(`${csv}"an open quote`), dataDir);
  expect(broken).toEqual({ status: 2, error: '', counts: {} });
  const { counts } = await run(fileOf(csv), dataDir, '--dry-run');
  expect(counts).toMatchObject({ updated: 0, unchanged: 0, rejected: 0 });
}, 120_000);

it('says what was assumed of orders, and counts a row once however much is wrong with it', async () => {
  const header = '商品,订单号,订单状态,用户实付金额(元),商品数量(件),样式ID,订单成交时间';
  const good = '茶,261121-100000000000001,待发货,68.00,1,99,-';
  const bad = '茶,261121-100000000000002,待发货,abc,0,99,-';
  const child = start(fileOf([header, good, bad].join('\n')), temporaryDirectory());
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
  expect(child.exitCode).toBe(1);
  expect(out).toContain('1 单没有付款时间：取了订单号里的日期。');
  expect(out).toContain(
    '第 3 行 · 用户实付金额(元) · 不是金额：abc（请写成 1234.50）\n第 3 行 · 商品数量(件) · 不是整数件：0\n',
  );
  expect(out.endsWith('imported 1\nupdated 0\nunchanged 0\nrejected 1\n')).toBe(true);
}, 120_000);
