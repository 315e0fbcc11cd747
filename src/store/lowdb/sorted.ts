// Records kept in order of (order value, key): a sorted array, and a list of such arrays for the long ones.

/** What records are sorted by. Values are finite numbers. */
export interface Ordering {
  readonly value: (record: object) => number;
  readonly key: (record: object) => string;
}

/**
 * A place between records: before those of `value` whose key is not below `key`; `null`: after all those of `value`.
 * A `value` that is not finite is the place before or after all records.
 */
export interface Bound {
  readonly value: number;
  readonly key: string | null;
}

const chunkLimit = 512;

function isBefore(record: object, { value, key }: Bound, by: Ordering): boolean {
  const own = by.value(record);
  if (own !== value) return own < value;
  return key === null || by.key(record) < key;
}

export function compare(a: object, b: object, by: Ordering): number {
  const difference = by.value(a) - by.value(b);
  if (difference !== 0) return difference;
  const [left, right] = [by.key(a), by.key(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Puts a record where it belongs in a sorted array: mostly at the end, since records come in by time. */
export function insert(records: object[], record: object, by: Ordering): void {
  const last = records.at(-1);
  if (last === undefined || compare(last, record, by) <= 0) records.push(record);
  else records.splice(position(records, boundOf(record, by), by), 0, record);
}

/** How many records of a sorted array lie before a bound. */
export function position(records: readonly object[], bound: Bound, by: Ordering): number {
  if (bound.value === -Infinity) return 0;
  if (bound.value === Infinity) return records.length;
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(records[middle] as object, bound, by)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function boundOf(record: object, by: Ordering): Bound {
  return { value: by.value(record), key: by.key(record) };
}

/** Many records in order: sorted chunks, so that adding one moves few. */
export class SortedRecords {
  readonly #by: Ordering;
  readonly #chunks: object[][] = [];

  /** @param sorted records already in order */
  constructor(sorted: readonly object[], by: Ordering) {
    this.#by = by;
    for (let i = 0; i < sorted.length; i += chunkLimit / 2) this.#chunks.push(sorted.slice(i, i + chunkLimit / 2));
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  add(record: object): void {
    const last = this.#chunks.length - 1;
    const index = this.#belongsAtEnd(record) ? last : Math.min(this.#chunkOf(boundOf(record, this.#by)), last);
    const chunk = this.#chunks[index];
    if (!chunk) {
      this.#chunks.push([record]);
      return;
    }
    insert(chunk, record, this.#by);
    if (chunk.length > chunkLimit) this.#chunks.splice(index + 1, 0, chunk.splice(chunkLimit / 2));
  }

  remove(record: object): void {
    const bound = boundOf(record, this.#by);
    const index = this.#chunkOf(bound);
    const chunk = this.#chunks[index];
    if (!chunk) return;
    const at = position(chunk, bound, this.#by);
    if (chunk[at] !== record) return;
    chunk.splice(at, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
  }

  /** Puts a record in the place of one with the same order and key. */
  replace(previous: object, record: object): void {
    const bound = boundOf(previous, this.#by);
    const chunk = this.#chunks[this.#chunkOf(bound)];
    if (chunk) chunk[position(chunk, bound, this.#by)] = record;
  }

  /** How many lie between two bounds. */
  count(start: Bound, end: Bound): number {
    return Math.max(0, this.#rank(end) - this.#rank(start));
  }

  *between(start: Bound, end: Bound, newestFirst: boolean): Generator<object, undefined> {
    const first = this.#chunkOf(start);
    const last = Math.min(this.#chunkOf(end), this.#chunks.length - 1);
    const step = newestFirst ? -1 : 1;
    for (let i = newestFirst ? last : first; newestFirst ? i >= first : i <= last; i += step) {
      yield* between(this.#chunks[i] as object[], start, end, newestFirst, this.#by);
    }
  }

  #belongsAtEnd(record: object): boolean {
    const last = this.#chunks.at(-1)?.at(-1);
    return last !== undefined && compare(last, record, this.#by) <= 0;
  }

  /** The first chunk that does not lie wholly before a bound. */
  #chunkOf(bound: Bound): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle] as object[];
      if (isBefore(chunk[chunk.length - 1] as object, bound, this.#by)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #rank(bound: Bound): number {
    const index = this.#chunkOf(bound);
    let before = 0;
    for (let i = 0; i < index; i++) before += (this.#chunks[i] as object[]).length;
    const chunk = this.#chunks[index];
    return chunk ? before + position(chunk, bound, this.#by) : before;
  }
}

/** The records of a sorted array between two bounds. */
export function between(
  records: readonly object[],
  start: Bound,
  end: Bound,
  newestFirst: boolean,
  by: Ordering,
): readonly object[] {
  const found = records.slice(position(records, start, by), position(records, end, by));
  return newestFirst ? found.reverse() : found;
}
