// Joins the rows of each order, wherever in the file they stand.
import type { DataRow } from './table.ts';

/** More lines than any real order has; it bounds what one order number can make the reader hold. */
export const MAX_LINES_PER_ORDER = 500;

/** All rows of one order, or a row that belongs to none. `dropped`: further rows beyond the most an order may have. */
export interface RowGroup {
  readonly rows: readonly DataRow[];
  readonly dropped: readonly number[];
}

interface OpenGroup extends RowGroup {
  readonly rows: DataRow[];
  readonly dropped: number[];
}

/**
 * Takes the rows in file order and gives each order out after its last row. `lastRows` names the orders whose rows lie
 * apart; of all others only the present one is held.
 */
export class RowJoiner {
  readonly #lastRows: ReadonlyMap<string, number>;
  readonly #apart = new Map<string, OpenGroup>();
  #current: OpenGroup | undefined;

  constructor(lastRows: ReadonlyMap<string, number>) {
    this.#lastRows = lastRows;
  }

  /** Appends the groups completed by this row to `out`. */
  add(row: DataRow, out: RowGroup[]): void {
    const { key } = row;
    if (key === undefined) {
      out.push({ rows: [row], dropped: [] });
      return;
    }
    const lastRow = this.#lastRows.get(key);
    if (lastRow === undefined) this.#addTogether(row, out);
    else this.#addApart(row, key, lastRow, out);
  }

  /** The order still held at the end of the file. */
  end(out: RowGroup[]): void {
    if (this.#current !== undefined) out.push(this.#current);
    out.push(...this.#apart.values());
  }

  #addTogether(row: DataRow, out: RowGroup[]): void {
    const current = this.#current;
    if (current !== undefined && current.rows[0]?.key === row.key) {
      append(current, row);
      return;
    }
    if (current !== undefined) out.push(current);
    this.#current = { rows: [row], dropped: [] };
  }

  #addApart(row: DataRow, key: string, lastRow: number, out: RowGroup[]): void {
    const group = this.#apart.get(key) ?? { rows: [], dropped: [] };
    append(group, row);
    if (row.number < lastRow) {
      this.#apart.set(key, group);
      return;
    }
    this.#apart.delete(key);
    out.push(group);
  }
}

function append(group: OpenGroup, row: DataRow): void {
  if (group.rows.length < MAX_LINES_PER_ORDER) group.rows.push(row);
  else group.dropped.push(row.number);
}
