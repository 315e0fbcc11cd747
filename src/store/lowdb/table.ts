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

/** The indexes of each collection in which a group has one record. */
const uniqueIndexes = new Map(
  Object.entries(definitions).map(([name, { indexes }]) => [
    name,
    Object.entries(indexes).filter(([, { unique }]) => unique),
  ]),
);

export function uniqueIndexesOf(collection: string): readonly (readonly [name: string, IndexDefinition<object>])[] {
  return uniqueIndexes.get(collection) ?? [];
}

export class Table {
  readonly definition: CollectionDefinition<object>;
  readonly records = new Map<string, object>();
  /**
   * Those asked for so far: most changes laid over a table are never looked up by most of its indexes, and a store is open
   * before all of its own are built.
   */
  readonly #indexes = new Map<string, RecordIndex>();

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
    for (const index of this.#indexes.values()) {
      if (previous) index.replace(previous, record);
      else index.add(record);
    }
  }

  delete(key: string): void {
    const previous = this.records.get(key);
    if (!previous) return;
    this.records.delete(key);
    for (const index of this.#indexes.values()) index.remove(previous);
  }

  /** The record that holds an entry of a unique index. */
  holder(index: string, group: string): object | undefined {
    return this.index(index).first(group);
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

  #build(name: string): RecordIndex {
    const { indexes, key } = this.definition;
    const definition = Object.hasOwn(indexes, name) ? indexes[name] : undefined;
    if (!definition) throw new Error(`there is no index ${name}`);
    const index = new RecordIndex(definition, key);
    index.fill(this.records.values());
    this.#indexes.set(name, index);
    return index;
  }
}
