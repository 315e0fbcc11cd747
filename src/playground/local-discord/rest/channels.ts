// Endpoints about a channel itself: reading, changing, deleting, typing.
import { Intent } from '../dispatch.ts';
import type { Channel } from '../entities.ts';
import { refusal } from '../errors.ts';
import type { Json } from '../types.ts';
import { channelJson } from '../wire.ts';
import type { World } from '../world.ts';
import { channelFor } from './access.ts';
import { noContent, ok, type Route } from './route.ts';

function changeThread(world: World, channel: Channel, body: Json): void {
  const { thread } = channel;
  if (thread === null) return;
  const { archived, locked, invitable, auto_archive_duration: minutes } = body;
  if (typeof archived === 'boolean') thread.archived = archived;
  if (typeof locked === 'boolean') thread.locked = locked;
  if (typeof invitable === 'boolean') thread.invitable = invitable;
  if (typeof minutes === 'number') thread.autoArchiveMinutes = minutes;
  world.channelChanged(channel);
}

export const channelRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    handle: (request) => ok(channelJson(request.core.world, channelFor(request))),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel',
    described: '/channels/{channel_id}',
    handle: (request) => {
      const { world } = request.core;
      const channel = channelFor(request);
      const body = request.body as Json;
      const isOwnThread = channel.thread?.ownerId === world.botId;
      if (!isOwnThread || body.locked !== undefined) {
        channelFor(request, channel.thread === null ? 'manageChannels' : 'manageThreads');
      }
      if (typeof body.name === 'string') channel.name = body.name;
      if (channel.thread !== null) changeThread(world, channel, body);
      else {
        if (typeof body.topic === 'string') channel.topic = body.topic;
        world.channelChanged(channel);
      }
      return ok(channelJson(world, channel));
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel',
    handle: (request) => {
      const { world } = request.core;
      const channel = channelFor(request);
      if (channel.guildId !== null) {
        channelFor(request, channel.thread === null ? 'manageChannels' : 'manageThreads');
        world.removeChannel(channel);
      }
      return ok(channelJson(world, channel));
    },
  },
  {
    method: 'POST',
    path: '/channels/:channel/typing',
    handle: (request) => {
      const { world, hub, dispatch, now } = request.core;
      const channel = channelFor(request, 'sendMessages');
      if (channel.thread?.archived === true) throw refusal(50083);
      const { guildId } = channel;
      const intents = guildId === null ? Intent.directTyping : Intent.guildTyping;
      const payload = { channel_id: channel.id, user_id: world.botId, timestamp: Math.floor(now() / 1000) };
      dispatch('TYPING_START', () => payload, { intents, guildId });
      hub.emit({ kind: 'typing', channelId: channel.id, userId: world.botId });
      return noContent;
    },
  },
];
