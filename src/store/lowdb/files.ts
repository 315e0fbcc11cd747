// The file system as the store uses it: few calls, so that tests can make each of them fail.
import fs from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface OpenFile {
  /** How many bytes were read, 0 at the end. */
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<number>;
  /** How many bytes were written; may be fewer than asked. */
  write(buffer: Buffer, offset: number, length: number, position: number): Promise<number>;
  truncate(size: number): Promise<void>;
  /** Whether a write is durable once it is answered, without a `sync`. */
  readonly writesThrough: boolean;
  /** Makes what was written durable: data, and as much about the file as reading it back takes. */
  sync(): Promise<void>;
  /** Whether it still has a name: one that was deleted can be written to, and nobody finds it again. Asks no disk. */
  isNamed(): boolean;
  close(): Promise<void>;
}

/** `r` read; `w` write, new and empty in place of an old one. To write through, where the system can: `ws` as `w`, `rs+` one there is. */
export type OpenMode = 'r' | 'w' | 'ws' | 'rs+';

export interface Files {
  open(path: string, how: OpenMode): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  list(directory: string): Promise<string[]>;
  makeDirectory(path: string): Promise<void>;
  /** Makes names made, moved or removed in a directory durable. */
  syncDirectory(path: string): Promise<void>;
}

type Done<T> = (error: NodeJS.ErrnoException | null, value: T) => void;

// The callback functions on a bare descriptor: measurably less work per write than a FileHandle.
function call<T = void>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function openFile(fd: number, writesThrough: boolean): OpenFile {
  const countsNames = fs.fstatSync(fd).nlink > 0; // some file systems do not
  return {
    writesThrough,
    read: (buffer, offset, length, position) =>
      call<number>((done) => fs.read(fd, buffer, offset, length, position, done)),
    write: (buffer, offset, length, position) =>
      call<number>((done) => fs.write(fd, buffer, offset, length, position, done)),
    truncate: (size) => call((done) => fs.ftruncate(fd, size, done as fs.NoParamCallback)),
    sync: () => call((done) => fs.fdatasync(fd, done as fs.NoParamCallback)),
    isNamed: () => !countsNames || fs.fstatSync(fd).nlink > 0,
    close: () => call((done) => fs.close(fd, done as fs.NoParamCallback)),
  };
}

const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_TRUNC, O_DSYNC } = fs.constants;
const flags: Readonly<Record<OpenMode, number>> = {
  r: O_RDONLY,
  w: O_WRONLY | O_CREAT | O_TRUNC,
  ws: O_WRONLY | O_CREAT | O_TRUNC,
  'rs+': O_RDWR,
};

/** One call to the disk in place of two. Linux alone: Windows has no such flag, and macOS leaves the disk's own cache out of it. */
const throughFlag = process.platform === 'linux' ? O_DSYNC : 0;

async function open(path: string, how: OpenMode): Promise<OpenFile> {
  const through = how === 'ws' || how === 'rs+' ? throughFlag : 0;
  // Readable by the owner alone: there are names and addresses in it.
  const fd = await call<number>((done) => fs.open(path, flags[how] | through, 0o600, done));
  return openFile(fd, through !== 0);
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return; // a directory cannot be opened there
  const handle = await fs.promises.open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Not Node's own recursion, which never ends where a file system takes no folders and says there is none, as /proc does. */
async function makeDirectory(path: string): Promise<void> {
  try {
    await fs.promises.mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeDirectory(dirname(path));
      await fs.promises.mkdir(path, { mode: 0o700 }).catch(takesNone);
    } else if (!(await isDirectory(path))) {
      throw error;
    }
  }
}

/** "No such folder" for a folder in one that is there. */
function takesNone(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? Object.assign(error, { code: 'EPERM' }) : error;
}

async function isDirectory(path: string): Promise<boolean> {
  return fs.promises.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

export const realFiles: Files = {
  open,
  rename: (from, to) => fs.promises.rename(from, to),
  remove: (path) => fs.promises.rm(path, { force: true }),
  list: (directory) => fs.promises.readdir(directory),
  makeDirectory: async (path) => {
    await makeDirectory(resolve(path));
  },
  syncDirectory,
};

/** Writes all of `buffer`, in as many calls as it takes. */
export async function writeFully(file: OpenFile, buffer: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < buffer.length) {
    const count = await file.write(buffer, written, buffer.length - written, position + written);
    if (count === 0) throw new Error('the file took no more bytes');
    written += count;
  }
}

/** As `writeFully`, and durable then. */
export async function writeDurably(file: OpenFile, buffer: Buffer, position: number): Promise<void> {
  await writeFully(file, buffer, position);
  if (!file.writesThrough) await file.sync();
}

/** Much at a time: each read costs the waking of another thread. */
const readBytes = 1 << 20;

/** As text this stays below the size from which the engine clears memory away only now and then. */
const stretchBytes = 1 << 16;

/**
 * Reads a file in stretches that end with a newline; the last may end without one. A stretch is good until the next but
 * one is asked for. While one is worked on the next is being read.
 */
export async function* readStretches(file: OpenFile): AsyncGenerator<Buffer, undefined> {
  let buffer = Buffer.allocUnsafe(readBytes);
  let spare = Buffer.allocUnsafe(readBytes);
  let kept = 0;
  let position = 0;
  let reading = file.read(buffer, 0, buffer.length, 0);
  for (;;) {
    const count = await reading;
    if (count === 0) break;
    position += count;
    const filled = kept + count;
    const end = buffer.lastIndexOf(0x0a, filled - 1) + 1;
    kept = filled - end;
    if (spare.length < 2 * kept) spare = Buffer.allocUnsafe(4 * kept);
    buffer.copy(spare, 0, end, filled);
    reading = file.read(spare, kept, spare.length - kept, position);
    reading.catch(() => {}); // seen when it is awaited
    yield* stretches(buffer.subarray(0, end));
    [buffer, spare] = [spare, buffer];
  }
  if (kept > 0) yield buffer.subarray(0, kept);
}

/** Whole lines in stretches of `stretchBytes` at most, save where one line is longer. */
function* stretches(lines: Buffer): Generator<Buffer, undefined> {
  for (let at = 0; at < lines.length; ) {
    const most = at + stretchBytes;
    const fitting = most < lines.length ? lines.lastIndexOf(0x0a, most - 1) + 1 : lines.length;
    const end = fitting > at ? fitting : lines.indexOf(0x0a, most) + 1;
    yield lines.subarray(at, end);
    at = end;
  }
}

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'files may not grow any further',
  EROFS: 'the disk is read-only',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'access is not allowed',
  EPERM: 'access is not allowed',
  EIO: 'the disk reported an error',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a file is in the way',
  EMFILE: 'too many files are open',
};

/** The cause of a file system's error in plain words, with its code. */
export function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const cause = code ? causes[code] : undefined;
  return cause ? `${cause} (${code})` : error instanceof Error ? (code ?? error.message) : String(error);
}
