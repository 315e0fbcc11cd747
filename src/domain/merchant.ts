// A shop on a server, and how it wants to be reminded.
import { z } from 'zod';
import { currencySchema, localeSchema, snowflakeSchema } from './scalars.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const remindersSchema = z.object({
  /** Lead times before a ship-by instant, ms, longest first, each > 0. Overdue is always noticed and not listed. */
  beforeMs: z.array(z.int().min(1)).max(10),
  /** Local times `HH:mm` in `timeZone`; may span midnight. */
  quietHours: z.object({ from: clockTime, to: clockTime }).optional(),
  /** IANA name. */
  timeZone: z.string(),
});
export type Reminders = z.infer<typeof remindersSchema>;

/** `24h,6h,1h` */
export const defaultBeforeMs: readonly number[] = [24, 6, 1].map((hours) => hours * 3_600_000);

export const merchantSchema = z.object({
  guildId: snowflakeSchema,
  /** Chosen by the shop: letters, digits, `-` and `_`, 1–32. */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  name: z.string().min(1).max(80),
  memberIds: z.array(snowflakeSchema),
  roleIds: z.array(snowflakeSchema),
  channelId: snowflakeSchema.optional(),
  language: localeSchema.optional(),
  /** Where set, instead of the server's own. */
  reminders: remindersSchema.optional(),
  /** Set with a change of reminders, until each of its open orders was looked at anew; another change, another mark. */
  rewake: z.string().optional(),
});
export type Merchant = z.infer<typeof merchantSchema>;

/** There is a channel, or a person, to write to. */
export function canBeReached({ channelId, memberIds }: Merchant): boolean {
  return channelId !== undefined || memberIds.length > 0;
}

export const guildSettingsSchema = z.object({
  guildId: snowflakeSchema,
  staffRoleId: snowflakeSchema.optional(),
  staffChannelId: snowflakeSchema.optional(),
  /** What one member of staff may give a day (shop's zone), in the currency it was set in; absent: the pack's. */
  staffDailyLimit: z.object({ minor: z.int().min(0), currency: currencySchema }).optional(),
  policyPack: z.string(),
  reminders: remindersSchema,
});
export type GuildSettings = z.infer<typeof guildSettingsSchema>;
