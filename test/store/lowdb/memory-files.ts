// A file system in memory that knows what would survive a power cut, and can be made to fail at any call.
import type { Files, OpenFile, OpenMode } from '../../../src/store/lowdb/files.ts';

interface Inode {
  data: Buffer;
  /** What was last synced. */
  durable: Buffer;
}

export function errorOf(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made to fail`), { code });
}

export interface Fault {
  /** What the call rejects with. */
  readonly error: Error;
  /** For a write: how many of its bytes, as a fraction, reach the file before. Where all do, what fails is making them durable. */
  readonly written?: number;
}

/** Asked before every call; its answer makes the call fail. */
export type Faults = (call: number, name: string) => Fault | undefined;

export class MemoryFiles implements Files {
  faults: Faults = () => undefined;
  calls = 0;
  readonly #canWriteThrough: boolean;
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();

  /** @param canWriteThrough whether this system has such a way of writing */
  constructor(canWriteThrough = true) {
    this.#canWriteThrough = canWriteThrough;
  }

  /** The files as the next start finds them: after a kill all that was written, after a power cut what was synced. */
  after(end: 'kill' | 'power cut'): MemoryFiles {
    const survivors = new MemoryFiles(this.#canWriteThrough);
    for (const [path, { data, durable }] of end === 'kill' ? this.#names : this.#durableNames) {
      survivors.put(path, end === 'kill' ? data : durable);
    }
    return survivors;
  }

  put(path: string, content: Buffer): void {
    const inode = { data: Buffer.from(content), durable: Buffer.from(content) };
    this.#names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  content(path: string): Buffer {
    return Buffer.from(this.#inode(path).data);
  }

  paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  async open(path: string, how: OpenMode): Promise<OpenFile> {
    await this.#call(`open ${how}`);
    if (how === 'w' || how === 'ws') {
      const old = this.#names.get(path);
      if (old) old.data = Buffer.alloc(0);
      else this.#names.set(path, { data: Buffer.alloc(0), durable: Buffer.alloc(0) });
    }
    return this.#file(this.#inode(path), this.#canWriteThrough && (how === 'ws' || how === 'rs+'));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#call('rename');
    this.#names.set(to, this.#inode(from));
    this.#names.delete(from);
  }

  async remove(path: string): Promise<void> {
    await this.#call('remove');
    this.#names.delete(path);
  }

  async list(directory: string): Promise<string[]> {
    await this.#call('list');
    return this.paths().flatMap((path) => (path.startsWith(`${directory}/`) ? [path.slice(directory.length + 1)] : []));
  }

  async makeDirectory(): Promise<void> {
    await this.#call('makeDirectory');
  }

  async syncDirectory(): Promise<void> {
    await this.#call('syncDirectory');
    this.#durableNames = new Map(this.#names);
  }

  #file(inode: Inode, writesThrough: boolean): OpenFile {
    return {
      writesThrough,
      read: async (buffer, offset, length, position) => {
        await this.#call('read');
        return inode.data.copy(buffer, offset, position, position + length);
      },
      write: async (buffer, offset, length, position) => {
        const fault = this.#fault('write');
        const count = fault ? Math.floor(length * (fault.written ?? 0)) : length;
        await tick();
        const end = Math.max(inode.data.length, count === 0 ? 0 : position + count);
        const data = Buffer.alloc(end);
        inode.data.copy(data);
        buffer.copy(data, position, offset, offset + count);
        inode.data = data;
        // What was to be written through may all have reached the file, and yet not the disk.
        if (fault && (count === 0 || (writesThrough && count === length))) throw fault.error;
        if (writesThrough) inode.durable = data;
        return count;
      },
      truncate: async (size) => {
        await this.#call('truncate');
        inode.data = Buffer.from(inode.data.subarray(0, size));
      },
      sync: async () => {
        await this.#call('sync');
        inode.durable = inode.data;
      },
      isNamed: () => [...this.#names.values()].includes(inode),
      close: () => tick(),
    };
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (!inode) throw errorOf('ENOENT');
    return inode;
  }

  #fault(name: string): Fault | undefined {
    return this.faults(this.calls++, name);
  }

  async #call(name: string): Promise<void> {
    const fault = this.#fault(name);
    await tick();
    if (fault) throw fault.error;
  }
}

/** A turn of the event loop, as a real call takes. */
function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
