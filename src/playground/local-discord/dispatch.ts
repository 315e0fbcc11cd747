// How an event reaches the bot's gateway session: which intent it needs and which server it belongs to.
import type { Snowflake } from './snowflake.ts';

export const Intent = {
  none: 0,
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildTyping: 1 << 11,
  directMessages: 1 << 12,
  directTyping: 1 << 14,
  messageContent: 1 << 15,
} as const;

export interface DispatchScope {
  /** Bits of which the session must have one; 0 for events that every session gets. */
  readonly intents: number;
  /** The server it happens in, for sharding; null in a DM. */
  readonly guildId: Snowflake | null;
}

/** Sends an event to every session that asked for it; `data` sees the session's intents (content is withheld by them). */
export type Dispatch = (event: string, data: (intents: number) => object, scope: DispatchScope) => void;
