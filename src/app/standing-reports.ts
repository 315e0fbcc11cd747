// The reports that stand on the SKUs of an order, whenever it came in: what is out of stock, and what will be late.
import type { Incident } from '../domain/incident.ts';
import type { Order, OrderLine } from '../domain/order/order.ts';
import type { Product } from '../domain/stock/product.ts';
import type { ReadTx } from './ports.ts';
import type { Shelf } from './shelf.ts';

export interface StandingReport {
  /** The first line with the SKU it is about. */
  readonly line: OrderLine;
  readonly incident: Incident;
}

/**
 * One for each SKU: an open stock-out, else a delay that ends after the order's ship-by instant. Stock-outs first, then in
 * the order of the lines.
 *
 * @param now UTC epoch ms
 */
export async function standingReports(tx: ReadTx, shelf: Shelf, order: Order, now: number): Promise<StandingReport[]> {
  const reports: StandingReport[] = [];
  for (const line of order.lines) {
    const product = await shelf.get(line.sku);
    if (!isReported(product) || reports.some((report) => report.line.sku === line.sku)) continue;
    const incident = await standingOn(tx, product, order, now);
    if (incident) reports.push({ line, incident });
  }
  const of = (kind: Incident['kind']) => reports.filter(({ incident }) => incident.kind === kind);
  return reports.length > 1 ? [...of('stock_out'), ...of('delay')] : reports;
}

/** Those beside the one that the order's trouble is about; none where it has no trouble. */
export async function furtherReports(tx: ReadTx, shelf: Shelf, order: Order, now: number): Promise<StandingReport[]> {
  const { trouble } = order;
  if (!trouble || order.lines.length === 1) return [];
  const reports = await standingReports(tx, shelf, order, now);
  return reports.filter(({ line, incident }) => line.sku !== trouble.sku && incident.id !== trouble.incidentId);
}

/** When what is wrong besides is expected; `undefined` where nobody knows. */
export function datesOf(reports: readonly StandingReport[]): (number | undefined)[] {
  return reports.map(({ incident }) => incident.newShipAt);
}

/** True where a report may stand on a product. */
export function isReported(product: Product | undefined): product is Product {
  return product?.stockOutIncidentId !== undefined || product?.delayIncidentId !== undefined;
}

async function standingOn(tx: ReadTx, product: Product, order: Order, now: number): Promise<Incident | undefined> {
  const { stockOutIncidentId, delayIncidentId } = product;
  const stockOut = await openReport(tx, stockOutIncidentId);
  if (stockOut || delayIncidentId === undefined) return stockOut;
  const delay = await openReport(tx, delayIncidentId);
  const until = delay?.newShipAt ?? now;
  return until > now && order.shipBy !== undefined && order.shipBy.at < until ? delay : undefined;
}

async function openReport(tx: ReadTx, incidentId: string | undefined): Promise<Incident | undefined> {
  const incident = incidentId === undefined ? undefined : await tx.get('incidents', incidentId);
  return incident?.state === 'resolved' ? undefined : incident;
}
