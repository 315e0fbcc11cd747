// Marks messages that could not be delivered as seen, once they have been shown with the buyer's own command.
import type { Notice } from '../domain/notice/notice.ts';
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';

/**
 * Marks those of the notices that are this buyer's and not delivered yet. Answers how many were shown.
 *
 * @param outdated those that had nothing left to say: let go of, and told nobody
 */
export async function seeNotices(
  app: App,
  request: Request,
  shown: readonly string[],
  outdated: readonly string[] = [],
): Promise<Outcome<number>> {
  if (shown.length + outdated.length === 0) return 0;
  const own = { operationId: `${request.operationId}:seen` };
  const outcome = await perform(app, own, async (tx, now) => {
    for (const notice of await unseenOf(tx, request, outdated)) {
      await tx.put('notices', { ...notice, state: 'dropped', failure: 'obsolete' });
    }
    const seen = await unseenOf(tx, request, shown);
    for (const notice of seen) await markSeen(app, tx, notice, now);
    return { seen: seen.length };
  });
  return isRefusal(outcome) ? outcome : outcome.seen;
}

async function unseenOf(tx: Tx, { guildId, userId }: Request, ids: readonly string[]): Promise<Notice[]> {
  const found = await Promise.all([...new Set(ids)].map((id) => tx.get('notices', id)));
  return found
    .filter((notice) => notice !== undefined)
    .filter(({ guildId: server, to, state }) => {
      const own = server === guildId && to.type === 'buyer' && to.userId === userId;
      return own && state === 'undeliverable';
    });
}

async function markSeen(app: App, tx: Tx, notice: Notice, now: number): Promise<void> {
  const { id: noticeId, guildId, orderId, kind } = notice;
  await tx.put('notices', { ...notice, state: 'sent', sentAt: now, way: 'next_command' });
  if (orderId === undefined) return;
  const data = { notice: kind, noticeId, way: 'next_command' };
  await record(tx, app, { id: orderId, guildId }, 'buyer_told', 'system', data, now);
}
