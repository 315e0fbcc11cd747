// Reads a snapshot into a document. Fast where all is well; where not, it finds the line that is to blame.
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Migration, migrate, schemaVersion } from '../migrations.ts';
import { damaged, newerVersion } from './damage.ts';
import { Document } from './document.ts';
import { type Files, type OpenFile, readStretches } from './files.ts';
import { settle } from './settle.ts';
import {
  endLineStart,
  endLineTail,
  isWholeEntry,
  parseSnapshotHeader,
  type SnapshotEntry,
  type SnapshotHeader,
} from './snapshot-format.ts';
import { textOf } from './text.ts';

export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly document: Document;
  readonly size: number;
}

/** Something is wrong; where, is found out afterwards. */
class Mismatch extends Error {}

/** @param lines without the comma at their end */
function parsed(lines: Buffer): readonly SnapshotEntry[] {
  try {
    return JSON.parse(`[${textOf(lines)}]`) as SnapshotEntry[];
  } catch {
    throw new Mismatch();
  }
}

class Reader {
  readonly #document = new Document();
  readonly #list: readonly Migration[];
  readonly #name: string;
  #header: SnapshotHeader | undefined;
  #crc = 0;
  #count = 0;
  #size = 0;
  #ended = false;

  constructor(name: string, list: readonly Migration[]) {
    this.#name = name;
    this.#list = list;
  }

  /** Takes whole lines. */
  take(lines: Buffer): void {
    this.#size += lines.length;
    if (this.#ended) throw new Mismatch();
    const start = this.#header ? 0 : this.#readHeader(lines);
    const end = this.#endsFile(lines) ? lines.lastIndexOf('\n["end",') + 1 : lines.length;
    if (end > start) this.#load(parsed(lines.subarray(start, end - 2)));
    if (end < lines.length) this.#readEnd(lines, end);
    else this.#crc = crc32(lines, this.#crc);
  }

  finish(): Snapshot {
    if (!this.#header || !this.#ended) throw new Mismatch();
    let kept = 0;
    for (const table of this.#document.tables.values()) kept += table.records.size;
    if (kept !== this.#count) throw damaged(this.#name, undefined, 'a record stands in it twice');
    this.#document.seq = this.#header.seq;
    return { header: this.#header, document: this.#document, size: this.#size };
  }

  #endsFile(lines: Buffer): boolean {
    return lines.toString('latin1', Math.max(0, lines.length - 4)) === ']]}\n';
  }

  #readHeader(lines: Buffer): number {
    const end = lines.indexOf(0x0a) + 1;
    const header = parseSnapshotHeader(lines.subarray(0, end));
    if (!header) throw damaged(this.#name, 1, 'its first line does not check out');
    const newer = newerVersion(this.#name, header, schemaVersion(this.#list));
    if (newer) throw newer;
    this.#header = header;
    return end;
  }

  #load(entries: readonly SnapshotEntry[]): void {
    const schema = this.#header?.schema ?? 0;
    const older = schema < schemaVersion(this.#list);
    for (const [collection, read] of entries) {
      this.#count++;
      const record = older ? migrate(this.#list, schema, collection, read) : read;
      const table = this.#document.tables.get(collection);
      if (!table) throw damaged(this.#name, this.#count + 1, 'its record is of no known collection');
      table.records.set(table.definition.key(record), settle(record));
    }
  }

  #readEnd(lines: Buffer, start: number): void {
    const covered = start + endLineStart(this.#count).length;
    const expected = endLineStart(this.#count) + endLineTail(crc32(lines.subarray(0, covered), this.#crc));
    if (lines.toString('latin1', start) !== expected) throw new Mismatch();
    this.#ended = true;
  }
}

/** Finds the first line that is not as it was written. */
async function findDamage(name: string, file: OpenFile): Promise<Error> {
  let line = 0;
  let ended = false;
  for await (const stretch of readStretches(file)) {
    for (let at = 0; at < stretch.length; ) {
      line++;
      const end = stretch.indexOf(0x0a, at) + 1 || stretch.length;
      const text = stretch.subarray(at, end);
      if (ended) return damaged(name, line, 'there is something after its end');
      ended = text.toString('latin1', 0, 7) === '["end",';
      if (line > 1 && !ended && !isWholeEntry(text)) return damaged(name, line, 'its checksum does not match');
      at = end;
    }
  }
  return damaged(
    name,
    line || undefined,
    ended ? 'its last line does not match what is above it' : 'the end is missing',
  );
}

/**
 * @throws StoreDamagedError naming file and line where anything does not check out; a file system's error where the file
 *   cannot be opened or read.
 */
export async function readSnapshot(files: Files, path: string, list: readonly Migration[]): Promise<Snapshot> {
  const name = basename(path);
  const file = await files.open(path, 'r');
  try {
    const reader = new Reader(name, list);
    for await (const lines of readStretches(file)) reader.take(lines);
    return reader.finish();
  } catch (error) {
    if (error instanceof Mismatch) throw await findDamage(name, file);
    throw error;
  } finally {
    await file.close();
  }
}
