// Carries a merchant's report to one order: its trouble, its case file, and its buyer.
import { type Incident, troubleOf } from '../domain/incident.ts';
import { isAnswered, type Order, type Trouble } from '../domain/order/order.ts';
import { evolve } from '../domain/order/state.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { ReadTx, Tx } from './ports.ts';
import { record } from './record-case.ts';
import { saveOrder } from './save-order.ts';

/** Applies a report to an order it affects, and answers the order as saved. */
export async function applyIncident(app: App, tx: Tx, incident: Incident, order: Order, now: number): Promise<Order> {
  const saved = await saveOrder(app, tx, order, withTrouble(order, incident, now), now);
  await noteTrouble(app, tx, saved, incident, now);
  return saved;
}

export function withTrouble(order: Order, incident: Incident, now: number): Order {
  return evolve(order, { type: 'trouble_reported', trouble: troubleOf(incident, now) });
}

/** Writes the report into the order's case file and queues the message to its buyer, where it has one. */
export async function noteTrouble(app: App, tx: Tx, order: Order, incident: Incident, now: number): Promise<void> {
  const { id, kind, reason, sku, newShipAt, note, reportedBy } = incident;
  const data = {
    incidentId: id,
    reason,
    ...(sku !== undefined && { sku }),
    ...(newShipAt !== undefined && { newShipAt }),
    ...(note !== undefined && { text: note }),
  };
  await record(tx, app, order, kind === 'stock_out' ? 'stock_out_reported' : 'delay_reported', reportedBy, data, now);
  await tellTrouble(app, tx, order, now);
}

/**
 * Queues the message about the trouble that stands on an order to its buyer, once for each report and order; and to one who has
 * not heard of it although there was a message: it went to the buyer before, or came to nothing when it was to be said.
 */
export async function tellTrouble(app: App, tx: Tx, order: Order, now: number): Promise<void> {
  const { id, trouble, buyer, version } = order;
  if (!trouble || !buyer || isAnswered(order)) return;
  const message = {
    key: `incident:${trouble.incidentId}:${id}`,
    guildId: order.guildId,
    kind: 'trouble_reported',
    to: { type: 'buyer', userId: buyer.userId },
    orderId: id,
    data: { incidentId: trouble.incidentId, kind: trouble.kind, reason: trouble.reason },
    now,
  } as const;
  if ((await queueNotice(tx, app, message)) || (await isTold(tx, order, trouble, buyer.userId))) return;
  await queueNotice(tx, app, { ...message, key: `${message.key}:${buyer.userId}:${version}` });
}

async function isTold(tx: ReadTx, { id }: Order, { incidentId }: Trouble, userId: string): Promise<boolean> {
  const notices = await tx.list('notices', 'byOrder', { group: id });
  return notices.some(({ kind, to, state, data }) => {
    const isAbout = kind === 'trouble_reported' && data.incidentId === incidentId && state !== 'dropped';
    return isAbout && to.type === 'buyer' && to.userId === userId;
  });
}

/** The report with one more order counted in. */
export function counted(incident: Incident, order: Order): Incident {
  const { affected, told, unlinked } = incident;
  return order.buyer
    ? { ...incident, affected: affected + 1, told: told + 1 }
    : { ...incident, affected: affected + 1, unlinked: unlinked + 1 };
}

/** Whether the report is in the order's case file: then it has been counted, and its buyer told. */
export async function hasHeard(tx: ReadTx, order: Order, incident: Incident): Promise<boolean> {
  const entries = await tx.list('caseEntries', 'byOrder', { group: order.id });
  return entries.some(({ kind, data }) => reportKinds.has(kind) && data.incidentId === incident.id);
}

const reportKinds: ReadonlySet<string> = new Set(['stock_out_reported', 'delay_reported']);
