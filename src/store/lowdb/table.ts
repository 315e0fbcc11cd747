// The records of one collection in memory, by key and by index.
import { type CollectionDefinition, collections, type IndexDefinition } from '../../app/collections.ts';
import { type Range, RecordIndex } from './record-index.ts';

/** The declarations as the store sees them: records are opaque to it. */
export const definitions = collections as unknown as Readonly<Record<string, CollectionDefinition<object>>>;

export function definitionOf(collection: string): CollectionDefinition<object> {
  const definition = Object.hasOwn(definitions, collection) ? definitions[collection] : undefined;
  if (!definition) throw new Error(`there is no collection ${collection}`);
  return definition;
}

interface UniqueIndex extends IndexDefinition<object> {
  readonly name: string;
  readonly unique: (record: object) => string;
}

/** The indexes of each collection that let no two records share something. */
const uniqueIndexes = new Map(
  Object.entries(definitions).map(([collection, { indexes }]) => [
    collection,
    Object.entries(indexes).flatMap(([name, { group, unique }]): UniqueIndex[] =>
      unique ? [{ name, group, unique }] : [],
    ),
  ]),
);

export function uniqueIndexesOf(collection: string): readonly UniqueIndex[] {
  return uniqueIndexes.get(collection) ?? [];
}

type Changed = readonly [previous: object | undefined, record: object | undefined];

/** So many records are indexed at once while other work waits. */
const sliceRecords = 1_000;

function take(index: RecordIndex, [previous, record]: Changed): void {
  if (previous && record) index.replace(previous, record);
  else if (record) index.add(record);
  else if (previous) index.remove(previous);
}

export class Table {
  readonly definition: CollectionDefinition<object>;
  readonly records = new Map<string, object>();
  /**
   * Those asked for so far: most changes laid over a table are never looked up by most of its indexes, and a store is open
   * before all of its own are built.
   */
  readonly #indexes = new Map<string, RecordIndex>();
  /** What has changed since an index was begun that is not whole yet. */
  #changed: Changed[] | undefined;

  constructor(definition: CollectionDefinition<object>) {
    this.definition = definition;
  }

  get(key: string): object | undefined {
    return this.records.get(key);
  }

  put(record: object): void {
    const key = this.definition.key(record);
    const previous = this.records.get(key);
    this.records.set(key, record);
    this.#pass([previous, record]);
  }

  delete(key: string): void {
    const previous = this.records.get(key);
    if (!previous) return;
    this.records.delete(key);
    this.#pass([previous, undefined]);
  }

  range(index: string, range: Range): Iterable<object> {
    return this.index(index).range(range);
  }

  count(index: string, range: Range): number {
    return this.index(index).count(range);
  }

  index(name: string): RecordIndex {
    return this.#indexes.get(name) ?? this.#build(name);
  }

  /**
   * Builds the indexes that nobody has asked for so far, a slice at a time.
   *
   * @param pause resolves when other work has had its turn, with whether to go on
   */
  async buildIndexes(pause: () => Promise<boolean>): Promise<void> {
    for (const name of Object.keys(this.definition.indexes)) {
      if (!this.#indexes.has(name) && !(await this.#buildInSlices(name, pause))) return;
    }
  }

  /** False where it was given up. */
  async #buildInSlices(name: string, pause: () => Promise<boolean>): Promise<boolean> {
    const index = this.#make(name);
    const records = [...this.records.values()];
    const changed: Changed[] = [];
    this.#changed = changed;
    let goesOn = true;
    for (let at = 0; goesOn && at < records.length && !this.#indexes.has(name); at += sliceRecords) {
      for (const record of records.slice(at, at + sliceRecords)) index.add(record);
      goesOn = await pause();
    }
    this.#changed = undefined;
    if (this.#indexes.has(name) || !goesOn) return goesOn; // somebody could not wait, or nobody wants it any more
    for (const change of changed) take(index, change);
    this.#indexes.set(name, index);
    return true;
  }

  #build(name: string): RecordIndex {
    const index = this.#make(name);
    for (const record of this.records.values()) index.add(record);
    this.#indexes.set(name, index);
    return index;
  }

  #make(name: string): RecordIndex {
    const { indexes, key } = this.definition;
    const definition = Object.hasOwn(indexes, name) ? indexes[name] : undefined;
    if (!definition) throw new Error(`there is no index ${name}`);
    return new RecordIndex(definition, key);
  }

  #pass(change: Changed): void {
    for (const index of this.#indexes.values()) take(index, change);
    this.#changed?.push(change);
  }
}
