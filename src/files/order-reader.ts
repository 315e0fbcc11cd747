// The rows of one order, cell by cell, to an order draft; or every reason why not.
import type { OrderDraft } from '../domain/order-draft.ts';
import type { DateReader, DayEdge } from './cells/date.ts';
import { isCurrency } from './cells/money.ts';
import { clip, idOf, isRounded, textOf } from './cells/text.ts';
import type { Column, Layout } from './header.ts';
import { MAX_LINES_PER_ORDER, type RowGroup } from './join.ts';
import type { Loose } from './loose.ts';
import { OrderCells } from './order-cells.ts';
import { readAmount, readLines } from './order-lines.ts';
import { readParcel, readRecipient } from './order-people.ts';
import type { RowNote, RowReject } from './reasons.ts';
import { readStatus, type Status } from './status.ts';
import type { DataRow } from './table.ts';

const MAX_NOTE_CHARS = 500;
/** The marketplace's clock and zone may differ from ours by no more. */
const CLOCKS_APART_MS = 24 * 3_600_000;
/** What people write for the code of the yuan. */
const YUAN: ReadonlySet<string> = new Set(['RMB', '人民币']);
const YES: ReadonlySet<string> = new Set(['是', 'yes', 'true', '1', 'y']);
const NO: ReadonlySet<string> = new Set(['否', 'no', 'false', '0', 'n', '']);

/** What becomes of one order in a file: a draft, or the reasons, one or more for every row of it. */
export type OrderItem =
  | { readonly draft: OrderDraft; readonly rows: readonly number[]; readonly notes: readonly RowNote[] }
  | { readonly rejected: readonly RowReject[] };

/** How an order is read: where its cells are, and how its dates are. */
export interface ReadContext {
  readonly layout: Layout;
  readonly dates: DateReader;
  /** UTC epoch ms */
  readonly now: number;
}

/** Reads one order. One bad cell rejects all of it: an order with a line missing would be worse than none. */
export function readOrder(group: RowGroup, context: ReadContext): Loose<OrderItem> {
  const cells = new OrderCells(context.layout, group.rows);
  for (const row of group.dropped) cells.reject(row, { code: 'too_many_lines', max: MAX_LINES_PER_ORDER });
  refuseMisplaced(cells);
  const draft = readDraft(withoutDuplicates(cells, group), context);
  return cells.rejects.length > 0
    ? { rejected: everyRow(cells) }
    : { draft, rows: group.rows.map((row) => row.number), notes: cells.notes };
}

function readDraft(cells: OrderCells, { dates, now }: ReadContext): Loose<OrderDraft> {
  const { fields } = cells;
  const number = readNumber(cells);
  const status = readStatus(cells);
  const currency = readCurrency(cells);
  const promisedShipAt = readTime(cells, dates, fields.promisedShipAt, 'end');
  const paidAt = readPaidAt(cells, dates, number, status, promisedShipAt);
  const counts = status.state === 'to_ship' && promisedShipAt === undefined;
  if (counts && paidAt !== undefined && paidAt > now + CLOCKS_APART_MS) {
    cells.note({ code: 'paid_ahead', row: cells.firstRow });
  }
  const parcel = readParcel(cells);
  return {
    number,
    state: status.state,
    afterSales: status.afterSales,
    currency,
    paidMinor: readPaid(cells, currency, status),
    paysOnDelivery: status.paysOnDelivery || undefined,
    refundedMinor: readFirst(cells, cells.fields.refunded, currency) || undefined,
    lines: readLines(cells, currency),
    paidAt,
    promisedShipAt,
    shippedAt: readTime(cells, dates, fields.shippedAt, 'start'),
    deliveredAt: readTime(cells, dates, fields.deliveredAt, 'start'),
    carrier: parcel.carrier,
    tracking: parcel.tracking,
    recipient: readRecipient(cells),
    merchantNote: clip(cells.first(fields.merchantNote)?.text, MAX_NOTE_CHARS),
    buyerNote: clip(cells.first(fields.buyerNote)?.text, MAX_NOTE_CHARS),
    presale: readYes(cells, fields.presale) || undefined,
  };
}

/**
 * More filled cells than named columns: a comma too many in some text, and no cell can be trusted to be its column's. Fewer
 * cells in a row that ends with the file, without a newline: the last of them may be half of what it was.
 */
function refuseMisplaced(cells: OrderCells): void {
  const { width } = cells.layout;
  for (const row of cells.rows) {
    if (row.isUnended && row.cells.length < width) cells.reject(row.number, { code: 'row_cut_off' });
    if (row.cells.length <= width) continue;
    const found = row.cells.findLastIndex((cell) => textOf(cell) !== '') + 1;
    if (found > width) cells.reject(row.number, { code: 'cells_shifted', expected: width, found });
  }
}

/**
 * Where payments add up row by row, a row that comes twice to the letter (two exports put together) would be paid twice:
 * it is counted once, and said so. Where an order begins with the row that holds its payment, it is the same with all the
 * rows of an order. The notes and rejects stay with `cells`.
 */
function withoutDuplicates(cells: OrderCells, group: RowGroup): OrderCells {
  const { paidPer } = cells.layout.format;
  if (group.rows.length === 1 || paidPer === 'order') return cells;
  const rows = paidPer === 'line' ? firstOfEach(group.rows) : firstCopy(cells, group.rows);
  if (rows.length === group.rows.length) return cells;
  for (const row of group.rows) {
    if (!rows.includes(row)) cells.note({ code: 'duplicate_row', row: row.number });
  }
  return cells.of(rows);
}

function firstOfEach(rows: readonly DataRow[]): readonly DataRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const text = lettersOf(row);
    return seen.has(text) ? false : seen.add(text);
  });
}

/** The rows of an order up to where it begins once more, if all of it then comes again to the letter; else all of them. */
function firstCopy(cells: OrderCells, rows: readonly DataRow[]): readonly DataRow[] {
  const again = rows.findIndex((row, index) => index > 0 && cells.inRow(row, cells.fields.paid) !== undefined);
  if (again === -1) return rows;
  const first = rows.slice(0, again).map(lettersOf);
  return rows.every((row, index) => lettersOf(row) === first[index % again]) && rows.length % again === 0
    ? rows.slice(0, again)
    : rows;
}

function lettersOf({ cells }: DataRow): string {
  return cells.map(textOf).join('\u0000').replace(/\0+$/, '');
}

function readNumber(cells: OrderCells): string {
  const cell = cells.first(cells.fields.order);
  if (cell === undefined) {
    cells.reject(cells.firstRow, { code: 'order_number_missing' }, cells.headerOf('order'));
    return '';
  }
  const number = idOf(cell.text);
  if (isRounded(number)) cells.rejectCell(cell, 'number_rounded');
  else if (number.length > 64 || !cells.layout.format.orderNumber.test(number)) {
    cells.rejectCell(cell, 'order_number_invalid');
  }
  return number;
}

function readCurrency(cells: OrderCells): string {
  const own = cells.layout.format.currency;
  const cell = cells.agreed(cells.fields.currency[0]);
  const told = cell?.text.toUpperCase();
  const currency = told !== undefined && YUAN.has(told) ? 'CNY' : (told ?? own);
  if (currency !== undefined && isCurrency(currency)) return currency;
  if (cell === undefined) cells.reject(cells.firstRow, { code: 'cell_missing' }, cells.headerOf('currency'));
  else cells.rejectCell(cell, 'currency_unknown');
  return 'XXX'; // no currency, as ISO 4217 has it: the order is rejected
}

/** What has been paid; an unpaid order's amount is only asked for, or to be paid on delivery. */
function readPaid(cells: OrderCells, currency: string, status: Status): number {
  const { fields, rows } = cells;
  const perOrder = cells.layout.format.paidPer !== 'line';
  if (perOrder) cells.agreed(fields.paid[0]);
  let paid: number | undefined;
  for (const row of rows) {
    const amount = readAmount(cells, row, fields.paid, currency);
    if (amount !== undefined) paid = perOrder ? (paid ?? amount) : (paid ?? 0) + amount;
  }
  if (paid === undefined && cells.first(fields.paid) === undefined) {
    cells.reject(cells.firstRow, { code: 'cell_missing' }, cells.headerOf('paid'));
  }
  if (status.state === 'unpaid' || status.paysOnDelivery) return 0;
  return Math.max(0, (paid ?? 0) - (readFirst(cells, fields.outstanding, currency) ?? 0));
}

/** An amount of the whole order, which stands in its first row. */
function readFirst(cells: OrderCells, columns: readonly Column[], currency: string): number | undefined {
  const [firstRow] = cells.rows;
  return firstRow && readAmount(cells, firstRow, columns, currency);
}

function readTime(cells: OrderCells, dates: DateReader, columns: readonly Column[], edge: DayEdge): number | undefined {
  const cell = cells.first(columns);
  if (cell === undefined) return undefined;
  const at = dates.parse(cell.text, edge);
  if (typeof at === 'number') return at;
  cells.reject(cell.row, at, cell.header);
  return undefined;
}

/** When the promise began to run. An open order needs it, unless the file names the promised date itself. */
function readPaidAt(
  cells: OrderCells,
  dates: DateReader,
  number: string,
  status: Status,
  promisedShipAt: number | undefined,
): number | undefined {
  if (cells.first(cells.fields.paidAt) !== undefined) return readTime(cells, dates, cells.fields.paidAt, 'start');
  if (status.state === 'unpaid' || status.state === 'cancelled') return undefined;
  const at = dates.parse(cells.layout.format.dayOfNumber?.(number) ?? '');
  if (typeof at === 'number') {
    cells.note({ code: 'paid_at_from_number', row: cells.firstRow });
    return at;
  }
  const open = status.state === 'to_ship' || status.state === 'on_hold';
  if (open && promisedShipAt === undefined) {
    cells.reject(cells.firstRow, { code: 'cell_missing' }, cells.headerOf('paidAt'));
  }
  return undefined;
}

function readYes(cells: OrderCells, columns: readonly Column[]): boolean {
  const cell = cells.first(columns);
  const word = cell?.text.toLowerCase() ?? '';
  if (cell !== undefined && !YES.has(word) && !NO.has(word)) cells.rejectCell(cell, 'yes_no_unknown');
  return YES.has(word);
}

/** Every row of a rejected order appears in the report, the innocent ones with the number of the first bad one. */
function everyRow(cells: OrderCells): readonly RowReject[] {
  const bad = new Set(cells.rejects.map((reject) => reject.row));
  const firstBad = Math.min(...bad);
  const innocent = cells.rows
    .filter((row) => !bad.has(row.number))
    .map((row): RowReject => ({ row: row.number, reason: { code: 'order_has_bad_row', row: firstBad } }));
  return [...cells.rejects, ...innocent].sort((a, b) => a.row - b.row);
}
