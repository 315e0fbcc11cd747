// A file's bytes, from a path or from memory: read in chunks, several times over, never all at once.
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { unusable } from './reasons.ts';

export type FileInput = { readonly path: string } | { readonly bytes: Uint8Array };

export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `position`; fewer only at the end. Lets other work run first, also when read from memory. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Many chunks at a time: to ask the disk costs more than to read on. */
const READ_BYTES = 256 * 1024;
/** Small enough that what is done with it never holds the event loop for long: after it, other work runs first. */
const TURN_BYTES = 64 * 1024;
/** The rows of some twenty orders: what is being worked on at one time, and so has to be kept when memory is cleared, is little. */
const CHUNK_BYTES = 8 * 1024;

/** Refused: what cannot be opened or is no plain file (`unreadable`). */
export async function openBytes(input: FileInput): Promise<ByteSource> {
  return 'bytes' in input ? memorySource(input.bytes) : fileSource(input.path);
}

/** While one block is worked on the next is being read. */
export async function* chunksOf(source: ByteSource): AsyncGenerator<Buffer, void> {
  const blockAt = (position: number) =>
    source.read(position, Math.max(0, Math.min(READ_BYTES, source.size - position)));
  let reading = blockAt(0);
  for (let position = 0; position < source.size; position += READ_BYTES) {
    const block = await reading;
    reading = blockAt(position + READ_BYTES);
    reading.catch(() => {}); // seen when it is awaited
    for (let start = 0; start < block.length; start += CHUNK_BYTES) {
      if (start > 0 && start % TURN_BYTES === 0) await nextTurn();
      yield block.subarray(start, start + CHUNK_BYTES);
    }
  }
}

function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: buffer.length,
    read: async (position, length) => {
      await nextTurn();
      return buffer.subarray(position, position + length);
    },
    close: async () => {},
  };
}

async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r').catch(() => unusable({ unusable: 'unreadable' }));
  const stat = await handle.stat().catch(() => undefined);
  if (!stat?.isFile()) {
    await handle.close();
    return unusable({ unusable: 'unreadable' });
  }
  return {
    size: stat.size,
    read: (position, length) => readFully(handle, position, length),
    close: () => handle.close(),
  };
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
