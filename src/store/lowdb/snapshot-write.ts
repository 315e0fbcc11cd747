// Writes a snapshot without stalling the bot: a buffer at a time, beside the old one, in its place once it is durable.
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Document } from './document.ts';
import { type Files, type OpenFile, writeFully } from './files.ts';
import {
  endLineStart,
  endLineTail,
  entryEnd,
  entryStart,
  entryTail,
  type SnapshotHeader,
  snapshotHeaderLine,
} from './snapshot-format.ts';

/** Records of each collection at one point in time. Records are never changed in place, so references are a copy. */
export type RecordsOf = readonly (readonly [collection: string, records: readonly object[]])[];

export function recordsOf(document: Document): RecordsOf {
  return [...document.tables].map(([collection, table]) => [collection, [...table.records.values()]] as const);
}

const bufferBytes = 1 << 18;
const syncEveryBytes = 1 << 23;

/** Thrown where the writing was given up on purpose. */
export class SnapshotAborted extends Error {
  override readonly name = 'SnapshotAborted';
}

/** Gathers text into a buffer, and writes that out when it is full. */
class Sink {
  readonly #file: OpenFile;
  readonly #signal: AbortSignal | undefined;
  #buffer = Buffer.allocUnsafe(bufferBytes);
  #filled = 0;
  #crc = 0;
  #unsynced = 0;
  written = 0;

  constructor(file: OpenFile, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#signal = signal;
  }

  /** Room for so many bytes, making it where needed. A promise only when it has to be waited for. */
  reserve(bytes: number): Promise<void> | undefined {
    return this.#filled + bytes > this.#buffer.length ? this.#make(bytes) : undefined;
  }

  entry(start: string): void {
    const from = this.#filled;
    this.#filled += this.#buffer.write(start, from, 'utf8');
    const crc = crc32(this.#buffer.subarray(from, this.#filled));
    this.#filled += this.#buffer.write(entryEnd(crc), this.#filled, 'latin1');
  }

  text(text: string): void {
    this.#filled += this.#buffer.write(text, this.#filled, 'utf8');
  }

  /** The checksum of everything so far. */
  get crc(): number {
    return crc32(this.#buffer.subarray(0, this.#filled), this.#crc);
  }

  async flush(): Promise<void> {
    if (this.#signal?.aborted) throw new SnapshotAborted('the snapshot was given up');
    const bytes = this.#buffer.subarray(0, this.#filled);
    this.#crc = crc32(bytes, this.#crc);
    await writeFully(this.#file, bytes, this.written);
    this.written += this.#filled;
    this.#unsynced += this.#filled;
    this.#filled = 0;
    // Little by little: one large sync at the end would hold up the journal's own.
    if (this.#unsynced >= syncEveryBytes) {
      await this.#file.sync();
      this.#unsynced = 0;
    }
  }

  async #make(bytes: number): Promise<void> {
    await this.flush();
    if (bytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(bytes);
  }
}

async function writeAll(sink: Sink, header: SnapshotHeader, tables: RecordsOf): Promise<void> {
  sink.text(snapshotHeaderLine(header).toString());
  let count = 0;
  for (const [collection, records] of tables) {
    for (const record of records) {
      const start = entryStart(collection, record);
      const full = sink.reserve(start.length * 3 + entryTail); // UTF-8 takes at most three bytes a UTF-16 unit
      if (full) await full;
      sink.entry(start);
      count++;
    }
  }
  await sink.reserve(100);
  sink.text(endLineStart(count));
  sink.text(endLineTail(sink.crc));
  await sink.flush();
}

/**
 * Writes a snapshot to `path`, in place of what is there, all or nothing.
 *
 * @returns its size in bytes
 */
export async function writeSnapshot(
  files: Files,
  path: string,
  header: SnapshotHeader,
  tables: RecordsOf,
  signal?: AbortSignal,
): Promise<number> {
  const beside = `${path}.tmp`;
  try {
    const file = await files.open(beside, 'w');
    const sink = new Sink(file, signal);
    try {
      await writeAll(sink, header, tables);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.rename(beside, path);
    await files.syncDirectory(dirname(path));
    return sink.written;
  } catch (error) {
    await files.remove(beside).catch(() => {});
    throw error;
  }
}
