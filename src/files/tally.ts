// Counts rows and notes of a file as its orders go by, for the report.
import type { OrderFile } from './order-file.ts';
import type { OrderItem } from './order-reader.ts';
import { type FileNote, type RowNote, type RowReject, rowsOf } from './reasons.ts';

/** A note and how often it was made. */
export interface Counted {
  readonly code: RowNote['code'] | FileNote['code'];
  readonly count: number;
}

export class Tally {
  rows = 0;
  rejectedRows = 0;
  readonly #counts = new Map<Counted['code'], number>();
  readonly #file: OrderFile;

  constructor(file: OrderFile) {
    this.#file = file;
    for (const { code } of file.notes) this.#count(code);
  }

  /** The file's orders, counted. */
  async *orders(): AsyncGenerator<readonly OrderItem[], void> {
    for await (const some of this.#file.orders()) {
      for (const item of some) {
        if ('draft' in item) this.#taken(item);
        else this.#rejected(item.rejected);
      }
      yield some;
    }
  }

  /** Those made so far, about the whole file first. */
  notes(): readonly Counted[] {
    return [...this.#counts].map(([code, count]) => ({ code, count }));
  }

  #taken({ rows, notes }: Extract<OrderItem, { draft: unknown }>): void {
    this.rows += rows.length;
    for (const { code } of notes) this.#count(code);
  }

  #rejected(rejects: readonly RowReject[]): void {
    const rows = rowsOf(rejects);
    this.rows += rows;
    this.rejectedRows += rows;
  }

  #count(code: Counted['code']): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }
}
