// Counts rows and notes of a file as its orders go by, for the report.
import type { OrderFile } from './order-file.ts';
import type { OrderItem } from './order-reader.ts';
import type { FileNote, RowNote, RowReject } from './reasons.ts';

/** A note and how often it was made. */
export interface Counted {
  readonly code: RowNote['code'] | FileNote['code'];
  readonly count: number;
}

export class Tally {
  rows = 0;
  /** Rows, each once: one row may have several things wrong with it. */
  rejectedRows = 0;
  readonly #counts = new Map<Counted['code'], number>();
  readonly #file: OrderFile;

  constructor(file: OrderFile) {
    this.#file = file;
    for (const { code } of file.notes) this.#count(code);
  }

  /** The file's orders, counted. */
  async *orders(): AsyncGenerator<OrderItem, void> {
    for await (const item of this.#file.orders()) {
      if ('draft' in item) this.#taken(item);
      else this.#rejected(item.rejected);
      yield item;
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
    const rows = new Set(rejects.map(({ row }) => row)).size;
    this.rows += rows;
    this.rejectedRows += rows;
  }

  #count(code: Counted['code']): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }
}
