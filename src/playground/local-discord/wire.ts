// Turns the world's records into the JSON objects of Discord's API.

import type { Channel, Directory, Guild, Member, Person, Role } from './entities.ts';
import type { Overwrite } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import { ChannelType, type Json, type User } from './types.ts';

/** Discord's way of writing an instant given in UTC epoch milliseconds. */
export function iso(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

export function userJson(user: Person): User {
  return {
    id: user.id,
    username: user.name,
    global_name: user.displayName,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    public_flags: 0,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function roleJson(role: Role): Json {
  return {
    id: role.id,
    name: role.name,
    description: null,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: role.botId !== null,
    mentionable: role.mentionable,
    flags: 0,
    ...(role.botId !== null && { tags: { bot_id: role.botId } }),
  };
}

export function memberJson(world: Directory, member: Member): Json {
  return {
    user: userJson(world.user(member.userId)),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: iso(member.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

function overwriteJson(overwrite: Overwrite): Json {
  return {
    id: overwrite.id,
    type: overwrite.type,
    allow: overwrite.allow.toString(),
    deny: overwrite.deny.toString(),
  };
}

function threadFields(world: Directory, channel: Channel): Json {
  const { thread } = channel;
  if (thread === null) return {};
  const joinedAt = thread.members.get(world.botId);
  return {
    owner_id: thread.ownerId,
    thread_metadata: {
      archived: thread.archived,
      locked: thread.locked,
      auto_archive_duration: thread.autoArchiveMinutes,
      archive_timestamp: iso(thread.archiveChangedAt),
      create_timestamp: iso(thread.archiveChangedAt),
      ...(channel.type === ChannelType.privateThread ? { invitable: thread.invitable } : {}),
    },
    message_count: channel.messageCount,
    total_message_sent: channel.messageCount,
    member_count: thread.members.size,
    ...(joinedAt === undefined
      ? {}
      : { member: { id: channel.id, user_id: world.botId, join_timestamp: iso(joinedAt), flags: 0 } }),
  };
}

export function threadMemberJson(channel: Channel, userId: Snowflake): Json {
  return { id: channel.id, user_id: userId, join_timestamp: iso(channel.thread?.members.get(userId) ?? 0), flags: 0 };
}

export function channelJson(world: Directory, channel: Channel): Json {
  const base = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 };
  if (channel.recipientId !== null) {
    return { ...base, recipients: [userJson(world.user(channel.recipientId))] };
  }
  return {
    ...base,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    rate_limit_per_user: 0,
    ...(channel.thread === null
      ? {
          topic: channel.topic,
          position: 0,
          nsfw: false,
          permission_overwrites: channel.overwrites.map(overwriteJson),
        }
      : threadFields(world, channel)),
  };
}

export function guildJson(guild: Guild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    default_message_notifications: 0,
    emojis: [],
    stickers: [],
    explicit_content_filter: 0,
    features: [],
    mfa_level: 0,
    nsfw_level: 0,
    preferred_locale: guild.locale,
    premium_progress_bar_enabled: false,
    premium_tier: 0,
    public_updates_channel_id: null,
    region: 'deprecated',
    roles: [...guild.roles.values()].map(roleJson),
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    system_channel_flags: 0,
    system_channel_id: null,
    vanity_url_code: null,
    verification_level: 0,
    widget_channel_id: null,
    widget_enabled: false,
  };
}

/** What GUILD_CREATE carries: the server with the channels the bot sees, its active threads, and the bot as member. */
export function guildCreateJson(world: Directory, guild: Guild): Json {
  const seen = [...world.channels.values()].filter(
    (channel) => channel.guildId === guild.id && world.canSee(world.botId, channel),
  );
  const bot = guild.members.get(world.botId);
  return {
    ...guildJson(guild),
    joined_at: iso(bot?.joinedAt ?? 0),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot === undefined ? [] : [memberJson(world, bot)],
    channels: seen.filter((channel) => channel.thread === null).map((channel) => channelJson(world, channel)),
    threads: seen
      .filter((channel) => channel.thread !== null && !channel.thread.archived)
      .map((channel) => channelJson(world, channel)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
