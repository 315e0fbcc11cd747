// One process a directory. The system itself lets go of the lock when the process ends, however it ends.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreInUseError } from '../errors.ts';

/** Lets go of a lock. */
export type Release = () => void | Promise<void>;

/** A process just killed may take a moment to be gone. */
const triesMs = [0, 50, 100];

/**
 * Takes the lock of an existing directory.
 *
 * @param onlyReading does without the file in a directory that cannot be written
 * @returns what lets go of it
 * @throws StoreInUseError where another process, or this one, holds it
 */
export async function lockDirectory(directory: string, onlyReading = false): Promise<Release> {
  for (const ms of triesMs) {
    if (ms > 0) await wait(ms);
    const release = await tryLock(directory, onlyReading);
    if (release) return release;
  }
  throw new StoreInUseError(`The store in ${directory} is in use by another process. Stop that one first.`);
}

async function tryLock(directory: string, onlyReading: boolean): Promise<Release | undefined> {
  const releaseSocket = await bindSocket(directory);
  if (!releaseSocket) return undefined;
  let releaseFile: Release | undefined;
  try {
    releaseFile = lockFile(join(directory, 'lock'), onlyReading);
  } finally {
    if (!releaseFile) await releaseSocket();
  }
  if (!releaseFile) return undefined;
  return async () => {
    await releaseFile();
    await releaseSocket();
  };
}

/** A name that only one process can listen on: Linux's abstract sockets, Windows' pipes. Elsewhere the file alone decides. */
function socketName(directory: string): string | undefined {
  const { dev, ino } = fs.statSync(directory, { bigint: true });
  const name = `makegood-${createHash('sha256').update(`${dev}:${ino}`).digest('hex')}`;
  // As long as such names can be: versions of Node differ in whether they fill shorter ones up with zeros.
  if (process.platform === 'linux') return `\0${name.padEnd(107, '-')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return undefined;
}

async function bindSocket(directory: string): Promise<Release | undefined> {
  const name = socketName(directory);
  if (!name) return () => {};
  const server = net.createServer((socket) => socket.destroy());
  const isBound = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(name, () => resolve(true));
  });
  if (!isBound) return undefined;
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/**
 * An advisory lock on a file, which also holds between containers that share the directory. Node cannot take one by
 * itself: BSD systems take it while opening, on Linux the small program flock(1), where there is one, takes it for us. Such a lock belongs
 * to the open file, so it stays when that program has ended.
 */
function lockFile(path: string, onlyReading: boolean): Release | undefined {
  if (process.platform === 'win32') return () => {};
  const exclusiveLock = process.platform === 'linux' ? 0 : 0x20; // O_EXLOCK
  const { O_RDWR, O_CREAT, O_NONBLOCK } = fs.constants;
  let fd: number;
  try {
    fd = fs.openSync(path, O_RDWR | O_CREAT | O_NONBLOCK | exclusiveLock, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return undefined;
    if (onlyReading && (code === 'EROFS' || code === 'EACCES')) return () => {};
    throw error;
  }
  const isHeld = process.platform === 'linux' && isHeldElsewhere(fd);
  if (isHeld) fs.closeSync(fd);
  return isHeld ? undefined : () => fs.closeSync(fd);
}

function isHeldElsewhere(fd: number): boolean {
  const { status } = spawnSync('flock', ['-n', '-x', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
  return status === 1; // anything else, such as no such program: the socket alone decides
}
