// The journal's text: `<crc32, 8 hex digits> <length of the JSON in bytes> <JSON>` a line; first what the journal is,
// then a line a transaction, and at the end, once the next journal stands, the line that says so.
import { crc32 } from 'node:zlib';
import { textOf } from './text.ts';

export interface JournalHeader {
  readonly journal: 'makegood';
  readonly format: 1;
  /** The schema version of its records. */
  readonly schema: number;
  /** The transaction after which it begins. */
  readonly after: number;
}

export interface TransactionLine {
  readonly seq: number;
  readonly ops: readonly (readonly [collection: string, key: string, record: object | null])[];
}

export interface ClosingLine {
  /** The journal goes on in the one that begins after this transaction. */
  readonly continued: number;
}

const newline = 0x0a;
const space = 0x20;
const crcLength = 8;

export function journalName(after: number): string {
  return `journal-${after}.ndjson`;
}

/** The transaction after which the journal of that name begins; undefined for other files. */
export function afterOf(name: string): number | undefined {
  const match = /^journal-(0|[1-9]\d{0,15})\.ndjson$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

export function headerLine(schema: number, after: number): Buffer {
  return encodeLine(JSON.stringify({ journal: 'makegood', format: 1, schema, after } satisfies JournalHeader));
}

export function crcHex(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(crcLength, '0');
}

/** Where text becomes bytes: to find out first how many it takes would be to go through it twice. */
const room = Buffer.allocUnsafeSlow(1 << 20);
const mostBytesPerUnit = 3;

/** In UTF-8; good until the next call. */
function bytesOf(text: string): Buffer {
  if (text.length * mostBytesPerUnit > room.length) return Buffer.from(text);
  return room.subarray(0, room.write(text, 0, 'utf8'));
}

export function encodeLine(json: string): Buffer {
  const body = bytesOf(json);
  const head = `${body.length} `;
  const line = Buffer.allocUnsafe(crcLength + 1 + head.length + body.length + 1);
  line[crcLength] = space;
  line.write(head, crcLength + 1, 'latin1');
  body.copy(line, crcLength + 1 + head.length);
  line[line.length - 1] = newline;
  line.write(crcHex(line.subarray(crcLength + 1, line.length - 1)), 0, 'latin1');
  return line;
}

/** The JSON of a whole line (its newline included), or undefined where anything about it does not check out. */
export function decodeLine(line: Buffer): unknown {
  const end = line.length - 1;
  if (end < crcLength + 4 || line[end] !== newline || line[crcLength] !== space) return undefined;
  const body = line.subarray(crcLength + 1, end);
  if (line.toString('latin1', 0, crcLength) !== crcHex(body)) return undefined;
  const text = body.indexOf(space) + 1;
  if (body.toString('latin1', 0, text - 1) !== String(body.length - text)) return undefined;
  try {
    return JSON.parse(textOf(body.subarray(text))) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Whether bytes without a newline, at the end of a journal, are the beginning of a line that was being written when the
 * process ended: all there is of it is right so far, and it is shorter than it says. After a power cut the rest of it, and of
 * the lines written with it, may be zeros: some file systems make a file longer before they have written what it is to hold.
 */
export function isTorn(tail: Buffer): boolean {
  const written = withoutZeros(tail);
  const start = written.toString('latin1', 0, crcLength + 1 + 17);
  const match = /^[0-9a-f]{8} (\d{1,16}) /.exec(start);
  if (!match) return /^[0-9a-f]{0,8}$|^[0-9a-f]{8} (?:[1-9]\d{0,15})?$/.test(start);
  const whole = match[0].length + Number(match[1]);
  // One zero behind a whole line is a newline gone bad, not a power cut.
  return written.length < whole || (written.length === whole && tail.length !== whole + 1);
}

function withoutZeros(tail: Buffer): Buffer {
  let end = tail.length;
  while (end > 0 && tail[end - 1] === 0) end--;
  return tail.subarray(0, end);
}
