// A delimited text file as rows.
import type { ByteSource } from './bytes.ts';
import { type Dialect, RecordSplitter } from './delimited.ts';
import { decode, encodingsFor, type TextEncoding } from './encoding.ts';
import type { FileLimits } from './limits.ts';
import { UnusableError, unusable } from './reasons.ts';
import type { Row, RowSource } from './rows.ts';

const DELIMITERS = [',', '\t', ';'];
const SNIFFED_BYTES = 64 * 1024;
/** More than a record may have characters. */
const ALL_CELLS = 2 ** 30;

/** Every reading worth trying, likeliest first, by encoding. Refused: a file that is no text at all (`undecodable`). */
export async function csvReadings(source: ByteSource, limits: FileLimits): Promise<readonly (readonly RowSource[])[]> {
  const encodings = encodingsFor(await source.read(0, SNIFFED_BYTES));
  if (encodings.length === 0) return unusable({ unusable: 'undecodable' });
  return encodings.map((encoding) => DELIMITERS.map((delimiter) => csvRows(source, encoding, delimiter, limits)));
}

function csvRows(source: ByteSource, encoding: TextEncoding, delimiter: string, limits: FileLimits): RowSource {
  const { maxCellChars } = limits;
  return {
    encoding,
    size: source.size,
    date1904: false,
    batches: (cells = ALL_CELLS) => batches(source, encoding, { delimiter, maxCellChars, cells }),
  };
}

async function* batches(
  source: ByteSource,
  encoding: TextEncoding,
  dialect: Omit<Dialect, 'newline'>,
): AsyncGenerator<readonly Row[], void> {
  let splitter: RecordSplitter | undefined;
  for await (const text of decode(source, encoding)) {
    splitter ??= new RecordSplitter({ ...dialect, newline: newlineOf(text) });
    yield* collect((out) => splitter?.push(text, out));
  }
  yield* collect((out) => splitter?.end(out));
}

/** What was read before a fault is still handed on: the header may be in it, and says more than the fault alone. */
function* collect(fill: (out: Row[]) => void): Generator<readonly Row[], void> {
  const out: Row[] = [];
  try {
    fill(out);
  } catch (error) {
    if (error instanceof UnusableError && out.length > 0) yield out;
    throw error;
  }
  if (out.length > 0) yield out;
}

/** Lines end in LF or CRLF; a file without any LF has the lone CR of old Macs. */
function newlineOf(text: string): '\n' | '\r' {
  return text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
}
