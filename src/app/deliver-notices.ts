// Carries messages from the outbox to people: leases a few rows, sends them, writes down what came of each.
import { addresseeKey, type Notice } from '../domain/notice/notice.ts';
import { leaseMs, longestRetryMs } from '../domain/notice/retry.ts';
import { everywhere, keyOf } from './collections.ts';
import type { App } from './context.ts';
import { type Attempt, attempt } from './notice-ways.ts';
import { type Messenger, type ReadTx, StoreUnavailableError } from './ports.ts';
import { type Settled, settle } from './settle-notice.ts';

/** Messages under way at once. */
const batchSize = 10;
/** Clocks are set by less than this all the time. */
const clockStepMs = 60_000;

export interface DeliveryReport {
  sent: number;
  later: number;
  undeliverable: number;
  dropped: number;
}

/** What happened to a leased row, where it could not be written down yet. */
export interface Unsettled {
  readonly notice: Notice;
  readonly attempt: Attempt;
}

export interface DeliveryOptions {
  /** Waited for between batches: the pace. */
  readonly pause?: () => Promise<void>;
  /** Asked before each batch: true ends the run. */
  readonly stopping?: () => boolean;
  /** Kept by the caller over runs: what was sent while the store was not writable is not sent again. By notice id. */
  readonly unsettled?: Map<string, Unsettled>;
}

/**
 * Delivers what is due, batch by batch, and what comes of that. A row is leased before it is tried, so that a crash in between
 * only delays it; what was sent and not marked is sent again under the same nonce. One run at a time; a row that fails does not
 * stop the others.
 *
 * @throws StoreUnavailableError where the store cannot be written: call again later, with the same `unsettled`.
 */
export async function deliverNotices(
  app: App,
  messenger: Messenger,
  { pause, stopping = () => false, unsettled = new Map() }: DeliveryOptions = {},
): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: 0, later: 0, undeliverable: 0, dropped: 0 };
  for (const done of [...unsettled.values()]) await writeDown(app, done, unsettled, report);
  while (!stopping()) {
    const leased = await lease(app);
    const endedBefore = ended(report);
    const results = await Promise.allSettled(
      inLanes(leased).map((lane) => deliverLane(app, messenger, lane, unsettled, report, stopping)),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const isFull = leased.length === batchSize;
    if (!isFull && ended(report) === endedBefore) break;
    if (isFull) await pause?.();
  }
  return report;
}

/** Rows in place of which there may be others now, to be delivered at once: one for each member, or word to staff. */
function ended({ undeliverable, dropped }: DeliveryReport): number {
  return undeliverable + dropped;
}

async function lease(app: App): Promise<Notice[]> {
  const now = app.clock.now();
  if ((await app.store.read((tx) => toLease(tx, now, 1))).length === 0) return [];
  return app.store.transact(async (tx) => {
    const rows = await toLease(tx, now, batchSize);
    const leased = rows.map((row) => ({
      ...row,
      attempts: row.attempts + 1,
      lastAttemptAt: now,
      nextAttemptAt: now + leaseMs,
    }));
    for (const row of leased) await tx.put('notices', row);
    return leased;
  });
}

/** What is due; and, before it, what was put off by a clock that has been set back since, and would wait for that time again. */
async function toLease(tx: ReadTx, now: number, limit: number): Promise<Notice[]> {
  const all = { group: everywhere, limit };
  const furthest = await tx.list('notices', 'toDeliver', { ...all, from: now + 1, newestFirst: true });
  const stranded = furthest.filter((row) => Math.max(row.createdAt, triedAt(row)) > now + clockStepMs);
  const due = await tx.list('notices', 'toDeliver', { ...all, to: now });
  return [...stranded, ...due].slice(0, limit);
}

/** When it was last tried, or at the latest; 0 where it never was. */
function triedAt({ lastAttemptAt, nextAttemptAt, attempts }: Notice): number {
  return lastAttemptAt ?? (attempts > 0 ? nextAttemptAt - longestRetryMs : 0);
}

/** What goes to the same addressee goes in order, one after another; the rest side by side. */
function inLanes(notices: readonly Notice[]): Notice[][] {
  const lanes = new Map<string, Notice[]>();
  for (const notice of notices) {
    const lane = keyOf(notice.guildId, addresseeKey(notice.to));
    lanes.set(lane, [...(lanes.get(lane) ?? []), notice]);
  }
  return [...lanes.values()];
}

async function deliverLane(
  app: App,
  messenger: Messenger,
  lane: readonly Notice[],
  unsettled: Map<string, Unsettled>,
  report: DeliveryReport,
  stopping: () => boolean,
): Promise<void> {
  for (const notice of lane) {
    const done = { notice, attempt: await attemptSafely(app, messenger, notice) };
    unsettled.set(notice.id, done);
    await writeDown(app, done, unsettled, report);
    // What is left stays leased until the next start.
    if (stopping()) return;
  }
}

async function attemptSafely(app: App, messenger: Messenger, notice: Notice): Promise<Attempt> {
  try {
    return await attempt(app, messenger, notice);
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    app.log.error({ err: error, noticeId: notice.id, kind: notice.kind }, 'a notice could not be delivered');
    return { type: 'failed' };
  }
}

async function writeDown(
  app: App,
  { notice, attempt }: Unsettled,
  unsettled: Map<string, Unsettled>,
  report: DeliveryReport,
): Promise<void> {
  try {
    const settled: Settled = await app.store.transact((tx) => settle(app, tx, notice, attempt, app.clock.now()));
    report[settled] += 1;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    app.log.error({ err: error, noticeId: notice.id }, 'what came of a notice could not be written down');
  }
  unsettled.delete(notice.id);
}
