// Carries reports on to every order they affect, in batches, and goes on where a stop of the bot left them.
import { affects, concerns, type Incident } from '../domain/incident.ts';
import type { Order } from '../domain/order/order.ts';
import { applyIncident, counted } from './apply-incident.ts';
import { everywhere, keyOf } from './collections.ts';
import type { App } from './context.ts';
import type { ReadTx, Tx } from './ports.ts';

/** Orders a transaction: small enough that others need not wait for it. */
export const spreadBatch = 200;

const never = () => false;

/** Carries on every report that is still spreading, until `stopping`. Answers how many orders were reached. */
export async function spreadIncidents(app: App, stopping: () => boolean = never): Promise<number> {
  const spreading = await app.store.read((tx) => tx.list('incidents', 'spreading', { group: everywhere }));
  let reached = 0;
  for (const incident of spreading) reached += await spreadIncident(app, incident.id, stopping);
  return reached;
}

/**
 * Carries one report to the end. Answers how many orders were reached; safe to run twice at once.
 *
 * @param stopping asked between transactions; when true, the report stays spreading and is carried on later
 */
export async function spreadIncident(app: App, incidentId: string, stopping: () => boolean = never): Promise<number> {
  let reached = 0;
  for (;;) {
    const waiting = await app.store.read(async (tx) => {
      const incident = await tx.get('incidents', incidentId);
      return incident?.state === 'spreading' ? affectedOrders(tx, incident) : [];
    });
    if (waiting.length === 0) break;
    for (let at = 0; at < waiting.length; at += spreadBatch) {
      if (stopping()) return reached;
      const ids = waiting.slice(at, at + spreadBatch).map((order) => order.id);
      reached += await app.store.transact((tx) => spreadTo(app, tx, incidentId, ids));
    }
  }
  await app.store.transact((tx) => closeSpreading(tx, incidentId));
  return reached;
}

/** The open orders a report concerns. */
export async function concernedOrders(tx: ReadTx, incident: Incident): Promise<Order[]> {
  if (incident.orderId !== undefined) {
    const order = await tx.get('orders', incident.orderId);
    return order && concerns(incident, order) ? [order] : [];
  }
  const open = await tx.list('orders', 'openByMerchant', { group: keyOf(incident.guildId, incident.merchantId) });
  return open.filter((order) => concerns(incident, order));
}

/** The open orders a report concerns and that do not know of it yet. */
export async function affectedOrders(tx: ReadTx, incident: Incident): Promise<Order[]> {
  return (await concernedOrders(tx, incident)).filter((order) => affects(incident, order));
}

/** Applies a report to these orders and answers it with them counted in. */
export async function applyToAll(app: App, tx: Tx, incident: Incident, orders: readonly Order[]): Promise<Incident> {
  const now = app.clock.now();
  let after = incident;
  for (const order of orders) after = counted(after, await applyIncident(app, tx, incident, order, now));
  return after;
}

async function spreadTo(app: App, tx: Tx, incidentId: string, orderIds: readonly string[]): Promise<number> {
  const incident = await tx.get('incidents', incidentId);
  if (incident?.state !== 'spreading') return 0;
  const found = await Promise.all(orderIds.map((id) => tx.get('orders', id)));
  const orders = found.filter((order) => order !== undefined && affects(incident, order)) as Order[];
  await tx.put('incidents', await applyToAll(app, tx, incident, orders));
  return orders.length;
}

async function closeSpreading(tx: Tx, incidentId: string): Promise<void> {
  const incident = await tx.get('incidents', incidentId);
  if (incident?.state === 'spreading') await tx.put('incidents', { ...incident, state: 'open' });
}
