// Changes laid over the committed tables: what is not yet durable, for writers; what was before, for a reader still at work.
import type { Range, RecordIndex } from './record-index.ts';
import { compare } from './sorted.ts';
import { Table } from './table.ts';

/** What an overlay says of a key: a record, `null` for deleted, `undefined` for nothing: look beneath. */
export type Change = object | null | undefined;

export class OverlayTable {
  readonly base: Table;
  readonly #added: Table;
  readonly #gone = new Set<string>();

  constructor(base: Table) {
    this.base = base;
    this.#added = new Table(base.definition);
  }

  change(key: string): Change {
    return this.#added.get(key) ?? (this.#gone.has(key) ? null : undefined);
  }

  /** Lays a change over a key; `undefined` uncovers it. */
  set(key: string, change: Change): void {
    if (change) this.#added.put(change);
    else this.#added.delete(key);
    if (change === null) this.#gone.add(key);
    else this.#gone.delete(key);
  }

  get(key: string): object | undefined {
    const change = this.change(key);
    return change === undefined ? this.base.get(key) : (change ?? undefined);
  }

  range(index: string, range: Range): Iterable<object> {
    const beneath = this.base.range(index, range);
    if (this.#isEmpty) return beneath;
    const added = this.#added.range(index, range);
    if (isNone(beneath)) return added;
    if (isNone(added)) return this.#visible(beneath);
    const { ordering } = this.base.index(index);
    const sign = range.newestFirst ? -1 : 1;
    return merge(this.#visible(beneath), added, (a, b) => sign * compare(a, b, ordering) <= 0);
  }

  count(index: string, range: Range): number {
    const base = this.base.index(index);
    return base.count(range) - this.#covered(base, range) + this.#added.count(index, range);
  }

  get #isEmpty(): boolean {
    return this.#gone.size === 0 && this.#added.records.size === 0;
  }

  *#visible(records: Iterable<object>): Generator<object> {
    for (const record of records) {
      if (this.change(this.base.definition.key(record)) === undefined) yield record;
    }
  }

  #covered(index: RecordIndex, range: Range): number {
    let covered = 0;
    for (const keys of [this.#added.records.keys(), this.#gone]) {
      for (const key of keys) {
        const beneath = this.base.get(key);
        if (beneath && index.covers(beneath, range)) covered++;
      }
    }
    return covered;
  }
}

function isNone(records: Iterable<object>): boolean {
  return Array.isArray(records) && records.length === 0;
}

function* merge(
  left: Iterable<object>,
  right: Iterable<object>,
  leftFirst: (a: object, b: object) => boolean,
): Generator<object> {
  const [lefts, rights] = [left[Symbol.iterator](), right[Symbol.iterator]()];
  let [a, b] = [lefts.next(), rights.next()];
  while (!a.done || !b.done) {
    if (b.done || (!a.done && leftFirst(a.value, b.value))) {
      yield a.value as object;
      a = lefts.next();
    } else {
      yield b.value;
      b = rights.next();
    }
  }
}
