// The parts of a workbook, unpacked as a stream, with a guard against zips that swell.
import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { ByteSource } from '../bytes.ts';
import type { FileLimits } from '../limits.ts';
import { UnusableError, unusable } from '../reasons.ts';

/** Real sheets pack 10 to 40 times; only parts big enough to hurt are held to it. */
const MAX_RATIO = 100;
const RATIO_MATTERS_BYTES = 8 * 1024 * 1024;
const MAX_PARTS = 2000;

export interface ZipParts {
  has(name: string): boolean;
  /** Bytes, unpacked, as the part itself declares; 0 for a missing one. */
  size(name: string): number;
  /** The part as UTF-8 text in chunks. Refused: a missing, broken, locked or swelling part. */
  text(name: string): AsyncIterable<string>;
}

/** Reads the table of contents only. Refused: what is no zip (`excel_broken`). */
export async function openZip(source: ByteSource, limits: FileLimits): Promise<ZipParts> {
  const zip = await broken(() =>
    yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, { lazyEntries: true, autoClose: false }),
  );
  const entries = new Map<string, yauzl.Entry>();
  await broken(async () => {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName.toLowerCase(), entry);
      if (entries.size > MAX_PARTS) unusable({ unusable: 'excel_bomb' });
    }
  });
  return {
    has: (name) => entries.has(name.toLowerCase()),
    size: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    text: (name) => textOf(zip, entries.get(name.toLowerCase()), limits),
  };
}

async function* textOf(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  limits: FileLimits,
): AsyncGenerator<string, void> {
  if (entry === undefined) return unusable({ unusable: 'excel_broken' });
  refuseSwelling(entry, limits);
  if (entry.isEncrypted()) unusable({ unusable: 'excel_old_or_locked' });
  const stream = await broken(() => zip.openReadStreamPromise(entry));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const chunks = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await broken(() => chunks.next());
      if (chunk.done) break;
      yield await broken(async () => decoder.decode(chunk.value, { stream: true }));
    }
    yield await broken(async () => decoder.decode());
  } finally {
    stream.destroy();
  }
}

/** The declared size may be trusted: yauzl stops a part that unpacks to more (or less) than it declares. */
function refuseSwelling(entry: yauzl.Entry, limits: FileLimits): void {
  const { compressedSize, uncompressedSize } = entry;
  const swells = uncompressedSize > RATIO_MATTERS_BYTES && uncompressedSize > MAX_RATIO * Math.max(1, compressedSize);
  if (swells || uncompressedSize > limits.maxUnpackedBytes) unusable({ unusable: 'excel_bomb' });
}

/** Whatever goes wrong inside a zip means one thing to its owner. */
async function broken<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof UnusableError) throw error;
    return unusable({ unusable: 'excel_broken' });
  }
}

/** Lets yauzl read from a byte source; the source is closed by its owner. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(rangeOf(this.#source, start, end), { objectMode: false });
  }
}

async function* rangeOf(source: ByteSource, start: number, end: number): AsyncGenerator<Buffer, void> {
  const step = 64 * 1024;
  for (let position = start; position < end; position += step) {
    yield await source.read(position, Math.min(step, end - position));
  }
}
