// The next instant at which there will be something to do, for whoever moves a clock.
import { everywhere } from './collections.ts';
import type { App } from './context.ts';

/** UTC epoch ms; absent when nothing is waiting for its time. */
export function nextDueAt(app: App): Promise<number | undefined> {
  return app.store.read(async (tx) => {
    const first = { group: everywhere, limit: 1 };
    const [order] = await tx.list('orders', 'byWake', first);
    const [refund] = await tx.list('refunds', 'byWake', first);
    const [notice] = await tx.list('notices', 'toDeliver', first);
    const instants = [order?.wakeAt, refund?.wakeAt, notice?.nextAttemptAt].filter((at) => at !== undefined);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  });
}
