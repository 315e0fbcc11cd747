// What lowdb holds in memory: every table as committed, and the views that transactions have of them.
import { collectionNames } from '../../app/collections.ts';
import type { IndexQuery } from '../../app/ports.ts';
import { type Change, OverlayTable } from './overlay.ts';
import type { Range } from './record-index.ts';
import { definitionOf, Table } from './table.ts';

/** One write: the record now under a key, or null where it was deleted. */
export type Op = readonly [collection: string, key: string, record: object | null];

export class Document {
  /** The number of the last transaction in here. */
  seq = 0;
  readonly tables = new Map<string, Table>(collectionNames.map((name) => [name, new Table(definitionOf(name))]));

  /**
   * Builds the indexes that nobody has asked for so far, a little at a time between other work.
   *
   * @param signal aborted where it need not go on: what is missing is still built for who asks for it
   */
  async buildIndexes(signal: AbortSignal): Promise<void> {
    // Keeps the event loop going: where there is nothing else to do it would rest between two slices until there is.
    const pause = () => new Promise<boolean>((resolve) => setImmediate(() => resolve(!signal.aborted)));
    for (const table of this.tables.values()) if (!signal.aborted) await table.buildIndexes(pause);
  }

  table(collection: string): Table {
    const table = this.tables.get(collection);
    if (!table) throw new Error(`there is no collection ${collection}`);
    return table;
  }

  apply([collection, key, record]: Op): void {
    if (record) this.table(collection).put(record);
    else this.table(collection).delete(key);
  }
}

/** The tables as one transaction sees them: the committed ones, and perhaps changes over them. */
export class View {
  readonly #document: Document;
  readonly #overlays = new Map<string, OverlayTable>();

  constructor(document: Document) {
    this.#document = document;
  }

  get(collection: string, key: string): object | undefined {
    return this.#table(collection).get(key);
  }

  /** All there are, in order. */
  range(collection: string, index: string, range: Range): Iterable<object> {
    return this.#table(collection).range(index, range);
  }

  list(collection: string, index: string, query: IndexQuery): object[] {
    const { limit = Infinity } = query;
    const found: object[] = [];
    if (limit <= 0) return found;
    for (const record of this.range(collection, index, query)) {
      found.push(record);
      if (found.length >= limit) break;
    }
    return found;
  }

  count(collection: string, index: string, query: Pick<IndexQuery, 'group' | 'from' | 'to'>): number {
    return this.#table(collection).count(index, query);
  }

  /** What is laid over a key here. */
  change(collection: string, key: string): Change {
    return this.#overlays.get(collection)?.change(key);
  }

  lay(collection: string, key: string, change: Change): void {
    let overlay = this.#overlays.get(collection);
    if (!overlay) {
      overlay = new OverlayTable(this.#document.table(collection));
      this.#overlays.set(collection, overlay);
    }
    overlay.set(key, change);
  }

  /** Before a committed write changes the tables: keeps what was there, so that this view stays as it was. */
  keep([collection, key]: Op): void {
    if (this.change(collection, key) !== undefined) return;
    this.lay(collection, key, this.#document.table(collection).get(key) ?? null);
  }

  /** After a write laid over here has reached the tables: uncovers it, unless something newer lies over it. */
  settle([collection, key, record]: Op): void {
    if (this.change(collection, key) === record) this.lay(collection, key, undefined);
  }

  #table(collection: string): Table | OverlayTable {
    return this.#overlays.get(collection) ?? this.#document.table(collection);
  }
}
