// Brings a marketplace's orders in: batch by batch, each in one transaction, the same file twice without effect.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Merchant, merchantSchema } from '../domain/merchant.ts';
import type { OrderDraft } from '../domain/order-draft.ts';
import { type Outcome, refuse } from '../domain/refusal.ts';
import { requireMerchant } from './access.ts';
import type { App, Request } from './context.ts';
import { type ImportCounts, type ImportTarget, importBatch } from './import-batch.ts';
import { StoreUnavailableError } from './ports.ts';

/** Orders a transaction: large enough to share the cost of making it durable, small enough not to keep others waiting. */
const batchSize = 125;
/** The first are smaller: what runs for the first time runs many times slower, and others would be kept waiting. */
const firstBatchSize = 15;
const batchGrowth = 2;
/** So many batches may be on their way to the disk while the next is read. Those that wait are made durable together. */
const batchesAhead = 3;
/** So many rejects are kept for the report; each one is handed to `onReject`. */
const maxRejectsKept = 1000;

/** What the reader of a file yields for each order: a draft, or why its rows could not be taken. `R`: the reader's own. */
export type ReadOrder<R> = { readonly draft: OrderDraft } | { readonly rejected: readonly R[] };

export interface ImportOptions<R> {
  /** Does everything but keep it. */
  readonly dryRun: boolean;
  readonly onProgress?: ((soFar: Readonly<ImportCounts>) => void) | undefined;
  /** Called with all that is wrong with one order. */
  readonly onReject?: ((rejects: readonly R[]) => void) | undefined;
}

export interface ImportReport<R> extends Readonly<ImportCounts> {
  /** The first thousand. */
  readonly rejected: readonly R[];
  /** All there were; a row may have several. */
  readonly rejectedTotal: number;
}

/**
 * Imports orders for a merchant, which is created where unknown. An order is identified by merchant and number; known ones
 * are brought up to date without losing what happened here (`mergeDraft`). What was saved before a failure stays saved:
 * running the file again goes on from there. Memory is bounded at any length.
 * Refuses `id_invalid` for a merchant id that cannot be one, `store_not_writable` ({imported, updated, unchanged}; kind
 * `partly` where some were saved before).
 */
export async function importOrders<R>(
  app: App,
  target: ImportTarget,
  orders: AsyncIterable<readonly ReadOrder<R>[]>,
  options: ImportOptions<R>,
): Promise<Outcome<ImportReport<R>>> {
  if (!merchantSchema.shape.id.safeParse(target.merchantId).success)
    return refuse('id_invalid', { id: target.merchantId.slice(0, 64) });
  const counts: ImportCounts = { imported: 0, updated: 0, unchanged: 0 };
  const rejects = rejectList(options);
  let drafts: OrderDraft[] = [];
  const saving: Promise<void>[] = [];
  let size = firstBatchSize;
  const save = async (batch: readonly OrderDraft[]) => {
    add(counts, await runBatch(app, target, batch, options.dryRun));
    options.onProgress?.(counts);
  };
  const flush = async () => {
    if (saving.length >= batchesAhead) await saving.shift();
    const saved = save(drafts);
    saved.catch(() => {}); // seen when it is awaited
    saving.push(saved);
    drafts = [];
    size = Math.min(batchSize, size + batchGrowth);
    await nextTurn(); // this one runs, and is on its way to the disk, before the next begins; others have their turn between
  };
  try {
    for await (const some of orders) {
      for (const read of some) {
        if ('rejected' in read) rejects.add(read.rejected);
        else if (drafts.push(read.draft) >= size) await flush();
      }
    }
    if (drafts.length > 0) await flush();
    await Promise.all(saving);
  } catch (error) {
    await Promise.allSettled(saving); // what was saved nevertheless is counted
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.error({ err: error }, 'the store could not be written');
    const kept = counts.imported + counts.updated;
    return refuse('store_not_writable', { ...(kept > 0 && { kind: 'partly' }), ...counts });
  }
  return { ...counts, rejected: rejects.kept, rejectedTotal: rejects.total() };
}

/** The merchant a member imports for. Refuses as `requireMerchant`. */
export function requireImportTarget(app: App, request: Request, merchantId?: string): Promise<Outcome<Merchant>> {
  return app.store.read((tx) => requireMerchant(tx, request, merchantId));
}

/** Carries the counts of a dry run out of the transaction that it undoes. */
class DryRun extends Error {
  readonly counts: ImportCounts;
  constructor(counts: ImportCounts) {
    super('dry run');
    this.counts = counts;
  }
}

async function runBatch(
  app: App,
  target: ImportTarget,
  drafts: readonly OrderDraft[],
  dryRun: boolean,
): Promise<ImportCounts> {
  try {
    return await app.store.transact(async (tx) => {
      const counts = await importBatch(app, tx, target, drafts);
      if (dryRun) throw new DryRun(counts);
      return counts;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.counts;
    throw error;
  }
}

function add(counts: ImportCounts, more: ImportCounts): void {
  counts.imported += more.imported;
  counts.updated += more.updated;
  counts.unchanged += more.unchanged;
}

function rejectList<R>({ onReject }: ImportOptions<R>) {
  const kept: R[] = [];
  let total = 0;
  return {
    kept,
    total: () => total,
    add(rejects: readonly R[]) {
      total += rejects.length;
      kept.push(...rejects.slice(0, maxRejectsKept - kept.length));
      onReject?.(rejects);
    },
  };
}
