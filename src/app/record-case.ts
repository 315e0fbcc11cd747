// Appends one line to an order's case file.
import type { CaseEntry, CaseKind } from '../domain/case-file/entry.ts';
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';
import type { Tx } from './ports.ts';

/**
 * Records what happened to an order.
 *
 * @param by the account that acted, or `system`
 * @param data codes, amounts and ids only; free text nowhere but under `text` and `reference`
 * @param now UTC epoch ms
 */
export async function record(
  tx: Tx,
  app: Pick<App, 'ids'>,
  order: Pick<Order, 'id' | 'guildId'>,
  kind: CaseKind,
  by: CaseEntry['by'],
  data: CaseEntry['data'],
  now: number,
): Promise<void> {
  await tx.insert('caseEntries', {
    id: app.ids.next(),
    guildId: order.guildId,
    orderId: order.id,
    at: now,
    kind,
    by,
    data,
  });
}
