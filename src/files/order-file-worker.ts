// The thread that reads one order file: started by `order-file-thread.ts`.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { OrderBatches } from './order-file.ts';
import { readOrderBatches } from './read-order-file.ts';
import { UnusableError } from './reasons.ts';
import { type AskForOrders, BATCHES_AHEAD, type Opened, type OrdersRead, type ReadTask } from './thread-messages.ts';

/** How many batches the other side has room for, as it says through the port. */
class Room {
  #free = BATCHES_AHEAD;
  #isWanted = true;
  #changed = () => {};

  constructor(port: MessagePort) {
    port.on('message', () => {
      this.#free += 1;
      this.#changed();
    });
    port.on('close', () => {
      this.#isWanted = false;
      this.#changed();
    });
  }

  /** Waits until there is room for one more. False: nobody wants any more. */
  async take(): Promise<boolean> {
    while (this.#isWanted && this.#free === 0) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    this.#free -= 1;
    return this.#isWanted;
  }
}

async function handOut(file: OrderBatches, port: MessagePort): Promise<void> {
  const room = new Room(port);
  const say = (message: OrdersRead) => port.postMessage(message);
  try {
    for await (const batch of file.batches()) {
      if (!(await room.take())) return;
      say(batch);
    }
    say({ end: true });
  } catch (error) {
    if (!(error instanceof UnusableError)) throw error;
    say(error.file);
  }
}

async function main({ input, options }: ReadTask): Promise<void> {
  const file = await readOrderBatches(input, options);
  if ('unusable' in file) {
    parentPort?.postMessage(file satisfies Opened);
    return;
  }
  // What throws here ends the thread, and the one who asked is told.
  parentPort?.on('message', ({ port }: AskForOrders) => void handOut(file, port));
  const { source, encoding, rows, notes } = file;
  parentPort?.postMessage({ source, encoding, rows, notes } satisfies Opened);
}

await main(workerData as ReadTask);
