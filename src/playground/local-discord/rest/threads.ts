// Endpoints about threads: opening one, with or without a message, and who is in it.
import { Intent } from '../dispatch.ts';
import type { Channel } from '../entities.ts';
import { refusal } from '../errors.ts';
import type { Snowflake } from '../snowflake.ts';
import { ChannelType, type Json } from '../types.ts';
import { channelJson, threadMemberJson } from '../wire.ts';
import { channelFor } from './access.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

const defaultArchiveMinutes = 4320;

function open(request: RestRequest, parent: Channel, isPrivate: boolean, id?: Snowflake): Channel {
  const { world } = request.core;
  const body = request.body as Json;
  return world.addThread({
    parent,
    name: String(body.name),
    ownerId: world.botId,
    isPrivate,
    invitable: body.invitable !== false,
    autoArchiveMinutes: Number(body.auto_archive_duration ?? defaultArchiveMinutes),
    ...(id === undefined ? {} : { id }),
  });
}

function threadOf(request: RestRequest): Channel & { thread: NonNullable<Channel['thread']> } {
  const channel = channelFor(request);
  const { thread } = channel;
  if (thread === null) throw refusal(50024);
  return Object.assign(channel, { thread });
}

function tellMembers(request: RestRequest, channel: Channel, change: Json): void {
  const { dispatch } = request.core;
  const payload = { id: channel.id, guild_id: channel.guildId, member_count: channel.thread?.members.size, ...change };
  dispatch('THREAD_MEMBERS_UPDATE', () => payload, { intents: Intent.guildMembers, guildId: channel.guildId });
}

function addMember(request: RestRequest, userId: Snowflake): void {
  const { world, now } = request.core;
  const channel = threadOf(request);
  if (channel.thread.archived) throw refusal(50083);
  world.user(userId);
  if (channel.guildId !== null && world.guild(channel.guildId).members.has(userId) === false) throw refusal(50001);
  channel.thread.members.set(userId, now());
  tellMembers(request, channel, { added_members: [threadMemberJson(channel, userId)] });
  request.core.hub.emit({ kind: 'channel', channelId: channel.id });
}

function removeMember(request: RestRequest, userId: Snowflake): void {
  const channel = threadOf(request);
  channel.thread.members.delete(userId);
  tellMembers(request, channel, { removed_member_ids: [userId] });
  request.core.hub.emit({ kind: 'channel', channelId: channel.id });
}

export const threadRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/channels/:channel/threads',
    described: '/channels/{channel_id}/threads',
    handle: (request) => {
      const isPrivate = (request.body as Json).type !== ChannelType.publicThread;
      const parent = channelFor(request, isPrivate ? 'createPrivateThreads' : 'createPublicThreads');
      if (parent.guildId === null || parent.thread !== null) throw refusal(50024);
      return { status: 201, json: channelJson(request.core.world, open(request, parent, isPrivate)) };
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/messages/:message/threads',
    described: '/channels/{channel_id}/messages/{message_id}/threads',
    handle: (request) => {
      const { core, param } = request;
      const parent = channelFor(request, 'createPublicThreads');
      if (parent.guildId === null || parent.thread !== null) throw refusal(50024);
      const { message } = core.messages.get(parent.id, param('message'));
      if (core.world.channels.has(message.id)) throw refusal(160004);
      return { status: 201, json: channelJson(core.world, open(request, parent, false, message.id)) };
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/thread-members',
    handle: (request) => {
      const channel = threadOf(request);
      return ok([...channel.thread.members.keys()].map((userId) => threadMemberJson(channel, userId)));
    },
  },
  ...(['@me', ':user'] as const).flatMap((who): Route[] => {
    const path = `/channels/:channel/thread-members/${who}`;
    const userOf = ({ core, param }: RestRequest): Snowflake => (who === '@me' ? core.world.botId : param('user'));
    return [
      {
        method: 'GET',
        path,
        handle: (request) => {
          const channel = threadOf(request);
          if (!channel.thread.members.has(userOf(request))) throw refusal(10007);
          return ok(threadMemberJson(channel, userOf(request)));
        },
      },
      {
        method: 'PUT',
        path,
        handle: (request) => {
          addMember(request, userOf(request));
          return noContent;
        },
      },
      {
        method: 'DELETE',
        path,
        handle: (request) => {
          removeMember(request, userOf(request));
          return noContent;
        },
      },
    ];
  }),
];
