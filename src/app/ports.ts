// What the application needs of the world, declared here by its consumer.
import type { Notice } from '../domain/notice/notice.ts';
import type { Locale } from '../domain/scalars.ts';
import type { CollectionName, IndexName, RecordOf } from './collections.ts';

/** A stretch of one index: records of `group`, ordered by the index's order value, ties by key. */
export interface IndexQuery {
  readonly group: string;
  /** Inclusive bounds on the order value; records without one sort as 0. */
  readonly from?: number;
  readonly to?: number;
  /** At most this many; all when absent. */
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

/** Reads of one consistent, committed state. Records are frozen: change a copy and `put` it. */
export interface ReadTx {
  get<C extends CollectionName>(collection: C, key: string): Promise<RecordOf<C> | undefined>;
  list<C extends CollectionName>(collection: C, index: IndexName<C>, query: IndexQuery): Promise<RecordOf<C>[]>;
  /** How many `list` would answer, without the limit. */
  count<C extends CollectionName>(
    collection: C,
    index: IndexName<C>,
    query: Pick<IndexQuery, 'group' | 'from' | 'to'>,
  ): Promise<number>;
}

/** Reads see what this transaction has written so far. A record written is the store's from then on, and may be frozen. */
export interface Tx extends ReadTx {
  /** Writes a record that must be new. False, and nothing is written, when its key or a unique index entry is taken. */
  insert<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<boolean>;
  /** Writes a record, in place of the one with its key if there is one. Throws where a unique index entry is another's. */
  put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void>;
  delete<C extends CollectionName>(collection: C, key: string): Promise<void>;
}

export interface Store {
  read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` against the newest state, then makes its writes durable, all or none, and only then resolves. Others see
   * them from then on. When `work` throws, nothing is written and the error is passed on. `work` may be run again by stores
   * that resolve conflicts by retrying, so it does nothing but read and write through `tx`.
   * @throws StoreUnavailableError when the writes could not be made durable; none of them is visible then.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Waits for what is under way, and lets go of the store. */
  close(): Promise<void>;
}

/** The store cannot be written now (disk full, read-only, I/O error). What was asked for has not happened. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

export interface Clock {
  /** UTC epoch milliseconds. */
  now(): number;
}

export interface Ids {
  /** A new id: 16 characters of Crockford base 32, time-ordered, unguessable enough not to collide. */
  next(): string;
}

/** Where the app says what happened; never personal data. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where a message goes. For a thread, `channelId` is the thread's own, and the person is added to it and mentioned. */
export type Target =
  | { readonly type: 'dm'; readonly userId: string }
  | { readonly type: 'channel'; readonly channelId: string }
  | { readonly type: 'thread'; readonly channelId: string; readonly userId: string };

/**
 * Why a message did not get there. `later`: it may the next time. `obsolete`: as things now stand there is nothing left to
 * say. `gone`: there is no such person or channel. `forbidden`: the bot may not.
 */
export interface NotDelivered {
  readonly ok: false;
  readonly why: 'dm_closed' | 'gone' | 'forbidden' | 'later' | 'obsolete';
  /** With `later`: not before this many ms. */
  readonly retryAfterMs?: number;
}

export type Delivery = { readonly ok: true; readonly channelId: string; readonly messageId: string } | NotDelivered;

/** Brings notices to people. Expected failures are answers; what throws is a bug. */
export interface Messenger {
  /** The same notice sent to the same place again within some minutes is one message (its id is the nonce). */
  send(target: Target, notice: Notice, locale: Locale): Promise<Delivery>;
  /**
   * Opens a private thread for a person. Asked twice it opens two: remember the answer. `forbidden` too where the person may
   * not see the channel: they would never see the thread.
   */
  openThread(
    channelId: string,
    name: string,
    userId: string,
  ): Promise<{ readonly ok: true; readonly channelId: string } | NotDelivered>;
}
