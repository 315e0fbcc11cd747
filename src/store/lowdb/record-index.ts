// One index: a hash by group, and the group's records in order.
import type { IndexDefinition } from '../../app/collections.ts';
import type { IndexQuery } from '../../app/ports.ts';
import { type Bound, between, boundOf, compare, insert, type Ordering, position, SortedRecords } from './sorted.ts';

/** Most groups hold one record or few; those are kept without a structure of their own. */
type Bucket = object | object[] | SortedRecords;

const arrayLimit = 256;

export type Range = Pick<IndexQuery, 'group' | 'from' | 'to' | 'newestFirst'>;

function bounds({ from = -Infinity, to = Infinity }: Range): [Bound, Bound] {
  return [
    { value: from, key: '' },
    { value: to, key: null },
  ];
}

export class RecordIndex {
  readonly ordering: Ordering;
  readonly groupOf: (record: object) => string | undefined;
  readonly #groups = new Map<string, Bucket>();

  constructor(definition: IndexDefinition<object>, key: (record: object) => string) {
    this.ordering = { value: definition.order ?? (() => 0), key };
    this.groupOf = definition.group;
  }

  add(record: object): void {
    const group = this.groupOf(record);
    if (group !== undefined) this.#add(group, record);
  }

  remove(record: object): void {
    const group = this.groupOf(record);
    if (group !== undefined) this.#remove(group, record);
  }

  /** Takes in a record for one of the same key that it has. */
  replace(previous: object, record: object): void {
    const [from, to] = [this.groupOf(previous), this.groupOf(record)];
    if (from === to && this.ordering.value(previous) === this.ordering.value(record)) {
      if (to !== undefined) this.#swap(to, previous, record);
      return;
    }
    if (from !== undefined) this.#remove(from, previous);
    if (to !== undefined) this.#add(to, record);
  }

  range(range: Range): Iterable<object> {
    const bucket = this.#groups.get(range.group);
    if (bucket === undefined) return [];
    const [start, end] = bounds(range);
    const newestFirst = range.newestFirst === true;
    if (bucket instanceof SortedRecords) return bucket.between(start, end, newestFirst);
    return between(Array.isArray(bucket) ? bucket : [bucket], start, end, newestFirst, this.ordering);
  }

  count(range: Range): number {
    const bucket = this.#groups.get(range.group);
    if (bucket === undefined) return 0;
    const [start, end] = bounds(range);
    if (bucket instanceof SortedRecords) return bucket.count(start, end);
    const records = Array.isArray(bucket) ? bucket : [bucket];
    return Math.max(0, position(records, end, this.ordering) - position(records, start, this.ordering));
  }

  /** Whether a record would be in such a range. */
  covers(record: object, { group, from = -Infinity, to = Infinity }: Range): boolean {
    if (this.groupOf(record) !== group) return false;
    const value = this.ordering.value(record);
    return value >= from && value <= to;
  }

  #add(group: string, record: object): void {
    const bucket = this.#groups.get(group);
    if (bucket instanceof SortedRecords) bucket.add(record);
    else if (Array.isArray(bucket)) this.#insert(group, bucket, record);
    else this.#groups.set(group, bucket ? this.#sorted(bucket, record) : record);
  }

  #remove(group: string, record: object): void {
    const bucket = this.#groups.get(group);
    if (bucket === record) this.#groups.delete(group);
    else if (Array.isArray(bucket)) this.#take(group, bucket, record);
    else if (bucket instanceof SortedRecords) {
      bucket.remove(record);
      if (bucket.isEmpty) this.#groups.delete(group);
    }
  }

  /** Puts a record in the place of one with the same group, order and key. */
  #swap(group: string, previous: object, record: object): void {
    const bucket = this.#groups.get(group);
    if (bucket instanceof SortedRecords) bucket.replace(previous, record);
    else if (Array.isArray(bucket)) bucket[position(bucket, boundOf(previous, this.ordering), this.ordering)] = record;
    else this.#groups.set(group, record);
  }

  #sorted(a: object, b: object): object[] {
    return compare(a, b, this.ordering) <= 0 ? [a, b] : [b, a];
  }

  #insert(group: string, bucket: object[], record: object): void {
    insert(bucket, record, this.ordering);
    if (bucket.length > arrayLimit) this.#groups.set(group, new SortedRecords(bucket, this.ordering));
  }

  #take(group: string, bucket: object[], record: object): void {
    const at = position(bucket, boundOf(record, this.ordering), this.ordering);
    if (bucket[at] !== record) return;
    bucket.splice(at, 1);
    if (bucket.length === 1) this.#groups.set(group, bucket[0] as object);
  }
}
