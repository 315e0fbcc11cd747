// Marks messages that could not be delivered as seen, once they have been shown with the buyer's own command.
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import { record } from './record-case.ts';

/** Marks those of the notices that are this buyer's and not delivered yet. Answers how many. */
export async function seeNotices(app: App, request: Request, ids: readonly string[]): Promise<Outcome<number>> {
  if (ids.length === 0) return 0;
  const own = { operationId: `${request.operationId}:seen` };
  const outcome = await perform(app, own, async (tx, now) => {
    let seen = 0;
    for (const id of new Set(ids)) {
      const notice = await tx.get('notices', id);
      const mine =
        notice?.guildId === request.guildId && notice.to.type === 'buyer' && notice.to.userId === request.userId;
      if (!notice || !mine || notice.state !== 'undeliverable') continue;
      await tx.put('notices', { ...notice, state: 'sent', sentAt: now, way: 'next_command' });
      seen += 1;
      if (notice.orderId === undefined) continue;
      const order = { id: notice.orderId, guildId: notice.guildId };
      const data = { notice: notice.kind, noticeId: notice.id, way: 'next_command' };
      await record(tx, app, order, 'buyer_told', 'system', data, now);
    }
    return { seen };
  });
  return isRefusal(outcome) ? outcome : outcome.seen;
}
