// A merchant's report that orders will be late or cannot be had, and how far it has been carried to the orders.
import { z } from 'zod';
import { incidentReasonSchema, isOpen, type Order, type Trouble } from './order/order.ts';
import { instantSchema, snowflakeSchema } from './scalars.ts';

export const incidentSchema = z.object({
  id: z.string(),
  guildId: snowflakeSchema,
  merchantId: z.string(),
  kind: z.enum(['stock_out', 'delay']),
  /** One order (delay only), or every open order with this SKU. */
  orderId: z.string().optional(),
  sku: z.string().optional(),
  reason: incidentReasonSchema,
  note: z.string().max(500).optional(),
  newShipAt: instantSchema.optional(),
  reportedBy: snowflakeSchema,
  reportedAt: instantSchema,
  /** `spreading` until every affected order knows of it; a restart goes on where it stopped. */
  state: z.enum(['spreading', 'open', 'resolved']),
  /** Orders affected, and of those: buyers queued to be told, and orders without a linked buyer. */
  affected: z.int().min(0),
  told: z.int().min(0),
  unlinked: z.int().min(0),
});
export type Incident = z.infer<typeof incidentSchema>;

/** What an order that is affected is told, at `now` (UTC epoch ms). */
export function troubleOf(incident: Incident, now: number): Trouble {
  const { id, kind, sku, reason, note, newShipAt, reportedAt } = incident;
  return {
    incidentId: id,
    kind,
    reason,
    reportedAt,
    ...(sku !== undefined && { sku }),
    ...(note !== undefined && { note }),
    ...(newShipAt !== undefined && { newShipAt }),
    ...(now > reportedAt && { heardAt: now }),
  };
}

/** The part of a report that people read. */
type Said = Pick<Incident, 'reason' | 'note' | 'newShipAt'>;

/** Whether two reports tell people the same. */
export function saysTheSame(one: Said, other: Said): boolean {
  return one.reason === other.reason && one.note === other.note && one.newShipAt === other.newShipAt;
}

/** Whether the new date is no later than the order was to ship anyway: no delay, unless its buyer has heard of another date. */
export function isInTime({ kind, newShipAt }: Incident, { shipBy, trouble }: Order): boolean {
  if (kind !== 'delay' || newShipAt === undefined || trouble !== undefined) return false;
  return shipBy !== undefined && newShipAt <= shipBy.at;
}

/**
 * Whether the order is still to be shipped, later than its buyer knows, and is the one named, or has the SKU: one that was
 * swapped away is gone.
 */
export function concerns(incident: Incident, order: Order): boolean {
  if (order.guildId !== incident.guildId || order.merchantId !== incident.merchantId || !isOpen(order)) return false;
  if (isInTime(incident, order)) return false;
  return incident.orderId === undefined
    ? order.lines.some((line) => line.sku === incident.sku)
    : order.id === incident.orderId;
}

/** Whether the report concerns the order, and the order has heard neither of it nor of anything newer. */
export function affects(incident: Incident, order: Order): boolean {
  return concerns(incident, order) && !knows(order, incident);
}

/** Whether the last thing the order heard is this very delay, from an earlier report. */
export function knowsDelay({ trouble }: Order, incident: Incident): boolean {
  if (trouble?.kind !== 'delay' || incident.kind !== 'delay') return false;
  return trouble.sku === incident.sku && saysTheSame(trouble, incident);
}

/** Ids rise with time and settle two reports of one instant. */
function knows(order: Order, incident: Incident): boolean {
  const { trouble } = order;
  if (!trouble) return false;
  if (knowsDelay(order, incident)) return true;
  if (trouble.reportedAt !== incident.reportedAt) return trouble.reportedAt > incident.reportedAt;
  return trouble.incidentId >= incident.id;
}
