// One line of an order's case file: what happened, when, by whom. Only ever appended.
import { z } from 'zod';
import { instantSchema, snowflakeSchema } from '../scalars.ts';

export const caseKindSchema = z.enum([
  'imported',
  'updated',
  'linked',
  'stock_out_reported',
  'delay_reported',
  'buyer_told',
  'buyer_not_reached',
  'choice_made',
  'stock_taken',
  'stock_set_aside',
  'shipped',
  'waybill_corrected',
  'promise_missed',
  'refund_opened',
  'refund_paid',
  'compensated',
  'reminded',
  'note',
  'person_asked',
]);
export type CaseKind = z.infer<typeof caseKindSchema>;

export const caseEntrySchema = z.object({
  /** Time-ordered, so that entries of one instant keep their order. */
  id: z.string(),
  guildId: snowflakeSchema,
  orderId: z.string(),
  at: instantSchema,
  kind: caseKindSchema,
  by: snowflakeSchema.or(z.literal('system')),
  /** Codes, amounts and ids only; free text only under `text` (a note) and `reference`. Worded when shown. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type CaseEntry = z.infer<typeof caseEntrySchema>;
