// The rule book: a policy pack as data, each figure with its source and whether it was confirmed.
import { z } from 'zod';
import { currencySchema, minorSchema } from '../scalars.ts';

export const compensationReasonSchema = z.enum([
  'out_of_stock',
  'late_shipment',
  'false_shipment',
  'lost_parcel',
  'other',
]);
export type CompensationReason = z.infer<typeof compensationReasonSchema>;

const bilingual = z.object({ 'zh-CN': z.string().min(1), 'en-US': z.string().min(1) });

export const amountSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fixed'), amountMinor: minorSchema.min(1) }),
  z.object({
    type: z.literal('percentage'),
    /** Hundredths of a percent of what the buyer paid: 3000 is 30 %. */
    basisPoints: z.int().min(1).max(100_000),
    floorMinor: minorSchema.min(0).optional(),
    capMinor: minorSchema.min(1).optional(),
    /** How a fraction of a minor unit is rounded; never past floor or cap. */
    rounding: z.enum(['up', 'down', 'half_up']),
  }),
]);
export type AmountRule = z.infer<typeof amountSchema>;

export const ruleSchema = z.object({
  /** snake_case, unique in the pack. */
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  reason: compensationReasonSchema,
  amount: amountSchema,
  form: z.literal('voucher'),
  voucher: z.object({
    minSpendMinor: minorSchema.min(0),
    /** How long it is valid: exactly one of years, days. */
    validity: z.union([z.object({ years: z.int().min(1).max(100) }), z.object({ days: z.int().min(1).max(36_500) })]),
  }),
  payer: z.literal('merchant'),
  source: z.string().min(1),
  /** False: could not be confirmed from the platform's own pages; shown to people as such. */
  verified: z.boolean(),
  note: bilingual.optional(),
});
export type CompensationRule = z.infer<typeof ruleSchema>;

export const policyPackSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/),
  /** Such as `2026-11`. */
  version: z.string().min(1).max(20),
  name: bilingual,
  summary: bilingual,
  currency: currencySchema,
  source: z.string().min(1),
  verified: z.boolean(),
  /** Ship-by: hours after the order was paid, where the file promises no date. */
  shipWithinHours: z.int().min(1).max(8760),
  refund: z.object({
    /** A refund is due this long after it was opened. */
    dueWithinHours: z.int().min(1).max(8760),
  }),
  remedies: z.object({
    /** Where the buyer waits without a date: by then the shop ships or names one. */
    indefiniteWaitDays: z.int().min(1).max(365),
    /** Who bears the difference when the substitute is dearer. */
    dearerSwap: z.enum(['merchant_bears', 'not_offered']),
    /** An unanswered choice is brought up again after this long, once. */
    remindChoiceAfterHours: z.int().min(1).max(8760),
  }),
  staff: z.object({
    /** What one member of staff may give a day unless the server sets its own. */
    dailyLimitMinor: minorSchema.min(0),
  }),
  rules: z.array(ruleSchema),
});
export type PolicyPack = z.infer<typeof policyPackSchema>;

/** The packs at hand. */
export interface PolicyBook {
  readonly defaultPack: PolicyPack;
  readonly packs: readonly PolicyPack[];
  find(id: string): PolicyPack | undefined;
}
