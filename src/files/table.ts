// The rows of data of one file: below its header, without descriptions and totals, with the order each belongs to.
import { headerKey, idOf, isRounded, textOf } from './cells/text.ts';
import type { Column, Layout } from './header.ts';
import { unusable } from './reasons.ts';
import { RepeatFinder } from './repeats.ts';
import type { Row, RowSource } from './rows.ts';

/** The word alone, or with figures and their units behind it; never the beginning of a name ("Summer dress"). */
const TOTAL =
  /^(?:合计|总计|小计|共计|totals?|grand total|sum)(?:[^\p{L}]|[元单件笔条行个共数量]|金额|订单|记录|amount|quantity|orders?|items?|rows?){0,40}$/iu;
const MAX_NUMBER_CHARS = 64;

/** A row of data, its cells as the file has them. */
export interface DataRow extends Row {
  /** What joins the rows of one order; absent where the cell cannot be an order number, so nothing may be joined by it. */
  readonly key: string | undefined;
}

/** What a first look at all rows has shown. */
export interface Scan {
  /** Rows below the header, blank ones aside. */
  readonly rows: number;
  /** Of these, rows with an order number. */
  readonly keyed: number;
  /** Last row of each order whose rows may lie apart. */
  readonly lastRows: ReadonlyMap<string, number>;
}

/** Goes once through the whole file, so that every fault of it shows, looking at the order numbers alone. */
export async function scanRows(source: RowSource, layout: Layout, maxRows: number): Promise<Scan> {
  const column = orderColumn(layout);
  const repeats = new RepeatFinder(source.size);
  let rows = 0;
  let keyed = 0;
  for await (const batch of source.batches(column + 1)) {
    for (const row of batch) {
      if (row.number <= layout.headerRow) continue;
      rows += 1;
      const key = orderKey(row.cells[column]);
      if (key === undefined) continue;
      keyed += 1;
      repeats.add(key, row.number);
    }
    if (rows > maxRows) unusable({ unusable: 'too_many_rows', max: maxRows });
  }
  return { rows, keyed, lastRows: repeats.lastRows };
}

/** Reads all rows of data, batch by batch. */
export async function* dataRows(source: RowSource, layout: Layout): AsyncGenerator<readonly DataRow[], void> {
  const column = orderColumn(layout);
  const isNoOrder = noOrders(layout);
  let first = true;
  for await (const batch of source.batches()) {
    const rows: DataRow[] = [];
    for (const row of batch) {
      if (row.number <= layout.headerRow) continue;
      const key = orderKey(row.cells[column]);
      if (key !== undefined || !isNoOrder(row.cells, first)) rows.push(dataRow(row, key));
      first = false;
    }
    if (rows.length > 0) yield rows;
  }
}

function dataRow(row: Row, key: string | undefined): DataRow {
  return row.isUnended ? { ...row, key } : { number: row.number, cells: row.cells, key };
}

function orderColumn(layout: Layout): number {
  return layout.fields.order[0]?.index ?? 0;
}

function orderKey(cell: string | undefined): string | undefined {
  const id = idOf(cell);
  return id.length > 0 && id.length <= MAX_NUMBER_CHARS && /\d/.test(id) && !isRounded(id) ? id : undefined;
}

/**
 * Tells of rows without an order number whether they are none of an order: blank rows, sums, the header once more (files
 * put together), and a second header of codes or explanations straight below the first.
 */
function noOrders(layout: Layout): (cells: readonly string[], first: boolean) => boolean {
  const order = orderColumn(layout);
  const states = layout.statuses.map(({ column }) => column.index);
  const columns = [...Object.values(layout.fields).flat(), ...layout.statuses.map(({ column }) => column)];
  return (cells, first) => {
    const texts = cells.map(textOf);
    const filled = texts.filter((text) => text !== '');
    if (filled.length === 0) return true;
    if (first && !filled.some((text) => /\d/.test(text))) return true;
    const isNamed = [order, ...states].some((index) => texts[index] && !isTotal(texts[index]));
    return isNamed ? repeatsHeader(texts, columns) : filled.some(isTotal);
  };
}

function isTotal(text: string): boolean {
  return text.length < 40 && TOTAL.test(text);
}

function repeatsHeader(texts: readonly string[], columns: readonly Column[]): boolean {
  return columns.every(({ index, header }) => headerKey(texts[index] ?? '') === headerKey(header));
}
