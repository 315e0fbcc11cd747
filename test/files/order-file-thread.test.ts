// A long file is read in a thread of its own: the same orders come out, and nothing of the thread stays behind.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openOrderFile } from '../../src/files/open-order-file.ts';
import type { OrderFile } from '../../src/files/order-file.ts';
import { hasFreeThread, readInThread } from '../../src/files/order-file-thread.ts';
import type { OrderItem } from '../../src/files/order-reader.ts';
import { readOrderFile } from '../../src/files/read-order-file.ts';
import { pinduoduoBytes, pinduoduoXlsx } from '../support/pinduoduo-file.ts';
import { NOW } from './read-all.ts';

const options = { timeZone: 'Asia/Shanghai', now: NOW };
const rejected =
  'order,state,paid_at,currency,paid,sku,quantity\nA-1,lost,2026-06-05,CNY,5,T,1\nA-2,to_ship,,CNY,5,T,x\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'makegood-thread-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open: OrderFile[] = [];
afterEach(async () => {
  for (const file of open.splice(0)) await file.close();
});

async function usable(opening: Promise<OrderFile | { readonly unusable: string }>): Promise<OrderFile> {
  const file = await opening;
  if ('unusable' in file) throw new Error(file.unusable);
  open.push(file);
  return file;
}

async function ordersOf(file: OrderFile): Promise<OrderItem[]> {
  const orders: OrderItem[] = [];
  for await (const some of file.orders()) orders.push(...some);
  return orders;
}

async function contentOf(file: OrderFile) {
  const { source, encoding, rows, notes } = file;
  return { source, encoding, rows, notes, orders: await ordersOf(file) };
}

describe('a file read in a thread', () => {
  it.each([
    ['UTF-8', async () => pinduoduoBytes({ rows: 1200, columns: 'full' })],
    ['GB18030', async () => pinduoduoBytes({ rows: 30 }, 'gb18030')],
    ['XLSX', async () => pinduoduoXlsx({ rows: 30 })],
    ['one with bad rows', async () => Buffer.from(rejected)],
  ])('%s: says what it says when read here', async (_, make) => {
    const bytes = await make();
    const there = await contentOf(await usable(readInThread({ bytes }, options)));
    expect(there).toEqual(await contentOf(await usable(readOrderFile({ bytes }, options))));
    expect(there.orders.length).toBeGreaterThan(1);
  });

  it('is read from the first order again, also after it was left in the middle', async () => {
    const file = await usable(readInThread({ bytes: pinduoduoBytes({ rows: 1200 }) }, options));
    for await (const [first] of file.orders()) {
      expect(first).toMatchObject({ rows: [2] });
      break;
    }
    expect(await ordersOf(file)).toEqual(await ordersOf(file));
  });

  it('is read no further than a little ahead of what was taken', async () => {
    const path = join(folder, 'cut.csv');
    const bytes = Buffer.from(pinduoduoBytes({ rows: 6000 }));
    await writeFile(path, bytes);
    const file = await usable(readInThread({ path }, options));
    const orders = file.orders()[Symbol.asyncIterator]();
    await orders.next();
    await truncate(path, bytes.indexOf('\n', bytes.length / 2) + 1);
    await expect(
      (async () => {
        while (!(await orders.next()).done);
      })(),
    ).rejects.toMatchObject({ file: { unusable: 'changed' } });
  });

  it('that is unusable is refused as ever, and its thread ends', async () => {
    expect(await readInThread({ bytes: Buffer.from('one,two,three\n') }, options)).toMatchObject({
      unusable: 'format_unknown',
    });
    expect(await readInThread({ path: join(folder, 'none.csv') }, options)).toEqual({ unusable: 'unreadable' });
    expect(hasFreeThread()).toBe(true);
  });
});

describe('a thread', () => {
  it('ends when the file is closed, whatever is being waited for', async () => {
    const bytes = pinduoduoBytes({ rows: 1200 });
    const file = await usable(readInThread({ bytes }, options));
    const second = await usable(readInThread({ bytes }, options));
    expect(hasFreeThread()).toBe(false);
    const orders = file.orders()[Symbol.asyncIterator]();
    await orders.next();
    const all = ordersOf(second);
    await Promise.all([file.close(), second.close(), expect(all).rejects.toThrow('The file was closed.')]);
    expect(hasFreeThread()).toBe(true);
    await expect(ordersOf(file)).rejects.toThrow('The file was closed.');
    await file.close();
  });

  it('that fails is told to the one who waits for it', async () => {
    const bytes = pinduoduoBytes({ rows: 30 });
    const file = await usable(readInThread({ bytes }, { ...options, timeZone: 'No/Where' }));
    await expect(ordersOf(file)).rejects.toThrow(RangeError);
    expect(hasFreeThread()).toBe(true);
  });

  it('that runs out of memory makes the file unreadable', async () => {
    const bytes = pinduoduoBytes({ rows: 30 });
    expect(await readInThread({ bytes }, options, 4)).toEqual({ unusable: 'unreadable' });
    expect(hasFreeThread()).toBe(true);
  });

  it('reads a long file, while there are not too many of them; the orders are the same', async () => {
    const path = join(folder, 'long.csv');
    const bytes = pinduoduoBytes({ rows: 14_000, columns: 'full' });
    await writeFile(path, bytes);
    const files = [];
    for (let i = 0; i < 3; i += 1) files.push(await usable(openOrderFile(i === 0 ? { path } : { bytes }, options)));
    expect(hasFreeThread()).toBe(false);
    const counts = await Promise.all(files.map(async (file) => (await ordersOf(file)).length));
    expect(new Set(counts).size).toBe(1);
  });

  it('is not begun for every one of many files that are opened at once', async () => {
    const bytes = pinduoduoBytes({ rows: 14_000, columns: 'full' });
    const [first] = await Promise.all([1, 2, 3].map(() => usable(openOrderFile({ bytes }, options))));
    expect(hasFreeThread()).toBe(false);
    await first?.close();
    expect(hasFreeThread()).toBe(true);
  });
});
