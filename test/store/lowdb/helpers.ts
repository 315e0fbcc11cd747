// Opening a store and writing to it, for tests and for the processes they start.
import type { Store } from '../../../src/app/ports.ts';
import { type OpenOptions, openLocked, openStore } from '../../../src/store/lowdb/open.ts';
import { aPerson, silentLog } from '../records.ts';
import type { MemoryFiles } from './memory-files.ts';

export function open(directory: string, options: Partial<OpenOptions> = {}): Promise<Store> {
  return openStore({ directory, log: silentLog, quietMs: 0, ...options });
}

export function openInMemory(files: MemoryFiles, options: Partial<OpenOptions> = {}): Promise<Store> {
  return openLocked({ directory: '/store', log: silentLog, files, quietMs: 0, ...options }, () => {});
}

/** Brings all that a closed store holds into its snapshot. */
export async function snapshotAll(files: MemoryFiles, options: Partial<OpenOptions> = {}): Promise<void> {
  await (await openInMemory(files, { journalBytes: 1, ...options })).close();
}

/** A person's id that is a Discord id. */
export function userId(number: number): string {
  return String(100_000_000_000_000_000n + BigInt(number));
}

const shadowOffset = 1_000_000;

/** One transaction that writes two records, so that half of it could be told. */
export async function writePair(store: Store, number: number): Promise<void> {
  await store.transact(async (tx) => {
    await tx.insert('people', aPerson(userId(number)));
    await tx.insert('people', aPerson(userId(number + shadowOffset), { locale: 'zh-CN' }));
  });
}

/** Which pairs are there; throws where half of one is. */
export async function pairsIn(store: Store, upTo: number): Promise<number[]> {
  return store.read(async (tx) => {
    const found: number[] = [];
    for (let number = 0; number < upTo; number++) {
      const one = await tx.get('people', userId(number));
      const other = await tx.get('people', userId(number + shadowOffset));
      if (!one !== !other) throw new Error(`pair ${number} is half there`);
      if (one) found.push(number);
    }
    return found;
  });
}
