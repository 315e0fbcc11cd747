// Commits transactions in groups: those that wait share one append, then reach memory, then are answered.
import type { Low } from 'lowdb';
import { type Log, StoreUnavailableError } from '../../app/ports.ts';
import type { JournalAdapter } from './adapter.ts';
import { type Document, type Op, View } from './document.ts';
import { causeOf } from './files.ts';
import { encodeLine, type TransactionLine } from './journal-format.ts';

interface Waiting {
  /** Absent for one that wrote nothing and only waits for what it has read. */
  readonly line?: Buffer;
  readonly ops: readonly Op[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class Committer {
  readonly #db: Low<Document>;
  readonly #adapter: JournalAdapter;
  readonly #log: Log;
  readonly #readers = new Set<View>();
  #pending: View;
  #seq: number;
  #waiting: Waiting[] = [];
  #isFlushing = false;
  #flushed: Promise<void> = Promise.resolve();
  #snapshot: Promise<void> = Promise.resolve();
  readonly #quietMs: number;
  /** Runs from the last write until a snapshot that is due is taken. */
  #quiet: NodeJS.Timeout | undefined;

  /** @param quietMs how long nothing is written before a snapshot that is due is taken; one that is overdue does not wait */
  constructor(db: Low<Document>, adapter: JournalAdapter, log: Log, quietMs: number) {
    this.#db = db;
    this.#adapter = adapter;
    this.#log = log;
    this.#quietMs = quietMs;
    this.#pending = new View(db.data);
    this.#seq = db.data.seq;
  }

  /** Committed and waiting writes together: what the next transaction starts from. A new one after a failure. */
  get pending(): View {
    return this.#pending;
  }

  /** A view of what is committed now, which stays as it is until it is released. */
  openReader(): View {
    const view = new View(this.#db.data);
    this.#readers.add(view);
    return view;
  }

  releaseReader(view: View): void {
    this.#readers.delete(view);
  }

  /**
   * Resolves once the writes, laid over `built` already, are durable and visible, and with them all they were built on.
   *
   * @param built the view they were made in
   * @throws StoreUnavailableError when they could not be made durable
   */
  commit(built: View, ops: readonly Op[]): Promise<void> {
    if (built !== this.#pending) return Promise.reject(unavailable(undefined));
    if (ops.length === 0) return this.settled();
    const line = encodeLine(JSON.stringify({ seq: this.#seq + 1, ops } satisfies TransactionLine));
    this.#seq++;
    return new Promise((resolve, reject) => this.#waiting.push({ line, ops, resolve, reject }));
  }

  /** Resolves once all that waits now is durable. */
  settled(): Promise<void> {
    if (!this.#isFlushing && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ ops: [], resolve, reject }));
  }

  /** Starts writing out what waits, unless that is under way. */
  flush(): void {
    if (this.#isFlushing || this.#waiting.length === 0) return;
    this.#isFlushing = true;
    this.#flushed = this.#flushAll();
  }

  /** Takes a snapshot if one is due: as soon as writing pauses, so that it does not compete with a long import. */
  snapshotIfDue(): void {
    clearTimeout(this.#quiet);
    if (!this.#adapter.isSnapshotDue) return;
    if (this.#quietMs === 0 || this.#adapter.isSnapshotOverdue) this.startSnapshot();
    else this.#quiet = setTimeout(() => this.#quietened(), this.#quietMs).unref();
  }

  /** Takes a snapshot in the background. A failure is logged: the journal has everything. */
  startSnapshot(): void {
    this.#snapshot = this.#db.write().catch((error: unknown) => {
      this.#log.warn({ cause: causeOf(error) }, 'no snapshot could be taken; the journal goes on');
    });
  }

  /** Waits for writes and a snapshot under way. */
  async idle(): Promise<void> {
    this.flush();
    await this.#flushed;
    clearTimeout(this.#quiet);
    await this.#snapshot;
  }

  /** A snapshot is not begun amid an append; the end of that asks again. */
  #quietened(): void {
    if (!this.#isFlushing) this.startSnapshot();
  }

  async #flushAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#flushGroup(group);
    }
    this.#isFlushing = false; // at once: what commits from now on starts the next flush
  }

  async #flushGroup(group: readonly Waiting[]): Promise<void> {
    const lines = group.flatMap(({ line }) => (line ? [line] : []));
    try {
      if (lines.length > 0) await this.#adapter.append(lines);
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    for (const { ops, line } of group) {
      for (const op of ops) this.#apply(op);
      if (line) this.#db.data.seq++;
    }
    for (const { resolve } of group) resolve();
    this.snapshotIfDue();
  }

  #apply(op: Op): void {
    for (const reader of this.#readers) reader.keep(op);
    this.#db.data.apply(op);
    this.#pending.settle(op);
  }

  /** Drops the group, and all that was built on it. */
  #fail(group: readonly Waiting[], error: unknown): void {
    const dropped = [...group, ...this.#waiting];
    this.#waiting = [];
    this.#pending = new View(this.#db.data);
    this.#seq = this.#db.data.seq;
    const failure = unavailable(error);
    for (const { reject } of dropped) reject(failure);
  }
}

function unavailable(error: unknown): StoreUnavailableError {
  const cause = error === undefined ? 'a change it was built on could not be saved' : causeOf(error);
  return new StoreUnavailableError(`The change was not saved: ${cause}.`, { cause: error });
}
