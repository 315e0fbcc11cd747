// Replays a journal onto a document, line by line, and stops at the first that does not check out.
import { basename } from 'node:path';
import { z } from 'zod';
import { type Migration, migrate, schemaVersion } from '../migrations.ts';
import { damaged, newerVersion } from './damage.ts';
import type { Document } from './document.ts';
import { type Files, readStretches } from './files.ts';
import { type ClosingLine, decodeLine, headerLine, isTorn, type TransactionLine } from './journal-format.ts';
import { settle } from './settle.ts';

export interface Journal {
  /** Bytes up to the end of the last whole line. */
  readonly size: number;
  /** Bytes after that: the beginning of a line, cut off when the process ended. */
  readonly tornBytes: number;
  /** How many transactions it holds. */
  readonly transactions: number;
  readonly schema: number;
  /** Set where the journal says that it goes on in another. */
  readonly continued: boolean;
}

const headerSchema = z.object({
  journal: z.literal('makegood'),
  format: z.int(),
  schema: z.int().min(1),
  after: z.int().min(0),
});

class Reader {
  readonly #name: string;
  readonly #document: Document;
  readonly #list: readonly Migration[];
  readonly #after: number;
  #line = 0;
  #size = 0;
  #tornBytes = 0;
  #schema = 0;
  #continued = false;

  constructor(name: string, document: Document, list: readonly Migration[]) {
    this.#name = name;
    this.#document = document;
    this.#list = list;
    this.#after = document.seq;
  }

  take(stretch: Buffer): void {
    for (let at = 0; at < stretch.length; ) {
      const end = stretch.indexOf(0x0a, at) + 1 || stretch.length;
      this.#line++;
      this.#takeLine(stretch.subarray(at, end));
      at = end;
    }
  }

  finish(): Journal {
    const schema = this.#schema || schemaVersion(this.#list);
    const transactions = this.#document.seq - this.#after;
    return { size: this.#size, tornBytes: this.#tornBytes, transactions, schema, continued: this.#continued };
  }

  #takeLine(line: Buffer): void {
    if (line[line.length - 1] !== 0x0a) {
      this.#takeTail(line);
      return;
    }
    if (this.#continued) throw this.#damaged('there is something after its end');
    const content = decodeLine(line);
    if (content === undefined) throw this.#damaged('its checksum does not match');
    if (this.#line === 1) this.#takeHeader(content);
    else if ((content as ClosingLine).continued === undefined) this.#replay(content as TransactionLine);
    else this.#close(content as ClosingLine);
    this.#size += line.length;
  }

  /** What stands after the last newline. */
  #takeTail(tail: Buffer): void {
    const isStart = this.#line === 1 ? this.#isHeaderStart(tail) : isTorn(tail);
    if (!isStart || this.#continued) throw this.#damaged('it is not as it was written');
    this.#tornBytes = tail.length;
  }

  #isHeaderStart(tail: Buffer): boolean {
    const expected = headerLine(schemaVersion(this.#list), this.#after);
    // It was durable before anything led to it: no zeros.
    return expected.subarray(0, tail.length).equals(tail) || (!tail.includes(0) && isTorn(tail));
  }

  #takeHeader(content: unknown): void {
    const { success, data } = headerSchema.safeParse(content);
    if (!success) throw this.#damaged('it is not the first line of a journal');
    const newer = newerVersion(this.#name, data, schemaVersion(this.#list));
    if (newer) throw newer;
    if (data.after !== this.#after) {
      throw this.#damaged(`it begins after change ${data.after}, but the changes before it end with ${this.#after}`);
    }
    this.#schema = data.schema;
  }

  #replay({ seq, ops }: TransactionLine): void {
    const expected = this.#document.seq + 1;
    if (seq !== expected) throw this.#damaged(`it holds change ${seq} where change ${expected} belongs`);
    const older = this.#schema < schemaVersion(this.#list);
    for (const [collection, key, read] of ops) {
      if (!this.#document.tables.has(collection)) throw this.#damaged('its record is of no known collection');
      const record = read && (older ? migrate(this.#list, this.#schema, collection, read) : read);
      this.#document.apply([collection, key, record && settle(record)]);
    }
    this.#document.seq = seq;
  }

  #close({ continued }: ClosingLine): void {
    if (continued !== this.#document.seq) throw this.#damaged(`it says change ${continued} came before it`);
    this.#continued = true;
  }

  #damaged(what: string): Error {
    const advice =
      this.#line > 1
        ? `Put a backup back with "npm run restore -- FILE"; or give up what was saved from this line on by cutting ` +
          `the file to its first ${this.#size} bytes.`
        : undefined;
    return damaged(this.#name, this.#line, what, advice);
  }
}

/**
 * Replays the journal at `path`, which begins where `document` ends.
 *
 * @throws StoreDamagedError naming file and line where anything does not check out; a file system's error where the file
 *   cannot be opened or read.
 */
export async function replayJournal(
  files: Files,
  path: string,
  document: Document,
  list: readonly Migration[],
): Promise<Journal> {
  const file = await files.open(path, 'r');
  try {
    const reader = new Reader(basename(path), document, list);
    for await (const stretch of readStretches(file)) reader.take(stretch);
    return reader.finish();
  } finally {
    await file.close();
  }
}
