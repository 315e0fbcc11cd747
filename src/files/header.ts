// Finds the header row, the format it belongs to, and where each field stands.
import { clip, headerKey, textOf } from './cells/text.ts';
import { FIELDS, type Field, type FileFormat, type StatusColumn } from './format.ts';
import { type FileUnusable, UnusableError } from './reasons.ts';
import type { Row, RowSource } from './rows.ts';

/** Titles and notes above the header are skipped, within reason. */
const SEARCHED_ROWS = 40;
const MIN_KNOWN_HEADERS = 3;
const MAX_SEEN_HEADERS = 30;

export interface Column {
  readonly index: number;
  /** As the file spells it. */
  readonly header: string;
}

/** The columns of each field, preferred first; none for a field the file does not have. */
export type FieldColumns = Readonly<Record<Field, readonly Column[]>>;

/** A format laid over one file's columns. */
export interface Layout {
  readonly format: FileFormat;
  readonly headerRow: number;
  /** Number of named columns. */
  readonly width: number;
  readonly fields: FieldColumns;
  readonly statuses: readonly { readonly rule: StatusColumn; readonly column: Column }[];
}

/** How well a reading of the file fits: a layout, or why there is none. The higher `score`, the likelier the reading. */
export type HeaderMatch = { readonly score: number } & (
  | { readonly layout: Layout }
  | { readonly failure: FileUnusable }
);

/** Looks for a header among the first rows. A fault of the file that shows before any header is the reason given. */
export async function matchHeader(
  rows: RowSource,
  formats: readonly FileFormat[],
  maxColumns: number,
): Promise<HeaderMatch> {
  const head: Row[] = [];
  let fault: FileUnusable | undefined;
  try {
    for await (const batch of rows.batches()) {
      head.push(...batch.slice(0, SEARCHED_ROWS));
      if (head.length >= SEARCHED_ROWS) break;
    }
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error;
    fault = error.file;
  }
  const best = bestOf(head.slice(0, SEARCHED_ROWS).flatMap((row) => matchRow(row, formats)));
  if (best !== undefined && best.score >= MIN_KNOWN_HEADERS) return narrowEnough(best, maxColumns);
  return { score: 0, failure: fault ?? nothingKnown(head, formats) };
}

function narrowEnough(match: HeaderMatch, max: number): HeaderMatch {
  if (!('layout' in match) || match.layout.width <= max) return match;
  return { score: match.score, failure: { unusable: 'too_many_columns', max, row: match.layout.headerRow } };
}

/** The first complete layout; failing that, the match that knows most headers. */
export function bestOf(matches: readonly HeaderMatch[]): HeaderMatch | undefined {
  const layouts = matches.filter((match) => 'layout' in match && match.score >= MIN_KNOWN_HEADERS);
  return [...(layouts.length > 0 ? layouts : matches)].sort((a, b) => b.score - a.score)[0];
}

function matchRow(row: Row, formats: readonly FileFormat[]): readonly HeaderMatch[] {
  const columns = columnsOf(row);
  const automatic = formats.length > 1;
  const candidates = formats.filter(
    (format) =>
      !automatic || format.signature.length === 0 || format.signature.some((header) => columns.has(headerKey(header))),
  );
  const matches = candidates.map((format) => layOver(format, row, columns));
  const complete = matches.find((match) => 'layout' in match && match.score >= MIN_KNOWN_HEADERS);
  return complete === undefined ? matches : [complete];
}

function columnsOf(row: Row): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  row.cells.forEach((cell, index) => {
    const key = headerKey(cell);
    if (key !== '' && !columns.has(key)) columns.set(key, { index, header: textOf(cell) });
  });
  return columns;
}

function layOver(format: FileFormat, row: Row, columns: ReadonlyMap<string, Column>): HeaderMatch {
  const find = (headers: readonly string[]): readonly Column[] =>
    headers.map((header) => columns.get(headerKey(header))).filter((column) => column !== undefined);
  const found = FIELDS.map((field) => [field, find(format.fields[field] ?? [])] as const);
  const fields = Object.fromEntries(found) as FieldColumns;
  const statuses = format.statuses.flatMap((rule) => {
    const column = find(rule.headers)[0];
    return column === undefined ? [] : [{ rule, column }];
  });
  const score = new Set([...Object.values(fields), statuses.map((status) => status.column)].flat()).size;
  const missing = missingColumns(format, fields, statuses);
  if (missing.length > 0) {
    return { score, failure: { unusable: 'columns_missing', source: format.name, missing } };
  }
  const width = row.cells.findLastIndex((cell) => textOf(cell) !== '') + 1;
  return { score, layout: { format, headerRow: row.number, width, fields, statuses } };
}

function missingColumns(format: FileFormat, fields: FieldColumns, statuses: Layout['statuses']): readonly string[] {
  const missingFields = format.needed
    .filter((field) => fields[field].length === 0)
    .map((field) => format.fields[field]?.[0]);
  const missingStatuses = format.statuses
    .filter((rule) => rule.needed && !statuses.some((status) => status.rule === rule))
    .map((rule) => rule.headers[0]);
  return [...missingFields, ...missingStatuses].filter((header) => header !== undefined);
}

function nothingKnown(head: readonly Row[], formats: readonly FileFormat[]): FileUnusable {
  if (head.length === 0) return { unusable: 'empty' };
  // A row with digits is data, perhaps somebody's phone: only what may be a header is ever shown.
  const rows = head.map((row) => row.cells.map(textOf).filter((cell) => cell !== ''));
  const header = rows.find((cells) => cells.length >= MIN_KNOWN_HEADERS && !cells.some((cell) => /\d/.test(cell)));
  const seen = (header ?? []).slice(0, MAX_SEEN_HEADERS).map((cell) => clip(cell, 30));
  return { unusable: 'format_unknown', seen, sources: formats.map((format) => format.name) };
}
