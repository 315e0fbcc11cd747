// The cells of one order's rows, and what was found wrong or noteworthy in them.
import { clip, textOf } from './cells/text.ts';
import type { Field } from './format.ts';
import type { Column, FieldColumns, Layout } from './header.ts';
import type { RejectReason, RowNote, RowReject } from './reasons.ts';
import type { DataRow } from './table.ts';

const MAX_QUOTED_CHARS = 40;

/** A filled cell. */
export interface Cell {
  readonly text: string;
  readonly row: number;
  readonly header: string;
}

type QuotingCode =
  | 'state_unknown'
  | 'order_number_invalid'
  | 'number_rounded'
  | 'formula_failed'
  | 'quantity_invalid'
  | 'yes_no_unknown'
  | 'currency_unknown';

export class OrderCells {
  readonly layout: Layout;
  readonly rows: readonly DataRow[];
  readonly rejects: RowReject[];
  readonly notes: RowNote[];

  constructor(layout: Layout, rows: readonly DataRow[], rejects: RowReject[] = [], notes: RowNote[] = []) {
    this.layout = layout;
    this.rows = rows;
    this.rejects = rejects;
    this.notes = notes;
  }

  /** The same order, read from fewer of its rows; what is found wrong is kept in the same place. */
  of(rows: readonly DataRow[]): OrderCells {
    return new OrderCells(this.layout, rows, this.rejects, this.notes);
  }

  get firstRow(): number {
    return this.rows[0]?.number ?? 0;
  }

  get fields(): FieldColumns {
    return this.layout.fields;
  }

  /** How the file, or failing that the format, names a field's column. */
  headerOf(field: Field): string {
    return this.fields[field][0]?.header ?? this.layout.format.fields[field]?.[0] ?? field;
  }

  /** The first filled cell of a field's columns: preferred ones first, and within a column the earliest row. */
  first(columns: readonly Column[]): Cell | undefined {
    for (const column of columns) {
      const cell = this.firstOf(column);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  firstOf(column: Column): Cell | undefined {
    for (const row of this.rows) {
      const cell = cellAt(row, column);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  /** The first filled cell of a field's columns in one row. */
  inRow(row: DataRow, columns: readonly Column[]): Cell | undefined {
    for (const column of columns) {
      const cell = cellAt(row, column);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  /** All filled cells of one column. */
  all(column: Column): readonly Cell[] {
    const cells: Cell[] = [];
    for (const row of this.rows) {
      const cell = cellAt(row, column);
      if (cell !== undefined) cells.push(cell);
    }
    return cells;
  }

  /** The cell of a column that belongs to the whole order: rows that contradict it are rejected. */
  agreed(column: Column | undefined, key = asWritten): Cell | undefined {
    const cell = column && this.firstOf(column);
    if (column && cell && this.rows.length > 1) this.#rejectOther(cell, column, key);
    return cell;
  }

  #rejectOther(cell: Cell, column: Column, key: (text: string) => string): void {
    const other = this.all(column).find(({ text }) => text !== cell.text && key(text) !== key(cell.text));
    if (other === undefined) return;
    const reason = { code: 'rows_disagree', value: quoted(other.text), other: quoted(cell.text) } as const;
    this.reject(other.row, reason, other.header);
  }

  reject(row: number, reason: RejectReason, column?: string): void {
    this.rejects.push(column === undefined ? { row, reason } : { row, column, reason });
  }

  /** Rejects a cell, quoting it: only for columns that hold nobody's personal data. */
  rejectCell(cell: Cell, code: QuotingCode): void {
    this.reject(cell.row, { code, value: quoted(cell.text) }, cell.header);
  }

  note(note: RowNote): void {
    this.notes.push(note);
  }
}

function cellAt(row: DataRow, column: Column): Cell | undefined {
  const text = textOf(row.cells[column.index]);
  return text === '' ? undefined : { text, row: row.number, header: column.header };
}

function asWritten(text: string): string {
  return text;
}

function quoted(text: string): string {
  return clip(text, MAX_QUOTED_CHARS);
}
