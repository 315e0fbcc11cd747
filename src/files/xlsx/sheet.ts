// One sheet of a workbook as rows of text.
import type { FileLimits } from '../limits.ts';
import { unusable } from '../reasons.ts';
import type { Row } from '../rows.ts';
import { readXml, unescapeText } from './xml.ts';

/** What a sheet may have at most; a higher number is damage. */
const LAST_ROW = 1_048_576;

/** Rows in order, sparse cells filled with '', blank rows left out. */
export async function* readSheet(
  chunks: AsyncIterable<string>,
  texts: readonly string[],
  limits: FileLimits,
): AsyncGenerator<readonly Row[], void> {
  const sheet = new SheetBuilder(texts, limits);
  for await (const _ of readXml(chunks, sheet)) {
    const rows = sheet.take();
    if (rows.length > 0) yield rows;
  }
}

class SheetBuilder {
  readonly #texts: readonly string[];
  readonly #limits: FileLimits;
  #rows: Row[] = [];
  #number = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #value = '';
  #reading = false;
  #inSheet = false;

  constructor(texts: readonly string[], limits: FileLimits) {
    this.#texts = texts;
    this.#limits = limits;
  }

  take(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'sheetData') this.#inSheet = true;
    if (!this.#inSheet) return;
    if (name === 'row') this.#openRow(attributes.r);
    else if (name === 'c') this.#openCell(attributes.r, attributes.t);
    this.#reading = name === 'v' || name === 't';
  }

  onText(text: string): void {
    if (!this.#reading) return;
    this.#value += text;
    const { maxCellChars } = this.#limits;
    if (this.#value.length > maxCellChars) {
      unusable({ unusable: 'cell_too_large', max: maxCellChars, row: this.#number });
    }
  }

  onClose(name: string): void {
    this.#reading = false;
    if (name === 'sheetData') this.#inSheet = false;
    if (!this.#inSheet) return;
    if (name === 'c') this.#closeCell();
    else if (name === 'row' && this.#cells.length > 0) this.#rows.push({ number: this.#number, cells: this.#cells });
  }

  #openRow(reference: string | undefined): void {
    const number = reference === undefined ? this.#number + 1 : Number(reference);
    if (!Number.isInteger(number) || number <= this.#number || number > LAST_ROW)
      unusable({ unusable: 'excel_broken' });
    this.#number = number;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell(reference: string | undefined, type: string | undefined): void {
    const column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (column <= this.#column) unusable({ unusable: 'excel_broken' });
    this.#column = column;
    this.#type = type ?? 'n';
    this.#value = '';
  }

  #closeCell(): void {
    const text = this.#text();
    if (text === '') return;
    const { maxColumns } = this.#limits;
    if (this.#column >= maxColumns) unusable({ unusable: 'too_many_columns', max: maxColumns, row: this.#number });
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells.push(text);
  }

  #text(): string {
    if (this.#value === '') return '';
    if (this.#type === 's') return this.#texts[Number(this.#value)] ?? unusable({ unusable: 'excel_broken' });
    if (this.#type === 'n') return numberText(this.#value);
    return this.#type === 'b' ? (this.#value === '1' ? 'TRUE' : 'FALSE') : unescapeText(this.#value);
  }
}

/** 'BC12' is column 54 (from 0). At most three letters, as Excel has; anything else is damage. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1] ?? unusable({ unusable: 'excel_broken' });
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/**
 * A number as Excel would show it: 15 digits are all it keeps, so a whole number with more has lost its end, whatever
 * the file says. Such a number comes out in E form, which `cells/text.ts` refuses where an exact number is needed.
 */
export function numberText(raw: string): string {
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (Math.abs(value) >= 1e15) return value.toExponential().replace('e', 'E');
  return String(Number(value.toPrecision(15)));
}
