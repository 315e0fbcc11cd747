// A product of a merchant by SKU, with its stock and what may be sent instead.
import { z } from 'zod';
import { currencySchema, instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';

/** More pieces of a SKU than any shop holds; keeps slips of the keyboard out. */
export const maxPieces = 10_000_000;

export const productSchema = z.object({
  guildId: snowflakeSchema,
  merchantId: z.string(),
  sku: z.string().min(1).max(64),
  name: z.string().max(300),
  priceMinor: minorSchema.min(0).optional(),
  currency: currencySchema.optional(),
  /** Pieces on hand, never below zero; absent: not counted, and taken to be available. */
  stock: z.int().min(0).optional(),
  /** The merchant is warned once each time the stock falls below this. */
  warnBelow: z.int().min(0).optional(),
  /** Set while below `warnBelow` and warned. */
  warnedAt: instantSchema.optional(),
  /** SKUs of the same merchant, in the merchant's order of preference. */
  substitutes: z.array(z.string()).max(25),
  /** The open stock-out report, while there is one. */
  stockOutIncidentId: z.string().optional(),
  /** The newest report that the SKU will be late, until more comes in; it stands as long as its date is ahead. */
  delayIncidentId: z.string().optional(),
});
export type Product = z.infer<typeof productSchema>;
