// What the thread that reads an order file and the one that asked for it say to each other.
import type { MessagePort } from 'node:worker_threads';
import type { FileInput } from './bytes.ts';
import type { OpenOptions, OrderFileFacts } from './order-file.ts';
import type { FileUnusable } from './reasons.ts';

/** Given to the thread at its start. It answers with an `Opened`. */
export interface ReadTask {
  readonly input: FileInput;
  readonly options: OpenOptions;
}

export type Opened = OrderFileFacts | FileUnusable;

/** Asks for all orders, from the first on, through a port of their own. Closing the port ends it. */
export interface AskForOrders {
  readonly port: MessagePort;
}

/**
 * Through that port: some orders, as lists (`OrderItem[]`) in JSON, which cost the one who reads them less than copies of
 * objects would; last, that there are no more, or that the rest cannot be read.
 */
export type OrdersRead = readonly string[] | { readonly end: true } | FileUnusable;

/** So many batches may be under way. Each one taken is answered by a `TAKEN`, and lets another one come. */
export const BATCHES_AHEAD = 8;
export const TAKEN = 'taken';
