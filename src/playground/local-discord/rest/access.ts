// Whether the bot may use a channel, and the refusals when it may not.
import type { Core } from '../core.ts';
import type { Channel } from '../entities.ts';
import { refusal } from '../errors.ts';
import { Permission, type PermissionName } from '../permissions.ts';
import type { RestRequest } from './route.ts';

/** The channel of the path: 10003 unknown, 50001 the bot does not see it, 50013 it lacks one of `needed` there. */
export function channelFor(request: RestRequest, ...needed: PermissionName[]): Channel {
  const { world } = request.core;
  const channel = world.channel(request.param('channel'));
  if (!world.canSee(world.botId, channel)) throw refusal(50001);
  if (channel.guildId === null) return channel;
  const bits = world.permissionsOf(channel.guildId, world.botId, channel);
  if (needed.some((name) => (bits & Permission[name]) === 0n)) throw refusal(50013);
  return channel;
}

/** Refuses a message that could not be delivered: 50007 to a closed DM, 50083 to a locked thread. */
export function checkDeliverable(core: Core, channel: Channel): void {
  const { world } = core;
  if (channel.recipientId !== null) {
    const { dmsClosed, bot } = world.user(channel.recipientId);
    if (dmsClosed || bot || !world.sharesGuild(channel.recipientId)) throw refusal(50007);
  }
  if (channel.thread?.archived === true && channel.thread.locked) throw refusal(50083);
}
