// The refunds' part of the sweep: staff hear of what is due soon and of what is overdue, once each.
import type { Refund } from '../domain/refund/refund.ts';
import { refundUrgency, refundWakeAt } from '../domain/refund/wake.ts';
import { everywhere } from './collections.ts';
import type { App } from './context.ts';
import { gather } from './gather.ts';
import type { Tx } from './ports.ts';

const batchSize = 200;
const maxBatches = 20;
/** A list waits this long for the batches that are still to come, so that staff get one. */
const gatheringMs = 60_000;

/** Reminds staff of refunds at `now` (UTC ms). Answers how many were brought up; the rest is left when `stopping`. */
export async function sweepRefunds(app: App, now: number, stopping: () => boolean): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < maxBatches && !stopping(); batch++) {
    const swept = await app.store.transact((tx) => sweepBatch(app, tx, now));
    total += swept;
    if (swept < batchSize) break;
  }
  return total;
}

async function sweepBatch(app: App, tx: Tx, now: number): Promise<number> {
  const due = await tx.list('refunds', 'byWake', { group: everywhere, to: now, limit: batchSize });
  const byGuild = new Map<string, string[]>();
  for (const refund of due) {
    await tx.put('refunds', reminded(refund, now));
    if (refund.state === 'due') byGuild.set(refund.guildId, [...(byGuild.get(refund.guildId) ?? []), refund.id]);
  }
  const notBefore = due.length === batchSize ? now + gatheringMs : now;
  for (const [guildId, ids] of byGuild) {
    await gather(tx, app, { guildId, kind: 'refund_watch', to: { type: 'staff' }, ids, now, notBefore });
  }
  return due.length;
}

function reminded(refund: Refund, now: number): Refund {
  const { wakeAt: _old, ...rest } = refund;
  const after: Refund = { ...rest, reminded: refundUrgency(refund, now) === 'overdue' ? 'overdue' : 'soon' };
  const wakeAt = refundWakeAt(after);
  return wakeAt === undefined ? after : { ...after, wakeAt };
}
