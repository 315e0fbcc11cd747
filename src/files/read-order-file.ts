// Reads a marketplace's export: knows at once whether all of it can be used, then hands out its orders.
import { type ByteSource, type FileInput, openBytes } from './bytes.ts';
import { DateReader } from './cells/date.ts';
import { isOldExcel, isZip } from './container.ts';
import { csvReadings } from './csv.ts';
import type { SourceName } from './format.ts';
import { findFormat, KNOWN_FORMATS } from './formats/known.ts';
import { bestOf, type HeaderMatch, type Layout, matchHeader } from './header.ts';
import { type RowGroup, RowJoiner } from './join.ts';
import { type FileLimits, UPLOAD_LIMITS } from './limits.ts';
import { type OpenOptions, type OrderBatches, type OrderFile, parsed } from './order-file.ts';
import { type ReadContext, readOrder } from './order-reader.ts';
import { type FileNote, type FileUnusable, UnusableError, unusable } from './reasons.ts';
import type { RowSource } from './rows.ts';
import { dataRows, type Scan, scanRows } from './table.ts';

const DAY_MS = 86_400_000;
/** No marketplace's orders are older; a date before this is a slip. */
const EARLIEST_AT = Date.UTC(2005, 0, 1);
/** The longest presale found in any rule book is 330 days. */
const LATEST_AFTER_NOW_MS = 800 * DAY_MS;
/** Handed on together, or a few more: to hand on each by itself would cost more than to read it. */
const ORDERS_PER_BATCH = 64;

/**
 * Opens a CSV or XLSX export. The file is read twice: the first time to know before anything is changed that every byte
 * of it can be read, and which orders have rows that lie apart; the second time to hand the orders out. (Keeping what the
 * first reading saw would need either memory as long as the file or a copy of people's addresses on disk.)
 * An unusable file is a value; the caller closes a usable one.
 */
export async function readOrderFile(input: FileInput, options: OpenOptions): Promise<OrderFile | FileUnusable> {
  const file = await readOrderBatches(input, options);
  return 'unusable' in file ? file : { ...file, orders: () => parsed(file.batches()) };
}

/** As `readOrderFile`, for whoever only hands the orders on. */
export async function readOrderBatches(input: FileInput, options: OpenOptions): Promise<OrderBatches | FileUnusable> {
  let source: ByteSource | undefined;
  try {
    source = await openBytes(input);
    return await open(source, options, options.limits ?? UPLOAD_LIMITS);
  } catch (error) {
    await source?.close();
    if (error instanceof UnusableError) return error.file;
    throw error;
  }
}

async function open(source: ByteSource, options: OpenOptions, limits: FileLimits): Promise<OrderBatches> {
  const { rows, layout, scan, notes } = await firstReading(source, options, limits);
  const dates = new DateReader({
    timeZone: options.timeZone,
    date1904: rows.date1904,
    earliestAt: EARLIEST_AT,
    latestAt: options.now + LATEST_AFTER_NOW_MS,
  });
  return {
    source: layout.format.name,
    encoding: rows.encoding,
    rows: scan.rows,
    notes: layout.fields.promisedShipAt.length > 0 ? notes : [...notes, { code: 'no_promised_date' }],
    batches: () => readAgain(rows, scan, { layout, dates, now: options.now }),
    close: () => source.close(),
  };
}

/** A way to read the file that is understood. */
interface Understood {
  readonly rows: RowSource;
  readonly layout: Layout;
  readonly notes: readonly FileNote[];
}

interface Reading extends Understood {
  readonly scan: Scan;
}

async function firstReading(source: ByteSource, options: OpenOptions, limits: FileLimits): Promise<Reading> {
  const head = await source.read(0, 64);
  if (head.length === 0) unusable({ unusable: 'empty' });
  if (source.size > limits.maxBytes) {
    unusable({ unusable: 'too_large', maxMegabytes: Math.floor(limits.maxBytes / 1024 / 1024) });
  }
  if (isOldExcel(head)) unusable({ unusable: 'excel_old_or_locked' });
  const readings = isZip(head) ? [await workbookSheets(source, limits)] : await csvReadings(source, limits);
  return tryEncodings(readings, options.source, limits);
}

/** What reads workbooks is loaded when there is one: it would be a good part of what starting a thread costs. */
async function workbookSheets(source: ByteSource, limits: FileLimits): Promise<readonly RowSource[]> {
  const { openWorkbook } = await import('./xlsx/workbook.ts');
  return openWorkbook(source, limits);
}

/** An encoding is only known to be the file's when the last byte has been read in it. */
async function tryEncodings(
  encodings: readonly (readonly RowSource[])[],
  source: SourceName | undefined,
  limits: FileLimits,
): Promise<Reading> {
  for (const [index, readings] of encodings.entries()) {
    try {
      const understood = await chooseReading(readings, source, limits);
      return { ...understood, scan: await scanRows(understood.rows, understood.layout, limits.maxRows) };
    } catch (error) {
      const isLast = index === encodings.length - 1;
      if (isLast || !(error instanceof UnusableError && error.file.unusable === 'undecodable')) throw error;
    }
  }
  return unusable({ unusable: 'undecodable' });
}

/** Of the ways to cut the file into cells, the one whose header is understood best; of a workbook's sheets, the first that is. */
async function chooseReading(
  readings: readonly RowSource[],
  source: SourceName | undefined,
  limits: FileLimits,
): Promise<Understood> {
  const format = source === undefined ? undefined : findFormat(source);
  const formats = format === undefined ? KNOWN_FORMATS : [format];
  const matches = new Map<HeaderMatch, RowSource>();
  for (const rows of readings) matches.set(await matchHeader(rows, formats, limits.maxColumns), rows);
  const found = [...matches.keys()];
  const sheets = found.filter((match) => 'layout' in match && matches.get(match)?.encoding === 'xlsx');
  const best = sheets[0] ?? bestOf(found);
  const rows = best && matches.get(best);
  if (best === undefined || rows === undefined) return unusable({ unusable: 'empty' });
  if (!('layout' in best)) return unusable(best.failure);
  return { rows, layout: best.layout, notes: sheets.length > 1 ? [{ code: 'other_sheets' }] : [] };
}

/** What could be read once can be read again, unless somebody writes to the file meanwhile. */
async function* readAgain(rows: RowSource, scan: Scan, context: ReadContext): AsyncGenerator<readonly string[], void> {
  try {
    yield* readBatches(rows, scan, context);
  } catch (error) {
    throw error instanceof UnusableError ? new UnusableError({ unusable: 'changed' }) : error;
  }
}

async function* readBatches(
  rows: RowSource,
  scan: Scan,
  context: ReadContext,
): AsyncGenerator<readonly string[], void> {
  const joiner = new RowJoiner(scan.lastRows);
  let lists: string[] = [];
  let orders = 0;
  // Orders are JSON at once, and the cells they were read from are forgotten: what lives longer costs more to clear away.
  const read = (groups: readonly RowGroup[]) => {
    if (groups.length > 0) lists.push(JSON.stringify(groups.map((group) => readOrder(group, context))));
    orders += groups.length;
  };
  let keyed = 0;
  for await (const some of dataRows(rows, context.layout)) {
    const groups: RowGroup[] = [];
    for (const row of some) {
      if (row.key !== undefined) keyed += 1;
      joiner.add(row, groups);
    }
    read(groups);
    if (orders < ORDERS_PER_BATCH) continue;
    yield lists;
    lists = [];
    orders = 0;
  }
  const last: RowGroup[] = [];
  joiner.end(last);
  read(last);
  if (lists.length > 0) yield lists;
  if (keyed !== scan.keyed) unusable({ unusable: 'changed' });
}
