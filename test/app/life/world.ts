// A shop on the embedded store, on disks in memory, with people who can be reached or not: to be lived in, stopped and started.
import { expect } from 'vitest';
import {
  type CollectionDefinition,
  type CollectionName,
  collectionNames,
  collections,
  type RecordOf,
} from '../../../src/app/collections.ts';
import type { App, Request } from '../../../src/app/context.ts';
import type { Unsettled } from '../../../src/app/deliver-notices.ts';
import { type Messenger, type Store, StoreUnavailableError, type Target, type Tx } from '../../../src/app/ports.ts';
import { releaseLeases } from '../../../src/app/release-leases.ts';
import { renderNotice } from '../../../src/discord/views/notice.ts';
import type { PolicyPack } from '../../../src/domain/compensation/policy.ts';
import type { Notice } from '../../../src/domain/notice/notice.ts';
import { openInMemory } from '../../store/lowdb/helpers.ts';
import { errorOf, MemoryFiles } from '../../store/lowdb/memory-files.ts';
import { merchantMember, pddPack, policyBook, staffRole, type TestClock, testApp } from '../../support/app.ts';
import { type Discord, discord } from '../../support/outbox-world.ts';

/** Records by collection and key. */
export type Tables = ReadonlyMap<CollectionName, ReadonlyMap<string, object>>;

type Write = (tables: Map<CollectionName, Map<string, object>>) => void;

export const merchantIds = ['lin', 'wu'] as const;
export type MerchantId = (typeof merchantIds)[number];

/** What a person says they are is what Discord vouches for: account and roles. */
export const people = {
  lin: { userId: merchantMember, roleIds: [] },
  wu: { userId: '300000000000000012', roleIds: [] },
  packer: { userId: '300000000000000013', roleIds: ['200000000000000013'] },
  anna: { userId: '300000000000000021', roleIds: [staffRole] },
  ben: { userId: '300000000000000022', roleIds: [staffRole] },
  owner: { userId: '300000000000000030', roleIds: [], manager: true },
  b1: { userId: '400000000000000001', roleIds: [] },
  b2: { userId: '400000000000000002', roleIds: [] },
  b3: { userId: '400000000000000003', roleIds: [] },
} as const satisfies Record<string, Pick<Request, 'userId' | 'roleIds'> & { readonly manager?: boolean }>;
export type Name = keyof typeof people;

export const channels = {
  lin: '500000000000000001',
  staff: '500000000000000002',
  other: '500000000000000003',
} as const;

/** Another rule book: a dearer substitute is not offered, other hours, other sums. */
const strictPack: PolicyPack = {
  ...pddPack,
  id: 'strict',
  version: '1',
  shipWithinHours: 20,
  refund: { dueWithinHours: 3 },
  remedies: { indefiniteWaitDays: 2, dearerSwap: 'not_offered', remindChoiceAfterHours: 5 },
};

/** Takes note of what a store was given, once that is durable. */
class Noted implements Store {
  readonly tables = new Map<CollectionName, Map<string, object>>(collectionNames.map((name) => [name, new Map()]));
  inner: Store;

  constructor(inner: Store) {
    this.inner = inner;
  }

  read: Store['read'] = (work) => this.inner.read(work);
  close = () => this.inner.close();

  async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const writes: Write[] = [];
    const answer = await this.inner.transact((tx) => {
      writes.length = 0;
      return work(noting(tx, writes));
    });
    for (const write of writes) write(this.tables);
    return answer;
  }
}

function noting(tx: Tx, writes: Write[]): Tx {
  const putInto = (collection: CollectionName, record: object): Write => {
    const copy = structuredClone(record);
    return (tables) => tables.get(collection)?.set(definitionOf(collection).key(copy), copy);
  };
  return {
    get: (collection, key) => tx.get(collection, key),
    list: (collection, index, query) => tx.list(collection, index, query),
    count: (collection, index, query) => tx.count(collection, index, query),
    async insert(collection, record) {
      const isNew = await tx.insert(collection, record);
      if (isNew) writes.push(putInto(collection, record));
      return isNew;
    },
    async put(collection, record) {
      await tx.put(collection, record);
      writes.push(putInto(collection, record));
    },
    async delete(collection, key) {
      await tx.delete(collection, key);
      writes.push((tables) => tables.get(collection)?.delete(key));
    },
  };
}

export function definitionOf(collection: CollectionName): CollectionDefinition<object> {
  return collections[collection] as unknown as CollectionDefinition<object>;
}

export class World {
  readonly app: App;
  readonly clock: TestClock;
  readonly net: Discord;
  readonly unsettled = new Map<string, Unsettled>();
  /** What was logged as an error, but for a full disk: a bug. */
  readonly errors: string[] = [];
  /** Is told of each message that has got through. */
  heard: (notice: Notice, target: Target) => void = () => undefined;
  /** Notices that were sent when a process ended that had not written it down yet: they may be sent again. */
  readonly unsure = new Set<string>();
  readonly #store: Noted;
  #files: MemoryFiles;

  static async open(): Promise<World> {
    const files = new MemoryFiles();
    return new World(files, await openInMemory(files, { journalBytes: 30_000 }));
  }

  constructor(files: MemoryFiles, store: Store) {
    this.#files = files;
    this.#store = new Noted(store);
    const base = testApp();
    this.clock = base.clock;
    const error = (fields: { readonly err?: unknown }, message: string) => {
      if (!(fields.err instanceof StoreUnavailableError)) this.errors.push(`${message} ${fields.err}`);
    };
    const log = { debug() {}, info() {}, warn() {}, error };
    this.app = { ...base, store: this.#store, policies: policyBook(pddPack, strictPack), log };
    this.net = discord(this.app);
  }

  get tables(): Tables {
    return this.#store.tables;
  }

  all<C extends CollectionName>(collection: C): RecordOf<C>[] {
    return [...(this.tables.get(collection)?.values() ?? [])] as never;
  }

  get<C extends CollectionName>(collection: C, key: string): RecordOf<C> | undefined {
    return this.tables.get(collection)?.get(key) as never;
  }

  /** Everything as it is now; records are never changed in place. */
  snapshot(): Tables {
    return new Map([...this.tables].map(([name, records]) => [name, new Map(records)]));
  }

  /** Says things as the bot would: a notice with nothing left to say is not sent. */
  get messenger(): Messenger {
    const { app, net } = this;
    return {
      openThread: (...args) => net.openThread(...args),
      send: async (target, notice, locale) => {
        const card = await renderNotice(app, notice, locale);
        if (!card) return { ok: false, why: 'obsolete' };
        const text = JSON.stringify(card.body.components);
        expect(text, `${notice.kind} ${JSON.stringify(notice.data)}`).not.toMatch(/undefined|NaN|\[object|\{\{/);
        const said = await net.send(target, notice, locale);
        if (said.ok) this.heard(notice, target);
        return said;
      },
    };
  }

  /** From the call after so many the disk takes nothing more. */
  diskFullAfter(calls: number): void {
    let left = calls;
    this.#files.faults = () => (left-- > 0 ? undefined : { error: errorOf('ENOSPC') });
  }

  diskWellAgain(): void {
    this.#files.faults = () => undefined;
  }

  /** Ends the process in one of three ways and starts another on what is on the disk. */
  async restart(end: 'close' | 'kill' | 'power cut'): Promise<void> {
    if (end === 'close') await this.#store.inner.close();
    else this.#files = this.#files.after(end);
    for (const id of this.unsettled.keys()) this.unsure.add(id);
    this.unsettled.clear();
    this.#store.inner = await openInMemory(this.#files, { journalBytes: 30_000 });
    await releaseLeases(this.app);
  }

  close(): Promise<void> {
    return this.#store.inner.close();
  }
}
