// A ledger entry: postings that sum to zero, chained to the entry before it by hash.
import { z } from 'zod';
import { currencySchema, instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';

/**
 * Accounts: `merchant:<id>` (what the shop holds for a merchant; negative: the merchant owes), `voucher:<voucherId>`,
 * `refund:<refundId>` (owed to the buyer), `forgone:<merchantId>` (price differences the merchant bears),
 * `goods:<orderId>`, and `outside` (money that came from or went to the world outside the books).
 */
export const accountSchema = z.string().regex(/^(outside|(merchant|voucher|refund|forgone|goods):.{1,64})$/);

export const postingSchema = z.object({ account: accountSchema, amountMinor: minorSchema });
export type Posting = z.infer<typeof postingSchema>;

export const ledgerKindSchema = z.enum(['deposit', 'compensation', 'refund_opened', 'refund_paid', 'swap_difference']);

export const ledgerEntrySchema = z.object({
  guildId: snowflakeSchema,
  /** 1, 2, 3, … within the server, without gaps. */
  number: z.int().min(1),
  kind: ledgerKindSchema,
  /** For a compensation its reason, such as `out_of_stock`; unique with the order. */
  reason: z.string().max(40).optional(),
  orderId: z.string().optional(),
  merchantId: z.string().optional(),
  currency: currencySchema,
  /** At least two, none zero, sum zero. */
  postings: z.array(postingSchema).min(2),
  at: instantSchema,
  by: snowflakeSchema.or(z.literal('system')),
  note: z.string().max(500).optional(),
  /** What decided: pack, version, rule, and each step of the reasoning, as codes. */
  basis: z.json().optional(),
  /** SHA-256 hex of the entry before; 64 zeros for the first. */
  previousHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 hex over this entry without this field, keys sorted. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** The running balance of one account in one currency, kept with every entry. */
export const balanceSchema = z.object({
  guildId: snowflakeSchema,
  account: accountSchema,
  currency: currencySchema,
  amountMinor: minorSchema,
});
export type Balance = z.infer<typeof balanceSchema>;
