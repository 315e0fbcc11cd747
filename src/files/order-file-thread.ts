// Reads an order file in a thread of its own, so that the one that answers people only has to take what was read.
import { on, once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, Worker } from 'node:worker_threads';
import { projectPath } from '../root.ts';
import type { FileInput } from './bytes.ts';
import { UPLOAD_LIMITS } from './limits.ts';
import { type OpenOptions, type OrderFile, parsed } from './order-file.ts';
import { type FileUnusable, UnusableError, unusable } from './reasons.ts';
import { type AskForOrders, type Opened, type OrdersRead, type ReadTask, TAKEN } from './thread-messages.ts';

/** As many as do not take the processor from everybody else; further files are read in the thread that asks. */
const MAX_THREADS = 2;
/** For all there is besides a workbook's table of texts. */
const HEAP_MEGABYTES = 256;
const BYTES_PER_SHARED_CHAR = 4;
/** Half of where new objects are made. Nearly all that a reader makes is soon forgotten, so that it needs little room. */
const SEMI_SPACE_MEGABYTES = 4;

let threads = 0;

export function hasFreeThread(): boolean {
  return threads < MAX_THREADS;
}

/**
 * As `readOrderFile`, in a thread that lives until the file is closed. A file that takes more memory than the thread may
 * have is `unreadable`; any other end of the thread before that is thrown where the file is being waited for.
 */
export async function readInThread(
  input: FileInput,
  options: OpenOptions,
  heapMegabytes = heapFor(options),
): Promise<OrderFile | FileUnusable> {
  const thread = new ReaderThread({ input, options }, heapMegabytes);
  try {
    const opened = await thread.opened();
    if (!('unusable' in opened)) {
      return { ...opened, orders: () => parsed(thread.batches()), close: () => thread.end() };
    }
    await thread.end();
    return opened;
  } catch (error) {
    await thread.end();
    if (error instanceof UnusableError) return error.file;
    throw error;
  }
}

class ReaderThread {
  readonly #worker: Worker;
  /** Aborted once nothing more will come from the thread; the reason says why. */
  readonly #over = new AbortController();

  constructor(task: ReadTask, heapMegabytes: number) {
    // The setting the process was started with would go before any limit of the thread's. Heaps already there keep theirs.
    setFlagsFromString(`--max-semi-space-size=${SEMI_SPACE_MEGABYTES}`);
    this.#worker = new Worker(projectPath('scripts/run.mjs'), {
      argv: ['src/files/order-file-worker.ts'],
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    threads += 1;
    this.#worker.on('error', (error) => this.#over.abort(reasonOf(error)));
    this.#worker.on('exit', () => {
      threads -= 1;
      this.#over.abort(new Error('The thread that reads a file has ended.'));
    });
  }

  /** What the thread says once it has read through the file. */
  async opened(): Promise<Opened> {
    const { signal } = this.#over;
    try {
      const [opened] = await once(this.#worker, 'message', { signal });
      return opened as Opened;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  }

  /** Some orders at a time, as lists in JSON. */
  async *batches(): AsyncGenerator<readonly string[], void> {
    const { signal } = this.#over;
    const { port1: port, port2 } = new MessageChannel();
    try {
      const messages = on(port, 'message', { signal });
      this.#worker.postMessage({ port: port2 } satisfies AskForOrders, [port2]);
      for await (const [read] of messages as AsyncIterable<[OrdersRead]>) {
        if (!isLists(read)) return endOf(read);
        yield read;
        port.postMessage(TAKEN);
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      port.close();
    }
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    this.#over.abort(new Error('The file was closed.'));
    await this.#worker.terminate();
  }
}

function isLists(read: OrdersRead): read is readonly string[] {
  return Array.isArray(read);
}

function endOf(read: Exclude<OrdersRead, readonly string[]>): void {
  if ('unusable' in read) unusable(read);
}

function heapFor({ limits = UPLOAD_LIMITS }: OpenOptions): number {
  return HEAP_MEGABYTES + Math.ceil((limits.maxSharedTextChars * BYTES_PER_SHARED_CHAR) / 1024 / 1024);
}

/** Memory is the file's matter, anything else a bug. */
function reasonOf(error: NodeJS.ErrnoException): Error {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new UnusableError({ unusable: 'unreadable' }) : error;
}
