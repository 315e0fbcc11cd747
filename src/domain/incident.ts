// A merchant's report that orders will be late or cannot be had, and how far it has been carried to the orders.
import { z } from 'zod';
import { incidentReasonSchema } from './order/order.ts';
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
