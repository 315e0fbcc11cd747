// Takes back, at a start, the messages that a process which is no more was sending when it ended.
import type { Notice } from '../domain/notice/notice.ts';
import { leaseMs } from '../domain/notice/retry.ts';
import { everywhere } from './collections.ts';
import type { App } from './context.ts';
import { StoreUnavailableError } from './ports.ts';

const batchSize = 200;

/**
 * Makes leased messages due now instead of when their lease ends: the sooner one is tried again, the surer Discord still
 * knows its nonce and shows nobody the same message twice. To be called before anything is delivered; one process at a time
 * holds the store, so a lease found then is nobody's. A store that cannot be written now is no reason not to start: people
 * are answered from what is there, and the leases end by themselves.
 */
export async function releaseLeases(app: App): Promise<number> {
  const now = app.clock.now();
  const waiting = await app.store.read((tx) => tx.list('notices', 'toDeliver', { group: everywhere, from: now + 1 }));
  const leased = waiting.filter(
    (row) => row.lastAttemptAt !== undefined && row.nextAttemptAt === row.lastAttemptAt + leaseMs,
  );
  for (let start = 0; start < leased.length; start += batchSize) {
    const rows = leased.slice(start, start + batchSize).map((row) => ({ ...row, nextAttemptAt: now }));
    if (!(await putAll(app, rows))) return start;
  }
  return leased.length;
}

async function putAll(app: App, rows: readonly Notice[]): Promise<boolean> {
  try {
    await app.store.transact(async (tx) => {
      for (const row of rows) await tx.put('notices', row);
    });
    return true;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.error({ err: error }, 'messages wait for the store to be writable');
    return false;
  }
}
