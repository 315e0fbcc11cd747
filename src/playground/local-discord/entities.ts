// The records the local Discord keeps of people, servers, roles and channels.
import type { Overwrite } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { ChannelType } from './types.ts';

export interface Person {
  readonly id: Snowflake;
  readonly name: string;
  readonly displayName: string | null;
  locale: string;
  readonly bot: boolean;
  dmsClosed: boolean;
}

export interface Role {
  readonly id: Snowflake;
  readonly name: string;
  readonly permissions: bigint;
  readonly position: number;
  readonly mentionable: boolean;
  /** Whose own role it is, made when the bot was added; null for a role of people's. */
  readonly botId: Snowflake | null;
}

export interface Member {
  readonly userId: Snowflake;
  roles: Snowflake[];
  readonly nick: string | null;
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: Snowflake;
  readonly name: string;
  readonly ownerId: Snowflake;
  readonly locale: string;
  readonly roles: Map<Snowflake, Role>;
  readonly members: Map<Snowflake, Member>;
}

export interface Thread {
  readonly ownerId: Snowflake;
  readonly members: Map<Snowflake, number>;
  archived: boolean;
  locked: boolean;
  invitable: boolean;
  autoArchiveMinutes: number;
  archiveChangedAt: number;
}

export interface Channel {
  readonly id: Snowflake;
  readonly type: ChannelType;
  name: string;
  topic: string | null;
  readonly guildId: Snowflake | null;
  readonly parentId: Snowflake | null;
  /** The person a DM is with. */
  readonly recipientId: Snowflake | null;
  readonly overwrites: Overwrite[];
  readonly thread: Thread | null;
  lastMessageId: Snowflake | null;
  messageCount: number;
}

/** What is needed to word a record as Discord's JSON. */
export interface Directory {
  readonly botId: Snowflake;
  readonly channels: ReadonlyMap<Snowflake, Channel>;
  user(id: Snowflake): Person;
  canSee(userId: Snowflake, channel: Channel): boolean;
}
