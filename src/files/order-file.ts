// What an opened order file offers, wherever it is being read.
import type { SourceName } from './format.ts';
import type { FileLimits } from './limits.ts';
import type { OrderItem } from './order-reader.ts';
import type { FileNote } from './reasons.ts';

export interface OpenOptions {
  /** Where the file comes from; found out from the header row when absent. */
  readonly source?: SourceName;
  /** IANA name of the zone in which the file's times are written, where they do not say themselves. */
  readonly timeZone: string;
  /** UTC epoch ms. */
  readonly now: number;
  /** Default: what is right for a file somebody sent. */
  readonly limits?: FileLimits;
}

/** What is known of the whole file before any order is handed out. */
export interface OrderFileFacts {
  readonly source: SourceName;
  /** utf-8, utf-16le, utf-16be, gb18030 or xlsx. */
  readonly encoding: string;
  /** Rows below the header, blank ones aside. */
  readonly rows: number;
  readonly notes: readonly FileNote[];
}

export interface OrderFile extends OrderFileFacts {
  /**
   * Reads the orders, some at a time, each once its last row has been read; may be called again. Held at a time: a few
   * hundred, and those whose rows lie apart and are not complete yet.
   */
  orders(): AsyncIterable<readonly OrderItem[]>;
  close(): Promise<void>;
}

/** An order file whose orders come several at once. */
export interface OrderBatches extends OrderFileFacts {
  /**
   * Some orders at a time, as lists (`OrderItem[]`) in JSON: those whose last rows are near each other; may be asked for
   * again. As JSON they can go to another thread at little cost, have no empty fields, and do not keep in memory the part of
   * the file that their strings were cut from.
   */
  batches(): AsyncIterable<readonly string[]>;
  close(): Promise<void>;
}

export async function* parsed(batches: AsyncIterable<readonly string[]>): AsyncGenerator<readonly OrderItem[], void> {
  for await (const lists of batches) for (const list of lists) yield JSON.parse(list) as OrderItem[];
}
