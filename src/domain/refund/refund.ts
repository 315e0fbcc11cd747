// Money on its way back to a buyer, from requested to paid.
import { z } from 'zod';
import { currencySchema, instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';

export const refundSchema = z.object({
  id: z.string(),
  guildId: snowflakeSchema,
  merchantId: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  buyerId: snowflakeSchema.optional(),
  /** `full`: the order is given up. `difference`: a swap for something cheaper. */
  kind: z.enum(['full', 'difference']),
  amountMinor: minorSchema.min(1),
  currency: currencySchema,
  requestedAt: instantSchema,
  dueAt: instantSchema,
  state: z.enum(['due', 'paid']),
  paidAt: instantSchema.optional(),
  paidBy: snowflakeSchema.optional(),
  /** The payment's reference as staff gave it. */
  reference: z.string().max(100).optional(),
  /** How far staff have been reminded: not yet, before it was due, when overdue. */
  reminded: z.enum(['none', 'soon', 'overdue']),
  /** The next instant at which the sweep must look; absent: never. */
  wakeAt: instantSchema.optional(),
});
export type Refund = z.infer<typeof refundSchema>;
