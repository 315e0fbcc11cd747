// Takes back, at a start, the messages that a process which is no more was sending when it ended.
import { leaseMs } from '../domain/notice/retry.ts';
import { everywhere } from './collections.ts';
import type { App } from './context.ts';

const batchSize = 200;

/**
 * Makes leased messages due now instead of when their lease ends: the sooner one is tried again, the surer Discord still
 * knows its nonce and shows nobody the same message twice. To be called before anything is delivered; one process at a time
 * holds the store, so a lease found then is nobody's.
 */
export async function releaseLeases(app: App): Promise<number> {
  const now = app.clock.now();
  const waiting = await app.store.read((tx) => tx.list('notices', 'toDeliver', { group: everywhere, from: now + 1 }));
  const leased = waiting.filter(
    (row) => row.lastAttemptAt !== undefined && row.nextAttemptAt === row.lastAttemptAt + leaseMs,
  );
  for (let start = 0; start < leased.length; start += batchSize) {
    await app.store.transact(async (tx) => {
      for (const row of leased.slice(start, start + batchSize)) await tx.put('notices', { ...row, nextAttemptAt: now });
    });
  }
  return leased.length;
}
