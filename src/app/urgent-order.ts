// The most urgent open order of a person over all servers: for a DM, which has no server.
import type { App } from './context.ts';
import { mostUrgent } from './most-urgent.ts';

/** For this account only; what may be shown of it is decided where the order is read. */
export function mostUrgentOrder(
  app: App,
  userId: string,
): Promise<{ readonly guildId: string; readonly orderId: string } | undefined> {
  return app.store.read(async (tx) => {
    const [order] = await mostUrgent(tx, 'openByUser', userId, 1);
    return order && { guildId: order.guildId, orderId: order.id };
  });
}
