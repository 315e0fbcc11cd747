// What is kept about a Discord account that has used the bot: its language, and whether its DMs are closed.
import { z } from 'zod';
import { instantSchema, localeSchema, snowflakeSchema } from './scalars.ts';

export const personSchema = z.object({
  userId: snowflakeSchema,
  locale: localeSchema.optional(),
  /** When they last used the bot, to within a month. */
  seenAt: instantSchema.optional(),
  /** When Discord last answered 50007; a DM is not tried again for a while. */
  dmClosedAt: instantSchema.optional(),
  /** Instants of failed `/order link` tries within the last hour (five lock the account for linking). */
  failedLinksAt: z.array(instantSchema).max(10).optional(),
});
export type Person = z.infer<typeof personSchema>;
