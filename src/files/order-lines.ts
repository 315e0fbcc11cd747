// The lines of an order: SKU, name, pieces and price of each row.
import { createHash } from 'node:crypto';
import type { DraftLine } from '../domain/order-draft.ts';
import { parseMoney } from './cells/money.ts';
import { clip, idOf, isRounded } from './cells/text.ts';
import type { Column } from './header.ts';
import type { Loose } from './loose.ts';
import type { OrderCells } from './order-cells.ts';
import type { DataRow } from './table.ts';

const MAX_SKU_CHARS = 64;
const MAX_NAME_CHARS = 300;
/** Often a code is looked up in another table, which does not have it. */
const FAILED_FORMULA = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/i;
const QUANTITY = /^[1-9]\d{0,5}$/;

/** One line per row. Rejected through `cells`: a missing SKU or number of pieces, a rounded SKU, one that a formula failed to find, a broken price. */
export function readLines(cells: OrderCells, currency: string): readonly Loose<DraftLine>[] {
  return cells.rows.map((row) => readLine(cells, row, currency));
}

function readLine(cells: OrderCells, row: DataRow, currency: string): Loose<DraftLine> {
  const { product, spec } = cells.fields;
  const sku = readSku(cells, row);
  const quantity = readQuantity(cells, row);
  return {
    sku,
    name: clip(cells.inRow(row, product)?.text ?? sku, MAX_NAME_CHARS),
    spec: clip(cells.inRow(row, spec)?.text, MAX_NAME_CHARS),
    quantity,
    unitPriceMinor: readUnitPrice(cells, row, currency, quantity),
  };
}

function readSku(cells: OrderCells, row: DataRow): string {
  const cell = cells.inRow(row, cells.fields.sku);
  if (cell === undefined) {
    cells.reject(row.number, { code: 'cell_missing' }, cells.headerOf('sku'));
    return '';
  }
  const sku = idOf(cell.text);
  if (isRounded(sku)) cells.rejectCell(cell, 'number_rounded');
  if (FAILED_FORMULA.test(sku)) cells.rejectCell(cell, 'formula_failed');
  return sku.length <= MAX_SKU_CHARS ? sku : shortened(sku);
}

/** A product's name standing in for a code may be long; cut alone, two products could become one. */
function shortened(text: string): string {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${clip(text, MAX_SKU_CHARS - 9)}~${mark}`;
}

function readQuantity(cells: OrderCells, row: DataRow): number {
  const cell = cells.inRow(row, cells.fields.quantity);
  if (cell === undefined) {
    cells.reject(row.number, { code: 'cell_missing' }, cells.headerOf('quantity'));
    return 1;
  }
  if (QUANTITY.test(cell.text)) return Number(cell.text);
  const digits = cell.text
    .replace(/[０-９]/g, (digit) => digit.normalize('NFKC'))
    .replace(/,(?=\d{3}$)/, '')
    .replace(/\.0{1,4}$/, '');
  if (QUANTITY.test(digits)) return Number(digits);
  cells.rejectCell(cell, 'quantity_invalid');
  return 1;
}

/** The price of one piece; where only the line's total is told, and it divides evenly, that share. */
function readUnitPrice(cells: OrderCells, row: DataRow, currency: string, quantity: number): number | undefined {
  const unit = readAmount(cells, row, cells.fields.unitPrice, currency);
  if (unit !== undefined) return unit;
  const total = readAmount(cells, row, cells.fields.lineTotal, currency);
  return total !== undefined && total % quantity === 0 ? total / quantity : undefined;
}

/** The amount in one row's cell; none where the cell is empty. Rejected through `cells`: what is no amount. */
export function readAmount(
  cells: OrderCells,
  row: DataRow,
  columns: readonly Column[],
  currency: string,
): number | undefined {
  const cell = cells.inRow(row, columns);
  if (cell === undefined) return undefined;
  const amount = parseMoney(cell.text, currency);
  if (typeof amount === 'number') return amount;
  cells.reject(row.number, amount, cell.header);
  return undefined;
}
