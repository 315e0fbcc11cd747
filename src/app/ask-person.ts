// A buyer wants to talk to a person: staff are told, once an hour for each buyer of an order.
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { isRecent } from '../domain/time.ts';
import { requireBuyer } from './access.ts';
import type { App, Request } from './context.ts';
import { queueNotice } from './notify.ts';
import { perform } from './perform.ts';
import type { ReadTx } from './ports.ts';
import { record } from './record-case.ts';

const hourMs = 3_600_000;

/**
 * Asking again within an hour answers the same and tells nobody again. Refuses `order_not_found`, and `staff_channel_missing`
 * where nobody would hear of it.
 */
export function askPerson(
  app: App,
  request: Request,
  { orderId }: { readonly orderId: string },
): Promise<Outcome<{ asked: true }>> {
  return perform(app, request, async (tx, now) => {
    const order = requireBuyer(request, await tx.get('orders', orderId), orderId);
    if (isRefusal(order)) return order;
    const settings = await tx.get('settings', order.guildId);
    if (settings?.staffChannelId === undefined) return refuse('staff_channel_missing');
    if (await hasAsked(tx, order.id, request.userId, now)) return { asked: true };
    await queueNotice(tx, app, {
      key: `person_asked:${order.id}:${request.userId}:${now}`,
      guildId: order.guildId,
      kind: 'person_asked',
      to: { type: 'staff' },
      orderId: order.id,
      data: { userId: request.userId },
      now,
    });
    await record(tx, app, order, 'person_asked', request.userId, {}, now);
    return { asked: true };
  });
}

/** Within the hour. */
async function hasAsked(tx: ReadTx, orderId: string, userId: string, now: number): Promise<boolean> {
  const notices = await tx.list('notices', 'byOrder', { group: orderId, newestFirst: true });
  return notices.some(
    ({ kind, data, createdAt }) =>
      kind === 'person_asked' && data.userId === userId && isRecent(createdAt, now, hourMs),
  );
}
