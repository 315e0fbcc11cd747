// Endpoints about servers: the server, its channels, roles, members and active threads.
import type { Core } from '../core.ts';
import type { Guild } from '../entities.ts';
import { refusal } from '../errors.ts';
import { channelJson, guildJson, memberJson, roleJson, threadMemberJson } from '../wire.ts';
import { ok, type RestRequest, type Route } from './route.ts';

function guildOf({ core, param }: RestRequest): Guild {
  const guild = core.world.guild(param('guild'));
  if (!guild.members.has(core.world.botId)) throw refusal(50001);
  return guild;
}

function channelsOf({ world }: Core, guild: Guild, threads: boolean) {
  return [...world.channels.values()].filter(
    (channel) => channel.guildId === guild.id && (channel.thread !== null) === threads,
  );
}

export const guildRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild',
    handle: (request) => {
      const guild = guildOf(request);
      const counts = { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size };
      return ok({ ...guildJson(guild), ...(request.query.with_counts === 'true' ? counts : {}) });
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    handle: (request) => {
      const { core } = request;
      return ok(channelsOf(core, guildOf(request), false).map((channel) => channelJson(core.world, channel)));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/threads/active',
    handle: (request) => {
      const { world } = request.core;
      const threads = channelsOf(request.core, guildOf(request), true).filter(
        (channel) => channel.thread?.archived === false && world.canSee(world.botId, channel),
      );
      const joined = threads.filter((channel) => channel.thread?.members.has(world.botId));
      return ok({
        threads: threads.map((channel) => channelJson(world, channel)),
        members: joined.map((channel) => threadMemberJson(channel, world.botId)),
      });
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    handle: (request) => ok([...guildOf(request).roles.values()].map(roleJson)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/roles/:role',
    handle: (request) => {
      const role = guildOf(request).roles.get(request.param('role'));
      if (role === undefined) throw refusal(10011);
      return ok(roleJson(role));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    handle: (request) => {
      const { world } = request.core;
      const guild = guildOf(request);
      world.user(request.param('user'));
      return ok(memberJson(world, world.member(guild.id, request.param('user'))));
    },
  },
];
