// The embedded store: transactions one after another in memory, durable in groups.
import type { CollectionName, IndexName, RecordOf } from '../../app/collections.ts';
import type { IndexQuery, ReadTx, Store, Tx } from '../../app/ports.ts';
import type { JournalAdapter } from './adapter.ts';
import type { Committer } from './committer.ts';
import type { View } from './document.ts';
import type { Release } from './lock.ts';
import { Writes } from './writes.ts';

class ViewTx implements ReadTx {
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  async get<C extends CollectionName>(collection: C, key: string): Promise<RecordOf<C> | undefined> {
    return this.#view.get(collection, key) as RecordOf<C> | undefined;
  }

  async list<C extends CollectionName>(collection: C, index: IndexName<C>, query: IndexQuery): Promise<RecordOf<C>[]> {
    return this.#view.list(collection, index, query) as RecordOf<C>[];
  }

  async count<C extends CollectionName>(
    collection: C,
    index: IndexName<C>,
    query: Pick<IndexQuery, 'group' | 'from' | 'to'>,
  ): Promise<number> {
    return this.#view.count(collection, index, query);
  }
}

class WriteTx extends ViewTx implements Tx {
  readonly #writes: Writes;

  constructor(view: View, writes: Writes) {
    super(view);
    this.#writes = writes;
  }

  async insert<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<boolean> {
    return this.#writes.insert(collection, record);
  }

  async put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void> {
    this.#writes.put(collection, record);
  }

  async delete<C extends CollectionName>(collection: C, key: string): Promise<void> {
    this.#writes.delete(collection, key);
  }
}

export class EmbeddedStore implements Store {
  readonly #committer: Committer;
  readonly #adapter: JournalAdapter;
  readonly #closingMs: number;
  readonly #release: Release;
  /** Ends when the transactions asked for so far have run. */
  #turn: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #closing: Promise<void> | undefined;

  /** @param closingMs how long closing waits for a snapshot */
  constructor(committer: Committer, adapter: JournalAdapter, closingMs: number, release: Release) {
    this.#committer = committer;
    this.#adapter = adapter;
    this.#closingMs = closingMs;
    this.#release = release;
  }

  async read<T>(work: (tx: ReadTx) => Promise<T>): Promise<T> {
    this.#refuseClosed();
    const view = this.#committer.openReader();
    try {
      return await work(new ViewTx(view));
    } finally {
      this.#committer.releaseReader(view);
    }
  }

  async transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.#refuseClosed();
    this.#queued++;
    const turn = this.#turn.then(() => this.#run(work));
    this.#turn = turn.catch(() => {});
    const { durable, answer } = await turn;
    await durable;
    return answer();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Runs one transaction. The next may run as soon as this has, before its writes are durable. */
  async #run<T>(work: (tx: Tx) => Promise<T>): Promise<{ durable: Promise<void>; answer: () => T }> {
    const view = this.#committer.pending;
    const writes = new Writes(view);
    try {
      const value = await work(new WriteTx(view, writes));
      writes.end();
      return { durable: this.#committer.commit(view, writes.ops), answer: () => value };
    } catch (error) {
      writes.undo();
      const thrower = (): never => {
        throw error;
      };
      // What made it throw may not be durable yet.
      return { durable: this.#committer.commit(view, []), answer: thrower };
    } finally {
      this.#queued--;
      // The last one waiting closes the group. Where one takes its time, those before it do not wait for it.
      if (this.#queued === 0) this.#committer.flush();
      else setImmediate(() => this.#committer.flush());
    }
  }

  async #close(): Promise<void> {
    await this.#turn;
    const timer = setTimeout(() => this.#adapter.abortSnapshot(), this.#closingMs);
    try {
      await this.#committer.idle();
      if (this.#adapter.isSnapshotDue) this.#committer.startSnapshot();
      await this.#committer.idle();
    } finally {
      clearTimeout(timer);
      await this.#adapter.close();
      await this.#release();
    }
  }

  #refuseClosed(): void {
    if (this.#closing) throw new Error('the store is closed');
  }
}
