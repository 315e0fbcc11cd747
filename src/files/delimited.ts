// Splits delimited text (RFC 4180, as Excel writes and reads it) into records, chunk by chunk.
//
// Why not csv-parse: it was measured at 1.3 to 2.3 s for 100,000 rows of 27 columns, character by character; the file is
// read twice (first to know that all of it can be used, then to hand out orders), which alone would take longer than an
// import may. Nearly all lines hold no quote, and those are found and cut by the engine's own indexOf and split. The
// tests hold every record against csv-parse's.
import { unusable } from './reasons.ts';
import type { Row } from './rows.ts';

const QUOTE = '"';
/** A record this long is no order; it bounds what is kept, and looked at again, while a record is incomplete. */
const MAX_RECORD_CHARS = 1024 * 1024;

export interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  readonly maxCellChars: number;
  /** Cells wanted of each record, from the left; the others are only passed over. */
  readonly cells: number;
}

export class RecordSplitter {
  readonly #dialect: Dialect;
  /** The beginning of a record whose end has not been seen. */
  #rest = '';
  #row = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Appends the records that end within `text` to `out`; blank ones are counted but left out. */
  push(text: string, out: Row[], final = false): void {
    const buffer = this.#rest + text;
    let position = 0;
    let quote = buffer.indexOf(QUOTE);
    while (position < buffer.length) {
      if (quote !== -1 && quote < position) quote = buffer.indexOf(QUOTE, position);
      const lineEnd = this.#lineEnd(buffer, position, final);
      if (lineEnd === -1) break;
      const plain = quote === -1 || quote >= lineEnd;
      const next = plain ? this.#plain(buffer, position, lineEnd, out) : this.#quoted(buffer, position, out, final);
      if (next === -1) break;
      position = next;
    }
    this.#rest = buffer.slice(position);
    if (this.#rest.length > MAX_RECORD_CHARS) this.#tooLarge(this.#row + 1);
  }

  /** The last record, which need not end in a newline. Refused: a quote still open. */
  end(out: Row[]): void {
    this.push('', out, true);
  }

  #lineEnd(buffer: string, position: number, final: boolean): number {
    const found = buffer.indexOf(this.#dialect.newline, position);
    return found === -1 && final ? buffer.length : found;
  }

  #plain(buffer: string, position: number, lineEnd: number, out: Row[]): number {
    const cells: string[] = [];
    this.#cut(buffer, position, lineEnd, cells);
    const isBlank = lineEnd === position || (lineEnd === position + 1 && buffer[position] === '\r');
    this.#emit(cells, isBlank ? 0 : lineEnd - position, out);
    return lineEnd + 1;
  }

  /** A record with quotes in it. -1: its end is not in the buffer yet. */
  #quoted(buffer: string, start: number, out: Row[], final: boolean): number {
    const cells: string[] = [];
    const ahead = new Lookahead(buffer, this.#dialect);
    let position = start;
    for (;;) {
      const end =
        buffer[position] === QUOTE
          ? this.#quotedCell(buffer, position, final, cells)
          : this.#cut(buffer, position, ahead.unquotedEnd(position), cells);
      if (end === -1 || (end >= buffer.length && !final)) return -1;
      if (buffer[end] !== this.#dialect.delimiter) {
        this.#emit(cells, end - start, out);
        return end + 1;
      }
      position = end + 1;
    }
  }

  /** Cuts unquoted cells, as far as they are wanted. Before a newline there may be the return of a CRLF. */
  #cut(buffer: string, position: number, end: number, cells: string[]): number {
    const { delimiter, cells: wanted, maxCellChars } = this.#dialect;
    if (end - position > maxCellChars) this.#refuseLarge(buffer.slice(position, end).split(delimiter));
    const missing = wanted - cells.length;
    if (missing <= 0) return end;
    const crlf = end > position && buffer.charCodeAt(end - 1) === 13 && buffer[end] !== delimiter;
    for (const cell of buffer.slice(position, crlf ? end - 1 : end).split(delimiter, missing)) cells.push(cell);
    return end;
  }

  /** The index behind a quoted cell; -1: its end is not in the buffer yet. */
  #quotedCell(buffer: string, open: number, final: boolean, cells: string[]): number {
    let escaped = false;
    let close = buffer.indexOf(QUOTE, open + 1);
    while (close !== -1 && buffer[close + 1] === QUOTE) {
      escaped = true;
      close = buffer.indexOf(QUOTE, close + 2);
    }
    const length = (close === -1 ? buffer.length : close) - open;
    if (close === -1 && (final || length > this.#dialect.maxCellChars)) {
      return unusable({ unusable: 'quote_unclosed', row: this.#row + 1 });
    }
    // A quote at the very end may be the first half of an escaped one.
    if (close === -1 || (close + 1 === buffer.length && !final)) return -1;
    this.#keepQuoted(buffer.slice(open + 1, close), escaped, cells);
    return this.#afterQuote(buffer, close + 1);
  }

  #keepQuoted(raw: string, escaped: boolean, cells: string[]): void {
    const isWanted = cells.length < this.#dialect.cells;
    if (!isWanted && raw.length <= this.#dialect.maxCellChars) return;
    const text = escaped ? raw.replaceAll('""', QUOTE) : raw;
    this.#refuseLarge([text]);
    if (isWanted) cells.push(text);
  }

  /** Skips the blanks some programs leave behind a closing quote; refuses text there. */
  #afterQuote(buffer: string, from: number): number {
    const { delimiter, newline } = this.#dialect;
    let end = from;
    for (; end < buffer.length; end += 1) {
      const char = buffer[end];
      if (char === delimiter || char === newline) return end;
      if (char !== ' ' && char !== '\t' && char !== '\r') {
        return unusable({ unusable: 'quote_broken', row: this.#row + 1 });
      }
    }
    return end;
  }

  #emit(cells: string[], length: number, out: Row[]): void {
    this.#row += 1;
    if (length > 0) out.push({ number: this.#row, cells });
  }

  /** Called for cells only passed over too: the reading that wants them must not be the first to find out. */
  #refuseLarge(cells: readonly string[]): void {
    for (const { length } of cells) if (length > this.#dialect.maxCellChars) this.#tooLarge(this.#row + 1);
  }

  #tooLarge(row: number): never {
    return unusable({ unusable: 'cell_too_large', max: this.#dialect.maxCellChars, row });
  }
}

/** Finds the next quote and newline once, not once per cell: a hostile record may have a million cells and no end. */
class Lookahead {
  readonly #buffer: string;
  readonly #dialect: Dialect;
  #quote = -1;
  #lineEnd = -1;

  constructor(buffer: string, dialect: Dialect) {
    this.#buffer = buffer;
    this.#dialect = dialect;
  }

  /** Where the unquoted cells that begin at `position` end: at the line's end, or at the delimiter before a quoted cell. */
  unquotedEnd(position: number): number {
    const { delimiter, newline } = this.#dialect;
    if (this.#lineEnd < position) this.#lineEnd = indexOrEnd(this.#buffer, newline, position);
    if (this.#quote < position) this.#quote = indexOrEnd(this.#buffer, QUOTE, position);
    if (this.#quote >= this.#lineEnd) return this.#lineEnd;
    if (this.#buffer[this.#quote - 1] === delimiter) return this.#quote - 1;
    // A quote inside an unquoted cell (="123") is text; only this one cell is certain to end at the next delimiter.
    return Math.min(indexOrEnd(this.#buffer, delimiter, position), this.#lineEnd);
  }
}

function indexOrEnd(buffer: string, char: string, from: number): number {
  const found = buffer.indexOf(char, from);
  return found === -1 ? buffer.length : found;
}
