// Stores filled with orders, ours and the peer's.
import type { App } from '../src/app/context.ts';
import type { Store } from '../src/app/ports.ts';
import { loadPolicies } from '../src/files/policy-files.ts';
import { projectPath } from '../src/root.ts';
import { type OpenOptions, openStore } from '../src/store/lowdb/open.ts';
import { systemClock, systemIds } from '../src/system.ts';
import { type CaseEntry, makeCaseEntry, makeOrder, type Order, orderId, scattered, silentLog } from './orders.ts';
import { SqlitePeer } from './sqlite.ts';

const batch = 1_000;

export function open(directory: string, options: Partial<OpenOptions> = {}): Promise<Store> {
  return openStore({ directory, log: silentLog, ...options });
}

/**
 * Open, a store goes on to build its indexes: in each turn of the event loop 1,000 records of one index, of which orders
 * have seven.
 */
export async function untilIndexed(size: number): Promise<void> {
  for (let i = 0; i < 1_000 + size / 100; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** The application on a store, by the real clock. */
export async function openApp(directory: string, options: Partial<OpenOptions> = {}): Promise<App> {
  return {
    store: await open(directory, options),
    clock: systemClock,
    ids: systemIds(),
    policies: loadPolicies([projectPath('data/policies')]),
    log: silentLog,
    defaults: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  };
}

/** Fills a store, and brings all of it into its snapshot. */
export async function fillStore(directory: string, size: number): Promise<void> {
  const store = await open(directory);
  for (let from = 0; from < size; from += batch) {
    await store.transact(async (tx) => {
      for (let i = from; i < Math.min(size, from + batch); i++) await tx.insert('orders', makeOrder(i));
    });
  }
  await store.close();
  await (await open(directory, { journalBytes: 0, closingMs: 600_000 })).close();
}

export function filledPeer(directory: string, size: number): SqlitePeer {
  const peer = new SqlitePeer(directory);
  for (let from = 0; from < size; from += batch) {
    peer.write(Array.from({ length: Math.min(batch, size - from) }, (_, i) => [makeOrder(from + i)] as const));
  }
  return peer;
}

let written = 0;

/** The change measured: an order's new version and a case-file entry about it. */
export function change(order: Order): readonly [Order, CaseEntry] {
  return [{ ...order, version: order.version + 1 }, makeCaseEntry(order, ++written)];
}

export function changeStore(store: Store, i: number, size: number): Promise<void> {
  return store.transact(async (tx) => {
    const order = await tx.get('orders', orderId(scattered(i, size)));
    if (!order) throw new Error('the order is missing');
    const [next, entry] = change(order);
    await tx.put('orders', next);
    await tx.put('caseEntries', entry);
  });
}
