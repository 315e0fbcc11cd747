// The servers, channels, roles and people of the local Discord, and what the bot is told when they change.
import { type Dispatch, Intent } from './dispatch.ts';
import type { Channel, Guild, Member, Person, Role, Thread } from './entities.ts';
import type { Hub } from './hub.ts';
import { everyonePermissions, Permission, type PermissionName, permissionBits } from './permissions.ts';
import { Records } from './records.ts';
import type { Snowflake } from './snowflake.ts';
import { ChannelType, idOf, type Ref } from './types.ts';
import { channelJson, guildCreateJson, memberJson, roleJson, userJson } from './wire.ts';

export interface WorldDeps {
  readonly nextId: () => Snowflake;
  readonly now: () => number;
  readonly dispatch: Dispatch;
  readonly hub: Hub;
}

/** How far a role or a member gets in a channel. */
export type ChannelAccess = 'full' | 'read-only' | 'hidden';

const accessBits: Readonly<Record<ChannelAccess, { allow: bigint; deny: bigint }>> = {
  full: { allow: everyonePermissions, deny: 0n },
  'read-only': {
    allow: Permission.viewChannel,
    deny: permissionBits(['sendMessages', 'sendMessagesInThreads', 'createPublicThreads', 'createPrivateThreads']),
  },
  hidden: { allow: 0n, deny: Permission.viewChannel },
};

export class World extends Records {
  readonly #deps: WorldDeps;

  constructor(deps: WorldDeps, bot: { readonly id: Snowflake; readonly name: string }) {
    super(bot.id);
    this.#deps = deps;
    this.users.set(bot.id, {
      id: bot.id,
      name: bot.name,
      displayName: null,
      locale: 'en-US',
      bot: true,
      dmsClosed: false,
    });
  }

  addUser(options: { name: string; displayName?: string; locale?: string; bot?: boolean; id?: Snowflake }): Person {
    const user: Person = {
      id: options.id ?? this.#deps.nextId(),
      name: options.name,
      displayName: options.displayName ?? null,
      locale: options.locale ?? 'en-US',
      bot: options.bot ?? false,
      dmsClosed: false,
    };
    this.users.set(user.id, user);
    return user;
  }

  /** A server with the bot in it; the bot has `botPermissions` beside what everyone may do. */
  addGuild(
    options: {
      name?: string;
      locale?: string;
      id?: Snowflake;
      owner?: Ref;
      botPermissions?: readonly PermissionName[];
    } = {},
  ): Guild {
    const id = options.id ?? this.#deps.nextId();
    const owner = options.owner ?? this.addUser({ name: `owner-${id}`, locale: options.locale ?? 'en-US' });
    const guild: Guild = {
      id,
      name: options.name ?? 'A server',
      ownerId: idOf(owner),
      locale: options.locale ?? 'en-US',
      roles: new Map(),
      members: new Map(),
    };
    this.guilds.set(id, guild);
    const everyone = { id, name: '@everyone', position: 0, mentionable: false, botId: null };
    guild.roles.set(id, { ...everyone, permissions: everyonePermissions });
    this.#join(guild, guild.ownerId, []);
    const botRole = this.#makeRole(guild, 'bot', options.botPermissions ?? [], { botId: this.botId });
    this.#join(guild, this.botId, [botRole.id]);
    this.#deps.dispatch('GUILD_CREATE', () => guildCreateJson(this, guild), { intents: Intent.guilds, guildId: id });
    return guild;
  }

  addRole(guild: Ref, options: { name: string; permissions?: readonly PermissionName[]; mentionable?: boolean }): Role {
    const home = this.guild(idOf(guild));
    const role = this.#makeRole(home, options.name, options.permissions ?? [], options);
    const payload = { guild_id: home.id, role: roleJson(role) };
    this.#deps.dispatch('GUILD_ROLE_CREATE', () => payload, { intents: Intent.guilds, guildId: home.id });
    return role;
  }

  /** What members have by this role from now on; everyone's carries the server's own id. */
  setRolePermissions(guild: Ref, role: Ref, permissions: readonly PermissionName[]): void {
    const home = this.guild(idOf(guild));
    const before = home.roles.get(idOf(role));
    if (!before) throw new Error('there is no such role');
    const after: Role = { ...before, permissions: permissionBits(permissions) };
    home.roles.set(after.id, after);
    const payload = { guild_id: home.id, role: roleJson(after) };
    this.#deps.dispatch('GUILD_ROLE_UPDATE', () => payload, { intents: Intent.guilds, guildId: home.id });
  }

  addChannel(guild: Ref, options: { name: string; topic?: string; announcement?: boolean; id?: Snowflake }): Channel {
    const type = options.announcement === true ? ChannelType.announcement : ChannelType.text;
    const channel = this.#addChannel({
      ...(options.id === undefined ? {} : { id: options.id }),
      type,
      name: options.name,
      topic: options.topic ?? null,
      guildId: this.guild(idOf(guild)).id,
    });
    this.#tellChannel('CHANNEL_CREATE', channel);
    return channel;
  }

  /** Makes `user` a member; `permissions` are given through a role of their own. */
  addMember(
    guild: Ref,
    user: Ref,
    options: { roles?: readonly Ref[]; permissions?: readonly PermissionName[]; nick?: string } = {},
  ): Member {
    const home = this.guild(idOf(guild));
    const roles = (options.roles ?? []).map(idOf);
    if (options.permissions !== undefined) {
      roles.push(this.addRole(home, { name: `rights of ${idOf(user)}`, permissions: options.permissions }).id);
    }
    const member = this.#join(home, idOf(user), roles, options.nick ?? null);
    this.#tellMember('GUILD_MEMBER_ADD', home, member);
    return member;
  }

  setMemberRoles(guild: Ref, user: Ref, roles: readonly Ref[]): void {
    const home = this.guild(idOf(guild));
    const member = this.member(home.id, idOf(user));
    member.roles = roles.map(idOf);
    this.#tellMember('GUILD_MEMBER_UPDATE', home, member);
  }

  removeMember(guild: Ref, user: Ref): void {
    const home = this.guild(idOf(guild));
    home.members.delete(idOf(user));
    const payload = { guild_id: home.id, user: userJson(this.user(idOf(user))) };
    this.#deps.dispatch('GUILD_MEMBER_REMOVE', () => payload, { intents: Intent.guildMembers, guildId: home.id });
  }

  removeChannel(channel: Ref): void {
    const gone = this.channel(idOf(channel));
    this.channels.delete(gone.id);
    this.#tellChannel(gone.thread === null ? 'CHANNEL_DELETE' : 'THREAD_DELETE', gone);
  }

  /** From now on the bot cannot write to this person (50007); `closed: false` opens the DMs again. */
  closeDms(user: Ref, closed = true): void {
    this.user(idOf(user)).dmsClosed = closed;
  }

  /** How far `who` (a member or a role; by default the bot) gets in a channel. */
  setChannelAccess(channel: Ref, access: ChannelAccess, who: Ref = this.botId): void {
    const target = this.channel(idOf(channel));
    const id = idOf(who);
    const kept = target.overwrites.filter((overwrite) => overwrite.id !== id);
    target.overwrites.splice(0, Infinity, ...kept, { id, type: this.users.has(id) ? 1 : 0, ...accessBits[access] });
    this.#tellChannel('CHANNEL_UPDATE', target);
    // Threads are seen by those who see their channel.
    for (const { id: channelId, parentId } of this.channels.values()) {
      if (channelId === target.id || parentId === target.id) this.#deps.hub.emit({ kind: 'channel', channelId });
    }
  }

  /** The DM channel between the bot and a person; made when first asked for. */
  dmWith(user: Ref): Channel {
    const recipientId = this.user(idOf(user)).id;
    for (const channel of this.channels.values()) if (channel.recipientId === recipientId) return channel;
    return this.#addChannel({ type: ChannelType.dm, name: '', recipientId });
  }

  addThread(options: {
    parent: Channel;
    name: string;
    ownerId: Snowflake;
    isPrivate: boolean;
    invitable: boolean;
    autoArchiveMinutes: number;
    id?: Snowflake;
  }): Channel {
    const thread: Thread = {
      ownerId: options.ownerId,
      members: new Map([[options.ownerId, this.#deps.now()]]),
      archived: false,
      locked: false,
      invitable: options.invitable,
      autoArchiveMinutes: options.autoArchiveMinutes,
      archiveChangedAt: this.#deps.now(),
    };
    const channel = this.#addChannel({
      ...(options.id === undefined ? {} : { id: options.id }),
      type: options.isPrivate ? ChannelType.privateThread : ChannelType.publicThread,
      name: options.name,
      guildId: options.parent.guildId,
      parentId: options.parent.id,
      thread,
    });
    this.#tellChannel('THREAD_CREATE', channel, { newly_created: true });
    return channel;
  }

  /** Tells the bot that a channel or thread changed. */
  channelChanged(channel: Channel): void {
    this.#tellChannel(channel.thread === null ? 'CHANNEL_UPDATE' : 'THREAD_UPDATE', channel);
  }

  #makeRole(
    guild: Guild,
    name: string,
    permissions: readonly PermissionName[],
    options: { mentionable?: boolean; botId?: Snowflake } = {},
  ): Role {
    const role: Role = {
      id: this.#deps.nextId(),
      name,
      permissions: permissionBits(permissions),
      position: guild.roles.size,
      mentionable: options.mentionable ?? false,
      botId: options.botId ?? null,
    };
    guild.roles.set(role.id, role);
    return role;
  }

  #join(guild: Guild, userId: Snowflake, roles: Snowflake[], nick: string | null = null): Member {
    const member: Member = { userId: this.user(userId).id, roles, nick, joinedAt: this.#deps.now() };
    guild.members.set(userId, member);
    return member;
  }

  #addChannel(fields: Partial<Channel> & Pick<Channel, 'type' | 'name'>): Channel {
    const channel: Channel = {
      id: this.#deps.nextId(),
      topic: null,
      guildId: null,
      parentId: null,
      recipientId: null,
      overwrites: [],
      thread: null,
      lastMessageId: null,
      messageCount: 0,
      ...fields,
    };
    this.channels.set(channel.id, channel);
    this.#deps.hub.emit({ kind: 'channel', channelId: channel.id });
    return channel;
  }

  #tellChannel(event: string, channel: Channel, extra: object = {}): void {
    const { guildId } = channel;
    if (guildId === null || !this.canSee(this.botId, channel)) return;
    this.#deps.dispatch(event, () => ({ ...channelJson(this, channel), ...extra }), {
      intents: Intent.guilds,
      guildId,
    });
  }

  #tellMember(event: string, guild: Guild, member: Member): void {
    const payload = { ...memberJson(this, member), guild_id: guild.id };
    this.#deps.dispatch(event, () => payload, { intents: Intent.guildMembers, guildId: guild.id });
  }
}
