// A voucher: store credit given to a buyer for an order.
import { z } from 'zod';
import { currencySchema, instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';

export const voucherSchema = z.object({
  id: z.string(),
  guildId: snowflakeSchema,
  merchantId: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  /** Absent until the order is linked to an account. */
  buyerId: snowflakeSchema.optional(),
  amountMinor: minorSchema.min(1),
  currency: currencySchema,
  /** 0: no threshold. */
  minSpendMinor: minorSchema.min(0),
  reason: z.string().max(40),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  entryNumber: z.int().min(1),
});
export type Voucher = z.infer<typeof voucherSchema>;
