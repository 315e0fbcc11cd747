// The rows an import did not take, as a CSV that a spreadsheet opens and that runs no formula.
import { stringify } from 'csv-stringify/sync';

/**
 * UTF-8 with a mark, so that spreadsheets read it as such; cells that would be taken for a formula start with an apostrophe.
 *
 * @param rows the header first; every row as wide as it
 */
export function rejectReport(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(
    stringify(
      rows.map((row) => [...row]),
      { bom: true, escape_formulas: true, record_delimiter: 'windows' },
    ),
  );
}
