// A Store in memory: small and naive, so that it is plainly right. Transactions run one after another, all or none.
import type { CollectionDefinition, CollectionName, IndexName, RecordOf } from '../../src/app/collections.ts';
import { collectionNames, collections } from '../../src/app/collections.ts';
import type { IndexQuery, ReadTx, Store, Tx } from '../../src/app/ports.ts';
import { StoreUnavailableError } from '../../src/app/ports.ts';

type Tables = Map<CollectionName, Map<string, object>>;

export interface MemoryStore extends Store {
  /** While true, every transaction that writes fails as on a full disk. */
  broken: boolean;
  /** Everything in one collection, for assertions. */
  all<C extends CollectionName>(collection: C): RecordOf<C>[];
}

export function memoryStore(): MemoryStore {
  let tables: Tables = new Map(collectionNames.map((name) => [name, new Map()]));
  let last: Promise<unknown> = Promise.resolve();

  const run = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const draft: Tables = new Map(tables);
    const tx = new MemoryTx(draft);
    const result = await work(tx);
    if (store.broken && tx.wrote) throw new StoreUnavailableError('the store is broken for a test');
    tables = draft;
    return result;
  };

  const store: MemoryStore = {
    broken: false,
    all: (collection) => [...(tables.get(collection)?.values() ?? [])] as never,
    read: (work) => work(new MemoryTx(new Map(tables))),
    transact(work) {
      const mine = last.then(() => run(work));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await last;
    },
  };
  return store;
}

class MemoryTx implements Tx, ReadTx {
  wrote = false;
  readonly #tables: Tables;
  readonly #owned = new Set<CollectionName>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async get<C extends CollectionName>(collection: C, key: string): Promise<RecordOf<C> | undefined> {
    return this.#table(collection).get(key) as RecordOf<C> | undefined;
  }

  async list<C extends CollectionName>(collection: C, index: IndexName<C>, query: IndexQuery): Promise<RecordOf<C>[]> {
    const { order } = indexOf(collection, index);
    const at = (record: object) => order?.(record) ?? 0;
    const found = [...this.#table(collection)].filter(([, record]) => {
      return (
        indexOf(collection, index).group(record) === query.group &&
        at(record) >= (query.from ?? Number.NEGATIVE_INFINITY) &&
        at(record) <= (query.to ?? Number.POSITIVE_INFINITY)
      );
    });
    found.sort(([keyA, a], [keyB, b]) => at(a) - at(b) || (keyA < keyB ? -1 : 1));
    if (query.newestFirst) found.reverse();
    return found.slice(0, query.limit ?? found.length).map(([, record]) => record as RecordOf<C>);
  }

  async count<C extends CollectionName>(
    collection: C,
    index: IndexName<C>,
    query: Pick<IndexQuery, 'group' | 'from' | 'to'>,
  ): Promise<number> {
    return (await this.list(collection, index, query)).length;
  }

  async insert<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<boolean> {
    const key = definitionOf(collection).key(record);
    if (this.#table(collection).has(key) || this.#rival(collection, key, record)) return false;
    this.#write(collection, key, record);
    return true;
  }

  async put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void> {
    const key = definitionOf(collection).key(record);
    const rival = this.#rival(collection, key, record);
    if (rival) throw new Error(`${collection}/${key}: the unique index ${rival} is another's`);
    this.#write(collection, key, record);
  }

  async delete<C extends CollectionName>(collection: C, key: string): Promise<void> {
    this.#own(collection).delete(key);
  }

  #table(collection: CollectionName): Map<string, object> {
    return this.#tables.get(collection) ?? new Map();
  }

  #own(collection: CollectionName): Map<string, object> {
    this.wrote = true;
    if (!this.#owned.has(collection)) {
      this.#owned.add(collection);
      this.#tables.set(collection, new Map(this.#table(collection)));
    }
    return this.#table(collection);
  }

  #write(collection: CollectionName, key: string, record: object): void {
    const parsed = definitionOf(collection).schema.parse(record);
    this.#own(collection).set(key, deepFreeze(structuredClone(parsed)));
  }

  /** The unique index in which another record already stands where this one would. */
  #rival(collection: CollectionName, key: string, record: object): string | undefined {
    const { indexes } = definitionOf(collection);
    return Object.keys(indexes).find((name) => {
      const index = indexes[name];
      const group = index?.unique ? index.group(record) : undefined;
      if (group === undefined) return false;
      const own = index?.unique?.(record);
      const isRival = (held: object) => index?.group(held) === group && index.unique?.(held) === own;
      return [...this.#table(collection)].some(([other, held]) => other !== key && isRival(held));
    });
  }
}

function definitionOf(collection: CollectionName): CollectionDefinition<object> {
  return collections[collection] as unknown as CollectionDefinition<object>;
}

function indexOf(collection: CollectionName, name: string) {
  const index = definitionOf(collection).indexes[name];
  if (!index) throw new Error(`no index ${name} on ${collection}`);
  return index;
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
