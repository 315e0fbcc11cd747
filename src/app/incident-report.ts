// What reports of a delay and of a stock-out have in common: how they are read, kept, and carried to the first orders.
import type { Incident } from '../domain/incident.ts';
import type { Merchant } from '../domain/merchant.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import type { Product } from '../domain/stock/product.ts';
import { isBlank, parseText } from '../domain/text.ts';
import { dayAfter, furthestAheadMs, parseLocalDate } from '../domain/time.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { type ReadTx, StoreUnavailableError, type Tx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';
import { affectedOrders, applyToAll, spreadBatch, spreadIncident } from './spread-incidents.ts';

const maxNote = 500;

export interface IncidentReceipt {
  readonly incidentId: string;
  /** Open orders concerned; of those: buyers who are told, and orders that no account is linked to yet. */
  readonly affected: number;
  readonly told: number;
  readonly unlinked: number;
}

export function newIncident(
  app: App,
  request: Request,
  merchant: Merchant,
  kind: Incident['kind'],
  now: number,
  said: Pick<Incident, 'reason' | 'orderId' | 'sku' | 'note' | 'newShipAt'>,
): Incident {
  return {
    id: app.ids.next(),
    guildId: merchant.guildId,
    merchantId: merchant.id,
    kind,
    ...said,
    reportedBy: request.userId,
    reportedAt: now,
    state: 'spreading',
    affected: 0,
    told: 0,
    unlinked: 0,
  };
}

/**
 * The date and the note, read and checked; a refusal has an `example` of a date that would do. A date more than a year ahead
 * is taken for a slip: buyers would be told of it.
 */
export async function aboutOf(
  app: App,
  tx: ReadTx,
  merchant: Merchant,
  date: string | undefined,
  note: string | undefined,
  now: number,
): Promise<Outcome<Pick<Incident, 'note' | 'newShipAt'>>> {
  const { timeZone } = await remindersOf(app, tx, { guildId: merchant.guildId, merchantId: merchant.id });
  const newShipAt = date === undefined ? undefined : aheadOf(now, date, timeZone);
  if (isRefusal(newShipAt)) return newShipAt;
  const text = note === undefined || isBlank(note) ? undefined : parseText(note, maxNote);
  if (isRefusal(text)) return text;
  return { ...(newShipAt !== undefined && { newShipAt }), ...(text !== undefined && { note: text }) };
}

function aheadOf(now: number, date: string, timeZone: string): Outcome<number> {
  const at = parseLocalDate(date, timeZone, { endOfDay: true });
  // A date that can be typed as it stands, whatever day it is.
  const said = { text: date.slice(0, 40), example: dayAfter(now, timeZone) };
  if (isRefusal(at)) return refuse(at.refused, said);
  if (at <= now) return refuse('date_in_past', said);
  return at - now > furthestAheadMs ? refuse('date_too_far', said) : at;
}

/** The product as kept, or made from an open order that has the SKU. */
export async function reportedProduct(tx: ReadTx, merchant: Merchant, typed: string): Promise<Outcome<Product>> {
  const sku = typed.trim();
  const { guildId, id: merchantId } = merchant;
  const known = await tx.get('products', keyOf(guildId, merchantId, sku));
  if (known) return known;
  const open = await tx.list('orders', 'openByMerchant', { group: keyOf(guildId, merchantId) });
  const line = open.flatMap((order) => order.lines).find((candidate) => candidate.sku === sku);
  if (!line) return refuse('sku_not_found', { sku: sku.slice(0, 64) });
  return { guildId, merchantId, sku, name: line.name, substitutes: [] };
}

/** Keeps the report and tells the first batch of orders, all in one transaction. */
export async function beginReport(app: App, tx: Tx, incident: Incident): Promise<IncidentReceipt> {
  const orders = await affectedOrders(tx, incident);
  const spread = await applyToAll(app, tx, incident, orders.slice(0, spreadBatch));
  await tx.put('incidents', { ...spread, state: orders.length > spreadBatch ? 'spreading' : 'open' });
  const told = orders.filter((order) => order.buyer).length;
  return { incidentId: incident.id, affected: orders.length, told, unlinked: orders.length - told };
}

/** A report too large for one transaction is carried on at once; where the store gives out, the sweep does it later. */
export async function carryOn(
  app: App,
  report: () => Promise<Outcome<IncidentReceipt>>,
): Promise<Outcome<IncidentReceipt>> {
  const receipt = await report();
  if (isRefusal(receipt) || receipt.affected <= spreadBatch) return receipt;
  try {
    await spreadIncident(app, receipt.incidentId);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.warn({ incidentId: receipt.incidentId }, 'a report is carried on later: the store could not be written');
  }
  return receipt;
}
