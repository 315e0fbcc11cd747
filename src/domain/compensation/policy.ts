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

const bilingual = z.strictObject({ 'zh-CN': z.string().min(1), 'en-US': z.string().min(1) });

/** Where a figure comes from: in both languages, or as it is for every reader. */
const sourceSchema = z.union([z.string().min(1), bilingual]);
export type Source = z.infer<typeof sourceSchema>;

export const amountSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), amountMinor: minorSchema.min(1) }),
  z
    .strictObject({
      type: z.literal('percentage'),
      /** Hundredths of a percent of what the buyer paid: 3000 is 30 %. */
      basisPoints: z.int().min(1).max(100_000),
      floorMinor: minorSchema.min(0).optional(),
      capMinor: minorSchema.min(1).optional(),
      /** How a fraction of a minor unit is rounded; never past floor or cap. */
      rounding: z.enum(['up', 'down', 'half_up']),
    })
    .refine(({ floorMinor = 0, capMinor = Infinity }) => floorMinor <= capMinor, {
      message: 'must not be below floorMinor',
      path: ['capMinor'],
    }),
]);
export type AmountRule = z.infer<typeof amountSchema>;

/** How long a voucher is valid, counted in calendar years or days of the shop's zone: exactly one of the two. */
const validitySchema = z.union([
  z.strictObject({ years: z.int().min(1).max(100) }),
  z.strictObject({ days: z.int().min(1).max(36_500) }),
]);
export type Validity = z.infer<typeof validitySchema>;

const voucherTermsSchema = z.strictObject({
  /** The least one must spend to use it; 0: no threshold. */
  minSpendMinor: minorSchema.min(0),
  validity: validitySchema,
});
export type VoucherTerms = z.infer<typeof voucherTermsSchema>;

export const ruleSchema = z.strictObject({
  /** snake_case, unique in the pack. */
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  /** One rule a reason. */
  reason: compensationReasonSchema,
  amount: amountSchema,
  form: z.literal('voucher'),
  voucher: voucherTermsSchema,
  payer: z.literal('merchant'),
  source: sourceSchema,
  /** False: could not be confirmed from the platform's own pages; shown to people as such. */
  verified: z.boolean(),
  note: bilingual.optional(),
});
export type CompensationRule = z.infer<typeof ruleSchema>;

export const policyPackSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/),
  /** Such as `2026-11`. */
  version: z.string().min(1).max(20),
  name: bilingual,
  summary: bilingual,
  currency: currencySchema,
  source: sourceSchema,
  verified: z.boolean(),
  /** Ship-by: hours after the order was paid, where the file promises no date. */
  shipWithinHours: z.int().min(1).max(8760),
  refund: z.strictObject({
    /** A refund is due this long after it was opened. */
    dueWithinHours: z.int().min(1).max(8760),
  }),
  remedies: z.strictObject({
    /** Where the buyer waits without a date: by then the shop ships or names one. */
    indefiniteWaitDays: z.int().min(1).max(365),
    /** Who bears the difference when the substitute is dearer. */
    dearerSwap: z.enum(['merchant_bears', 'not_offered']),
    /** An unanswered choice is brought up again after this long, once. */
    remindChoiceAfterHours: z.int().min(1).max(8760),
  }),
  staff: z.strictObject({
    /** What one member of staff may give a day unless the server sets its own. */
    dailyLimitMinor: minorSchema.min(0),
    /** The terms of a voucher whose amount staff set by hand for a reason that no rule covers. */
    voucher: voucherTermsSchema,
  }),
  /** An order with several reasons: each is compensated on its own, or all of them together come to the largest. */
  severalReasons: z.enum(['each', 'largest']).default('each'),
  rules: z.array(ruleSchema).superRefine((rules, context) => {
    for (const field of ['id', 'reason'] as const) {
      const seen = new Set<string>();
      rules.forEach((rule, index) => {
        if (seen.has(rule[field])) {
          context.addIssue({ code: 'custom', path: [index, field], message: `is used twice: ${rule[field]}` });
        }
        seen.add(rule[field]);
      });
    }
  }),
});
export type PolicyPack = z.infer<typeof policyPackSchema>;

/** The packs at hand: for what comes in now each in one version, and besides them the versions that orders came in under. */
export interface PolicyBook {
  readonly defaultPack: PolicyPack;
  readonly packs: readonly PolicyPack[];
  /** The present version; or the one named, where it is at hand. */
  find(id: string, version?: string): PolicyPack | undefined;
}
