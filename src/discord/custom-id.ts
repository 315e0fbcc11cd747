// Custom ids: a tag, the server, and fields under a schema, in at most 100 characters. Data, never authority.
import { z } from 'zod';

export type Fields = Readonly<Record<string, z.ZodType<string | number>>>;
export type FieldValues<F extends Fields> = { readonly [K in keyof F]: z.output<F[K]> };

export interface CustomId<F extends Fields = Fields> {
  readonly tag: string;
  /** @throws where the id would be longer than 100 characters or a value holds a colon: a bug of the caller. */
  encode(guildId: string, values: FieldValues<F>): string;
  /** What the fields say, or nothing where they are garbled or of another version of the bot. */
  decode(fields: readonly string[]): FieldValues<F> | undefined;
}

/** Field schemas. All read text; nothing they let through has been checked against the store. */
export const field = {
  /** One of our record ids. */
  id: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/),
  integer: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** A short code or a merchant id. */
  code: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
};

const separator = ':';
const maxLength = 100;

const guildSchema = z.string().regex(/^[0-9a-z]{1,14}$/);
const shortGuilds = new Map<string, string>();

/** Every card names its server in each of its buttons: worked out once for each server the bot is in. */
function shortGuild(guildId: string): string {
  let short = shortGuilds.get(guildId);
  if (short === undefined) {
    short = BigInt(guildId).toString(36);
    shortGuilds.set(guildId, short);
  }
  return short;
}

function longGuild(short: string): string {
  let value = 0n;
  for (const digit of short) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value.toString();
}

/**
 * Declares a kind of button, select or form. Every id also carries the server, because a DM has none.
 * @param tag unique over all kinds, such as `order.refund`; changing it makes the cards already sent outdated
 * @param fields in the order in which they are written; adding one makes the cards already sent outdated
 */
export function customId<F extends Fields>(tag: string, fields: F): CustomId<F> {
  const entries = Object.entries(fields);
  return {
    tag,
    encode(guildId, values) {
      let id = `${tag}${separator}${shortGuild(guildId)}`;
      for (const [name] of entries) {
        const text = String(values[name]);
        if (text.includes(separator)) throw new Error(`the field ${name} of ${tag} does not fit a custom id`);
        id += separator + text;
      }
      if (id.length > maxLength) throw new Error(`the custom id of ${tag} does not fit: ${id.length} characters`);
      return id;
    },
    decode(texts) {
      if (texts.length !== entries.length) return undefined;
      const values: Record<string, string | number> = {};
      for (const [index, [name, schema]] of entries.entries()) {
        const parsed = schema.safeParse(texts[index]);
        if (!parsed.success) return undefined;
        values[name] = parsed.data;
      }
      return values as FieldValues<F>;
    },
  };
}

/** The tag, server and fields of an id that was pressed, or nothing where it is none of ours. */
export function splitCustomId(
  id: string,
): { readonly tag: string; readonly guildId: string; readonly fields: readonly string[] } | undefined {
  const [tag, guild, ...fields] = id.slice(0, maxLength).split(separator);
  if (!tag || !guild || !guildSchema.safeParse(guild).success) return undefined;
  return { tag, guildId: longGuild(guild), fields };
}
