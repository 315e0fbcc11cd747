// Looks things up in the world: who and what there is, and who may do what where.
import type { Channel, Directory, Guild, Member, Person } from './entities.ts';
import { refusal } from './errors.ts';
import { computePermissions, Permission } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import { ChannelType } from './types.ts';

/** Lookups by id refuse as Discord does what is not there: 10003, 10004, 10007, 10013. */
export class Records implements Directory {
  readonly users = new Map<Snowflake, Person>();
  readonly guilds = new Map<Snowflake, Guild>();
  readonly channels = new Map<Snowflake, Channel>();
  readonly botId: Snowflake;

  constructor(botId: Snowflake) {
    this.botId = botId;
  }

  user(id: Snowflake): Person {
    const user = this.users.get(id);
    if (user === undefined) throw refusal(10013);
    return user;
  }

  guild(id: Snowflake): Guild {
    const guild = this.guilds.get(id);
    if (guild === undefined) throw refusal(10004);
    return guild;
  }

  channel(id: Snowflake): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw refusal(10003);
    return channel;
  }

  member(guildId: Snowflake, userId: Snowflake): Member {
    const member = this.guild(guildId).members.get(userId);
    if (member === undefined) throw refusal(10007);
    return member;
  }

  /** What a member may do in the server, or in one of its channels. Nothing for a stranger. */
  permissionsOf(guildId: Snowflake, userId: Snowflake, channel?: Channel): bigint {
    const guild = this.guild(guildId);
    const member = guild.members.get(userId);
    if (member === undefined) return 0n;
    const home = channel?.parentId == null ? channel : this.channels.get(channel.parentId);
    return computePermissions({
      guildId,
      isOwner: guild.ownerId === userId,
      userId,
      roleIds: member.roles,
      rolePermissions: (roleId) => guild.roles.get(roleId)?.permissions ?? 0n,
      overwrites: home?.overwrites ?? [],
    });
  }

  /** Whether a person sees a channel: a DM of theirs, a channel they may view, a private thread they are in. */
  canSee(userId: Snowflake, channel: Channel): boolean {
    if (channel.guildId === null) return userId === this.botId || channel.recipientId === userId;
    const bits = this.permissionsOf(channel.guildId, userId, channel);
    if ((bits & Permission.viewChannel) === 0n) return false;
    if (channel.type !== ChannelType.privateThread) return true;
    return channel.thread?.members.has(userId) === true || (bits & Permission.manageThreads) !== 0n;
  }

  /** Whether the bot and this person share a server, without which Discord carries no DM. */
  sharesGuild(userId: Snowflake): boolean {
    return [...this.guilds.values()].some((guild) => guild.members.has(userId) && guild.members.has(this.botId));
  }
}
