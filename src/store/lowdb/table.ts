// The records of one collection in memory, by key and by index.
import { type CollectionDefinition, collections } from '../../app/collections.ts';
import { type Range, RecordIndex } from './record-index.ts';

/** The declarations as the store sees them: records are opaque to it. */
export const definitions = collections as unknown as Readonly<Record<string, CollectionDefinition<object>>>;

export function definitionOf(collection: string): CollectionDefinition<object> {
  const definition = Object.hasOwn(definitions, collection) ? definitions[collection] : undefined;
  if (!definition) throw new Error(`there is no collection ${collection}`);
  return definition;
}

export class Table {
  readonly definition: CollectionDefinition<object>;
  readonly records = new Map<string, object>();
  readonly indexes = new Map<string, RecordIndex>();

  constructor(definition: CollectionDefinition<object>) {
    this.definition = definition;
    for (const [name, index] of Object.entries(definition.indexes)) {
      this.indexes.set(name, new RecordIndex(index, definition.key));
    }
  }

  get(key: string): object | undefined {
    return this.records.get(key);
  }

  put(record: object): void {
    const key = this.definition.key(record);
    const previous = this.records.get(key);
    this.records.set(key, record);
    for (const index of this.indexes.values()) {
      if (previous) index.remove(previous);
      index.add(record);
    }
  }

  delete(key: string): void {
    const previous = this.records.get(key);
    if (!previous) return;
    this.records.delete(key);
    for (const index of this.indexes.values()) index.remove(previous);
  }

  range(index: string, range: Range): Iterable<object> {
    return this.index(index).range(range);
  }

  count(index: string, range: Range): number {
    return this.index(index).count(range);
  }

  index(name: string): RecordIndex {
    const index = this.indexes.get(name);
    if (!index) throw new Error(`there is no index ${name}`);
    return index;
  }

  /** Indexes all records; for a table whose `records` were filled directly. */
  buildIndexes(): void {
    for (const index of this.indexes.values()) index.fill(this.records.values());
  }
}
