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

/** What an order that is affected is told. */
export function troubleOf(incident: Incident): Trouble {
  const { id, kind, sku, reason, note, newShipAt, reportedAt } = incident;
  return {
    incidentId: id,
    kind,
    reason,
    reportedAt,
    ...(sku !== undefined && { sku }),
    ...(note !== undefined && { note }),
    ...(newShipAt !== undefined && { newShipAt }),
  };
}

/**
 * Whether the report concerns the order and the order does not know of it yet: still to be shipped, it is the one named or
 * has the SKU (one that was swapped away is gone from its lines), and it has heard of nothing newer.
 */
export function affects(incident: Incident, order: Order): boolean {
  if (order.guildId !== incident.guildId || order.merchantId !== incident.merchantId || !isOpen(order)) return false;
  const concerned =
    incident.orderId === undefined
      ? order.lines.some((line) => line.sku === incident.sku)
      : order.id === incident.orderId;
  return concerned && !knows(order, incident);
}

/** Ids rise with time and settle two reports of one instant. */
function knows({ trouble }: Order, incident: Incident): boolean {
  if (!trouble) return false;
  if (trouble.reportedAt !== incident.reportedAt) return trouble.reportedAt > incident.reportedAt;
  return trouble.incidentId >= incident.id;
}
