// The splitter against csv-parse, which is slower and has been right for years.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordSplitter } from '../../src/files/delimited.ts';
import { UnusableError } from '../../src/files/reasons.ts';
import type { Row } from '../../src/files/rows.ts';

function split(text: string, cuts: readonly number[] = [], { cells = 1000, maxCellChars = 1000 } = {}): Row[] {
  const splitter = new RecordSplitter({ delimiter: ',', newline: '\n', maxCellChars, cells });
  const rows: Row[] = [];
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    splitter.push(text.slice(from, cut), rows);
    from = Math.max(from, cut);
  }
  splitter.push(text.slice(from), rows);
  splitter.end(rows);
  return rows;
}

function fault(text: string, cuts: readonly number[] = [], limits = {}): unknown {
  try {
    split(text, cuts, limits);
    return undefined;
  } catch (error) {
    if (error instanceof UnusableError) return error.file;
    throw error;
  }
}

const cell = fc.string({ unit: fc.constantFrom('a', '订', '"', ',', '\t', ' ', '\n', '=', ';', '1'), maxLength: 8 });
const written = (text: string): string => (/[",\n\t;]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 6 });

describe('RecordSplitter', () => {
  it('agrees with csv-parse on every table, however the text is cut into chunks', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(80), { maxLength: 6 }),
        (rows, newline, ends, cuts) => {
          const text = rows.map((row) => row.map(written).join(',')).join(newline) + (ends ? newline : '');
          const expected = parse(text, { relax_column_count: true, record_delimiter: newline, relax_quotes: true });
          const filled = (cells: readonly string[]) => cells.join('') !== '' || cells.length > 1;
          expect(split(text, cuts).map((row) => row.cells)).toEqual((expected as string[][]).filter(filled));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads the same whatever the chunks, also text that is no proper CSV', () => {
    const any = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 40 });
    const outcome = (text: string, cuts: readonly number[]) => fault(text, cuts) ?? split(text, cuts);
    fc.assert(
      fc.property(any, fc.array(fc.nat(40), { maxLength: 8 }), (text, cuts) => {
        expect(outcome(text, cuts)).toEqual(outcome(text, []));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the first cells alone when no more are wanted, with the same rows and the same faults', () => {
    const proper = table.map((rows) => rows.map((row) => row.map(written).join(',')).join('\n'));
    const any = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 60 });
    const cut = fc.array(fc.nat(60), { maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(proper, any), cut, fc.integer({ min: 1, max: 3 }), (text, cuts, cells) => {
        const maxCellChars = 6;
        const found = fault(text, cuts, { maxCellChars });
        expect(fault(text, cuts, { maxCellChars, cells })).toEqual(found);
        if (found !== undefined) return;
        expect(split(text, cuts, { maxCellChars, cells })).toEqual(
          split(text, cuts, { maxCellChars }).map((row) => ({ ...row, cells: row.cells.slice(0, cells) })),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('numbers rows as a spreadsheet does: blank ones count, a newline in quotes does not', () => {
    expect(split('a,b\n\n"x\ny",2\r\n3,4')).toEqual([
      { number: 1, cells: ['a', 'b'] },
      { number: 3, cells: ['x\ny', '2'] },
      { number: 4, cells: ['3', '4'], isUnended: true },
    ]);
  });

  it('leaves a quote inside an unquoted cell alone', () => {
    expect(split('="123",5" disk,"x"\n')[0]?.cells).toEqual(['="123"', '5" disk', 'x']);
  });

  it('names the row of a broken or unclosed quote and of a cell too large', () => {
    expect(fault('a,b\n"x"y,1\n')).toEqual({ unusable: 'quote_broken', row: 2 });
    expect(fault('a,b\n1,"x\n2,3\n')).toEqual({ unusable: 'quote_unclosed', row: 2 });
    expect(fault(`a,b\n1,"${'x'.repeat(5000)}`)).toEqual({ unusable: 'quote_unclosed', row: 2 });
    expect(fault(`a,b\n1,${'x'.repeat(1001)}\n`)).toEqual({ unusable: 'cell_too_large', max: 1000, row: 2 });
  });

  it('holds no more than a megabyte of a record that does not end', () => {
    expect(fault(`a,b\n${'1,'.repeat(600_000)}`)).toEqual({ unusable: 'cell_too_large', max: 1000, row: 2 });
  });

  it('is done with a megabyte of nothing but quotes, commas or newlines', () => {
    for (const char of ['"', ',', '\n', '",', 'a"', '""\n,']) {
      const text = char.repeat(1_000_000 / char.length);
      const chunks = Array.from({ length: 16 }, (_, index) => index * 64_000);
      expect(() => fault(text, chunks)).not.toThrow();
    }
  });
});
