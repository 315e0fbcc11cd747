// lowdb's adapter: reads snapshot and journal, writes snapshots, and between two of those appends to the journal.
import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import type { Log } from '../../app/ports.ts';
import { type Migration, schemaVersion } from '../migrations.ts';
import { Document } from './document.ts';
import { causeOf, type Files, type OpenFile, writeDurably } from './files.ts';
import { type ClosingLine, encodeLine, headerLine, journalName } from './journal-format.ts';
import { type LoadedStore, loadStore } from './load.ts';
import { type SnapshotHeader, snapshotName } from './snapshot-format.ts';
import { type RecordsOf, recordsOf, writeSnapshot } from './snapshot-write.ts';

export interface AdapterOptions {
  readonly directory: string;
  readonly files: Files;
  readonly migrations: readonly Migration[];
  readonly log: Log;
  /** A snapshot is due once the journals are larger; by default than 16 MiB, and than half of the last snapshot. */
  readonly journalBytes: number | undefined;
}

const usualJournalBytes = 1 << 24;

const overdueFactor = 8;

/** A journal that is not written to any more. */
interface Older {
  readonly after: number;
  readonly size: number;
}

/** The journal being written. */
interface Active {
  readonly after: number;
  readonly file: OpenFile;
  /** Where the next line goes: the end of what is known to be durable. */
  size: number;
}

export class JournalAdapter implements Adapter<Document> {
  readonly #options: AdapterOptions;
  readonly #schema: number;
  readonly #giveUp = new AbortController();
  #active: Active | undefined;
  /** Journals before the active one that the last snapshot still needs. */
  #older: readonly Older[] = [];
  /** The journal may have more bytes than are known to be good. */
  #isBroken = false;
  #rotating: Promise<unknown> = Promise.resolve();
  #isWriting = false;
  /** The journals' size from which a snapshot is due. */
  #dueBytes = 0;

  constructor(options: AdapterOptions) {
    this.#options = options;
    this.#schema = schemaVersion(options.migrations);
  }

  /** Reads what is on disk, makes a new store where there is none, and makes ready to append. */
  async read(): Promise<Document> {
    const { files, directory, migrations } = this.#options;
    const loaded = await loadStore(files, directory, migrations);
    if (loaded) await this.#resume(loaded);
    else await this.#begin();
    return loaded?.document ?? new Document();
  }

  get isSnapshotDue(): boolean {
    return !this.#isWriting && this.#active !== undefined && this.#journalBytes > this.#dueBytes;
  }

  /** Whether it cannot be put off: the next start would have to read too much. */
  get isSnapshotOverdue(): boolean {
    return this.isSnapshotDue && this.#journalBytes > this.#dueBytes * overdueFactor;
  }

  /** Makes lines durable, all or none, and resolves then. When it rejects, what is left of them is cut off, now or before the next. */
  async append(lines: readonly Buffer[]): Promise<void> {
    await this.#rotating;
    await this.#write(this.#get(), lines.length === 1 ? (lines[0] as Buffer) : Buffer.concat(lines));
  }

  /**
   * Takes a snapshot of the document as it is at the call. Appending may go on meanwhile; it waits by itself until the
   * new journal stands. Not to be called while an append is under way.
   */
  async write(document: Document): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    const { seq } = document;
    try {
      const copied = this.#rotate(seq).then(() => recordsOf(document));
      this.#rotating = copied.catch(() => {});
      await this.#writeSnapshot(seq, await copied);
      await this.#remove(this.#older);
      this.#older = [];
    } catch (error) {
      this.#dueBytes = this.#journalBytes + (this.#options.journalBytes ?? usualJournalBytes);
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Makes a snapshot under way end soon, without effect. */
  abortSnapshot(): void {
    this.#giveUp.abort();
  }

  async close(): Promise<void> {
    await this.#active?.file.close();
    this.#active = undefined;
  }

  async #begin(): Promise<void> {
    this.#active = await this.#beginJournal(0);
    await this.#writeSnapshot(0, []);
  }

  async #resume({ journal, olderJournals, snapshot, leftovers, document }: LoadedStore): Promise<void> {
    await this.#remove(leftovers);
    this.#setDue(snapshot.bytes);
    if (snapshot.schema < this.#schema) this.#dueBytes = 0; // so that it is not migrated at every start
    this.#older = olderJournals;
    if (journal.transactions === 0 && (journal.size === 0 || journal.schema < this.#schema)) {
      this.#active = await this.#beginJournal(journal.after);
      return;
    }
    const file = await this.#options.files.open(this.#path(journal.after), 'rs+');
    this.#active = { after: journal.after, file, size: journal.size };
    if (journal.tornBytes > 0) {
      this.#options.log.warn({ bytes: journal.tornBytes }, 'cut off the unfinished last line of the journal');
      await this.#mend(this.#active);
    }
    // Records of this version must not stand under the header of an older one.
    if (journal.schema < this.#schema) await this.#rotate(document.seq);
  }

  /** Goes on in a new journal, unless nothing was written to this one. */
  async #rotate(seq: number): Promise<void> {
    const active = this.#get();
    if (active.after === seq) return;
    const next = await this.#beginJournal(seq);
    try {
      await this.#write(active, encodeLine(JSON.stringify({ continued: seq } satisfies ClosingLine)));
    } catch (error) {
      await next.file.close();
      // While the closing line may still be on disk, what it leads to has to stay.
      if (!this.#isBroken) await this.#remove([{ after: seq }]);
      throw error;
    }
    this.#active = next;
    this.#older = [...this.#older, active];
    await active.file.close();
  }

  async #beginJournal(after: number): Promise<Active> {
    const { files, directory } = this.#options;
    const file = await files.open(this.#path(after), 'ws');
    try {
      const header = headerLine(this.#schema, after);
      await writeDurably(file, header, 0);
      await files.syncDirectory(directory);
      return { after, file, size: header.length };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #write(active: Active, bytes: Buffer): Promise<void> {
    if (this.#isBroken) await this.#mend(active);
    try {
      await writeDurably(active.file, bytes, active.size);
      if (!active.file.isNamed()) throw new Error(`${journalName(active.after)} was deleted while it was in use`);
    } catch (error) {
      this.#isBroken = true;
      await this.#mend(active).catch(() => {});
      throw error;
    }
    active.size += bytes.length;
  }

  /** Cuts the journal back to what is known to be good. Also after a failed sync, whose bytes may or may not be on disk. */
  async #mend(active: Active): Promise<void> {
    await active.file.truncate(active.size);
    await active.file.sync();
    this.#isBroken = false;
  }

  async #writeSnapshot(seq: number, tables: RecordsOf): Promise<void> {
    const { files, directory } = this.#options;
    const header: SnapshotHeader = {
      snapshot: 'makegood',
      format: 1,
      schema: this.#schema,
      seq,
      journal: journalName(seq),
    };
    this.#setDue(await writeSnapshot(files, join(directory, snapshotName), header, tables, this.#giveUp.signal));
  }

  #setDue(snapshotBytes: number): void {
    this.#dueBytes = this.#options.journalBytes ?? Math.max(usualJournalBytes, snapshotBytes / 2);
  }

  /** Journals no longer needed. Where one cannot be removed, the next start tries again. */
  async #remove(journals: readonly Pick<Older, 'after'>[]): Promise<void> {
    for (const { after } of journals) {
      await this.#options.files.remove(this.#path(after)).catch((error: unknown) => {
        this.#options.log.warn(
          { journal: journalName(after), cause: causeOf(error) },
          'an old journal could not be removed',
        );
      });
    }
  }

  /** How much the next start would have to read besides the snapshot. */
  get #journalBytes(): number {
    return this.#older.reduce((sum, { size }) => sum + size, this.#active?.size ?? 0);
  }

  #path(after: number): string {
    return join(this.#options.directory, journalName(after));
  }

  #get(): Active {
    if (!this.#active) throw new Error('the store is closed');
    return this.#active;
  }
}
