// The writes of one transaction: laid over the pending state as they come, undone together when it fails.
import { DuplicateKeyError } from '../errors.ts';
import type { Op, View } from './document.ts';
import type { Change } from './overlay.ts';
import { settled } from './settle.ts';
import { definitionOf, uniqueIndexesOf } from './table.ts';

export class Writes {
  readonly ops: Op[] = [];
  readonly #view: View;
  readonly #before: (readonly [collection: string, key: string, change: Change])[] = [];
  #hasEnded = false;

  constructor(view: View) {
    this.#view = view;
  }

  insert(collection: string, record: object): boolean {
    const key = definitionOf(collection).key(record);
    if (this.#view.get(collection, key) || this.#conflict(collection, record, key)) return false;
    this.#write(collection, key, record);
    return true;
  }

  put(collection: string, record: object): void {
    const key = definitionOf(collection).key(record);
    const index = this.#conflict(collection, record, key);
    if (index) throw new DuplicateKeyError(`the entry in ${collection}.${index} belongs to another record`);
    this.#write(collection, key, record);
  }

  delete(collection: string, key: string): void {
    if (this.#view.get(collection, key)) this.#write(collection, key, null);
  }

  /** Takes no more writes. */
  end(): void {
    this.#hasEnded = true;
  }

  /** Takes back all writes. */
  undo(): void {
    this.#hasEnded = true;
    for (const [collection, key, change] of this.#before.reverse()) this.#view.lay(collection, key, change);
  }

  /** The unique index in which another record stands where this one would. */
  #conflict(collection: string, record: object, key: string): string | undefined {
    const { key: keyOf } = definitionOf(collection);
    for (const { name, group: groupOf, unique } of uniqueIndexesOf(collection)) {
      const group = groupOf(record);
      if (group === undefined) continue;
      const own = unique(record);
      for (const other of this.#view.range(collection, name, { group })) {
        if (unique(other) === own && keyOf(other) !== key) return name;
      }
    }
    return undefined;
  }

  /** What is kept is what the disk gives back: as JSON has it, and nobody can change it any more. */
  #write(collection: string, key: string, record: object | null): void {
    if (this.#hasEnded) throw new Error('the transaction has ended');
    const kept = record && settled(record);
    this.#before.push([collection, key, this.#view.change(collection, key)]);
    this.#view.lay(collection, key, kept);
    this.ops.push([collection, key, kept]);
  }
}
