// A merchant reports that orders will be late or cannot be had: one report, every affected buyer told once.
import { type Incident, isInTime, knowsDelay, saysTheSame } from '../domain/incident.ts';
import type { Merchant } from '../domain/merchant.ts';
import { type IncidentReason, isOpen, type Order } from '../domain/order/order.ts';
import { notOpen } from '../domain/order/state.ts';
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { Product } from '../domain/stock/product.ts';
import { findOrderForMerchant, requireMerchant, requireMerchantOfOrder } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import {
  aboutOf,
  beginReport,
  carryOn,
  type IncidentReceipt,
  newIncident,
  reportedProduct,
} from './incident-report.ts';
import { perform } from './perform.ts';
import type { ReadTx, Tx } from './ports.ts';
import { resolveIncident } from './resolve-incident.ts';
import { concernedOrders } from './spread-incidents.ts';

const maxSubstitutes = 25;

export interface StockOutReport {
  readonly sku: string;
  readonly reason: IncidentReason;
  /** `YYYY-MM-DD[ HH:mm]` in the merchant's zone: when it is expected back. Without a time: the end of that day. */
  readonly restock?: string | undefined;
  /** SKUs of the same merchant that may be sent instead, best first; absent: those known already. */
  readonly substitutes?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly merchantId?: string | undefined;
}

export interface DelayReport {
  /** `YYYY-MM-DD[ HH:mm]` in the merchant's zone. Without a time: the end of that day. */
  readonly until: string;
  readonly reason: IncidentReason;
  /** One order, or every open order with the SKU; both: the order, for that line. */
  readonly order?: string | undefined;
  readonly sku?: string | undefined;
  readonly note?: string | undefined;
  readonly merchantId?: string | undefined;
}

/**
 * Reports a SKU out of stock. Its counted stock becomes zero; orders that come in later are told too, until it is restocked.
 * Reporting it again with another date, reason, note or substitutes is a new report. Refuses `already_reported` ({reportedAt})
 * where it says nothing new, `sku_not_found`, `substitute_unknown` ({sku}), `list_invalid` ({max}), `date_invalid`,
 * `date_in_past`, `date_too_far` (a year), `text_too_long`, and whatever `requireMerchant` refuses.
 */
export async function reportStockout(
  app: App,
  request: Request,
  report: StockOutReport,
): Promise<Outcome<IncidentReceipt>> {
  return carryOn(app, () =>
    perform(app, request, async (tx, now) => {
      const target = await stockOutTarget(tx, request, report);
      if (isRefusal(target)) return target;
      const { merchant, product } = target;
      const about = await aboutOf(app, tx, merchant, report.restock?.trim() || undefined, report.note, now);
      if (isRefusal(about)) return about;

      const incident = newIncident(app, request, merchant, 'stock_out', now, {
        sku: product.sku,
        reason: report.reason,
        ...about,
      });
      const earlier = await sameStockOut(tx, product, incident);
      if (earlier) return refuse('already_reported', { reportedAt: earlier.reportedAt });
      if (product.stockOutIncidentId !== undefined) await resolveIncident(tx, product.stockOutIncidentId);
      await tx.put('products', {
        ...product,
        stockOutIncidentId: incident.id,
        ...(product.stock !== undefined && { stock: 0 }),
      });
      return beginReport(app, tx, incident);
    }),
  );
}

/**
 * Reports a new date for one order, or for every open order with a SKU that was to ship sooner; of a SKU, such orders that
 * come in later are told too, until more comes in or the date has passed. Refuses `sku_missing` where neither is named,
 * `date_not_later` ({order, shipByAt}) where the order was to ship no sooner, `sku_not_found`, `order_not_found`,
 * `order_closed`, `already_shipped`, `unpaid_order`, `already_reported` where all these orders know just that, and as
 * `reportStockout` does.
 */
export async function reportDelay(app: App, request: Request, report: DelayReport): Promise<Outcome<IncidentReceipt>> {
  return carryOn(app, () =>
    perform(app, request, async (tx, now) => {
      const target = await delayTarget(tx, request, report);
      if (isRefusal(target)) return target;
      const { merchant, order, sku, product } = target;
      const about = await aboutOf(app, tx, merchant, report.until, report.note, now);
      if (isRefusal(about)) return about;
      const incident = newIncident(app, request, merchant, 'delay', now, {
        reason: report.reason,
        ...(order && { orderId: order.id }),
        ...(sku !== undefined && { sku }),
        ...about,
      });
      const nothingNew = await noDelay(tx, incident, target);
      if (nothingNew) return nothingNew;
      if (product) await keepDelay(tx, product, incident);
      return beginReport(app, tx, incident);
    }),
  );
}

/** The open report that said the same of the product, which has the same substitutes as now. */
async function sameStockOut(tx: ReadTx, product: Product, incident: Incident): Promise<Incident | undefined> {
  const { guildId, merchantId, sku, stock = 0, stockOutIncidentId } = product;
  const known = await tx.get('products', keyOf(guildId, merchantId, sku));
  if (stockOutIncidentId === undefined || stock > 0) return undefined;
  if (known?.substitutes.join('\n') !== product.substitutes.join('\n')) return undefined;
  const earlier = await tx.get('incidents', stockOutIncidentId);
  return earlier && earlier.state !== 'resolved' && saysTheSame(earlier, incident) ? earlier : undefined;
}

/** The refusal of a delay that is none: the order ships no later for it, or whoever it concerns knows it already. */
async function noDelay(tx: ReadTx, incident: Incident, { order, product }: DelayTarget): Promise<Refusal | undefined> {
  if (order?.shipBy && isInTime(incident, order)) {
    return refuse('date_not_later', { order: order.number, shipByAt: order.shipBy.at });
  }
  const reportedAt = await sameDelayAt(tx, incident, product);
  return reportedAt === undefined ? undefined : refuse('already_reported', { reportedAt });
}

/** When this very delay was reported, where there is no order left that does not know of it. */
async function sameDelayAt(tx: ReadTx, incident: Incident, product: Product | undefined): Promise<number | undefined> {
  const orders = await concernedOrders(tx, incident);
  const [first] = orders;
  if (!orders.every((order) => knowsDelay(order, incident))) return undefined;
  if (first) return first.trouble?.reportedAt;
  const { delayIncidentId } = product ?? {};
  const standing = delayIncidentId === undefined ? undefined : await tx.get('incidents', delayIncidentId);
  return standing && standing.state !== 'resolved' && saysTheSame(standing, incident) ? standing.reportedAt : undefined;
}

/** Orders that come in later hear of it too; it takes the place of an earlier one. */
async function keepDelay(tx: Tx, product: Product, incident: Incident): Promise<void> {
  if (product.delayIncidentId !== undefined) await resolveIncident(tx, product.delayIncidentId);
  await tx.put('products', { ...product, delayIncidentId: incident.id });
}

/** The product reported, with the substitutes it has from now on. */
async function stockOutTarget(
  tx: ReadTx,
  request: Request,
  report: StockOutReport,
): Promise<Outcome<{ merchant: Merchant; product: Product }>> {
  const merchant = await requireMerchant(tx, request, report.merchantId);
  if (isRefusal(merchant)) return merchant;
  const product = await reportedProduct(tx, merchant, report.sku);
  if (isRefusal(product)) return product;
  const substitutes = await substitutesOf(tx, product, report.substitutes);
  return isRefusal(substitutes) ? substitutes : { merchant, product: { ...product, substitutes } };
}

async function substitutesOf(
  tx: ReadTx,
  product: Product,
  given: readonly string[] | undefined,
): Promise<Outcome<string[]>> {
  const skus = [...new Set((given ?? []).map((sku) => sku.trim()).filter((sku) => sku !== ''))];
  if (skus.length === 0) return product.substitutes;
  if (skus.length > maxSubstitutes) return refuse('list_invalid', { max: maxSubstitutes });
  const { guildId, merchantId } = product;
  const known = await Promise.all(skus.map((sku) => tx.get('products', keyOf(guildId, merchantId, sku))));
  const unknown = skus.filter((sku, at) => !known[at] || sku === product.sku);
  return unknown.length > 0
    ? refuse('substitute_unknown', { sku: unknown.map((sku) => sku.slice(0, 64)).join(', ') })
    : skus;
}

interface DelayTarget {
  readonly merchant: Merchant;
  readonly order?: Order;
  readonly sku?: string;
  /** Where the whole SKU is late. */
  readonly product?: Product;
}

async function delayTarget(tx: ReadTx, request: Request, report: DelayReport): Promise<Outcome<DelayTarget>> {
  const sku = report.sku?.trim() || undefined;
  if (report.order?.trim()) return delayOfOrder(tx, request, report.order, sku);
  const merchant = await requireMerchant(tx, request, report.merchantId);
  if (isRefusal(merchant)) return merchant;
  if (sku === undefined) return refuse('sku_missing');
  const product = await reportedProduct(tx, merchant, sku);
  return isRefusal(product) ? product : { merchant, sku: product.sku, product };
}

async function delayOfOrder(
  tx: ReadTx,
  request: Request,
  typed: string,
  sku: string | undefined,
): Promise<Outcome<DelayTarget>> {
  const order = await findOrderForMerchant(tx, request, typed);
  if (isRefusal(order)) return order;
  const merchant = await requireMerchantOfOrder(tx, request, order);
  if (isRefusal(merchant)) return merchant;
  if (!isOpen(order)) return notOpen(order);
  const missing = sku !== undefined && !order.lines.some((line) => line.sku === sku);
  if (missing) return refuse('sku_not_found', { sku: sku.slice(0, 64) });
  return { merchant, order, ...(sku !== undefined && { sku }) };
}
