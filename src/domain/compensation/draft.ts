// A compensation previewed and not yet confirmed: what Confirm will do, kept for a quarter of an hour.
import { z } from 'zod';
import { instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';
import { compensationReasonSchema } from './policy.ts';

/** How long a preview may be confirmed. */
export const draftLifeMs = 15 * 60_000;

/** Characters of a note on a compensation. */
export const noteLength = 500;

export const compensationDraftSchema = z.object({
  /** Carried by the buttons. */
  id: z.string(),
  guildId: snowflakeSchema,
  /** Who asked, and so who alone may confirm. */
  userId: snowflakeSchema,
  orderId: z.string(),
  reason: compensationReasonSchema,
  /** Set by staff in place of the rule's amount; there is a note then. */
  amountMinor: minorSchema.min(1).optional(),
  note: z.string().min(1).max(noteLength).optional(),
  /** The quote shown; another one is refused. */
  quoteHash: z.string(),
  expiresAt: instantSchema,
});
export type CompensationDraft = z.infer<typeof compensationDraftSchema>;
