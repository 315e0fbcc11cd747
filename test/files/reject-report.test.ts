// The rows that were not taken, as a table: whatever stands in a cell, a spreadsheet shows it and runs nothing.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rejectReport } from '../../src/files/reject-report.ts';

/** What makes a spreadsheet take a cell for a formula, also in full width, and what it passes over before one. */
const triggers = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
const cell = fc.oneof(
  fc.tuple(fc.constantFrom(...triggers), fc.string({ maxLength: 20 })).map((parts) => parts.join('')),
  fc.constantFrom("=cmd|' /C calc'!A0", '+86 138 1234 1234', '-5.00', '@SUM(1)', '"=1"', "'=1", '=1,"x"\n=2', ''),
  fc.string({ unit: fc.constantFrom(...triggers, '"', ',', '\n', "'", ' ', 'a', '茶'), maxLength: 20 }),
);

it('starts no cell with what a formula starts with, and changes nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
      const read: string[][] = parse(rejectReport(rows), {
        bom: true,
        record_delimiter: '\r\n',
        relax_column_count: true,
      });
      const shown = read.flat();
      expect(shown.filter((text) => triggers.includes(text[0] ?? ''))).toEqual([]);
      const given = rows.flat().map((text) => (triggers.includes(text[0] ?? '') ? `'${text}` : text));
      expect(shown).toEqual(given);
    }),
    { numRuns: 500 },
  );
});
