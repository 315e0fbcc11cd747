// What the bot may still not do in a channel that somebody has named for it.
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, DiscordAPIError, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';

/** To say something in a channel, and to reach somebody in a private thread under it. */
const rights = {
  view: PermissionFlagsBits.ViewChannel,
  send: PermissionFlagsBits.SendMessages,
  open_threads: PermissionFlagsBits.CreatePrivateThreads,
  send_in_threads: PermissionFlagsBits.SendMessagesInThreads,
} as const;

export type ChannelRight = keyof typeof rights;

/** The rights the bot lacks in a channel; none where that cannot be found out soon. Never rejects. */
export type LackingIn = (channelId: string) => Promise<readonly ChannelRight[]>;

/** What it is said along with has to be answered in time. */
const foundOutWithinMs = 1000;

export function lackingIn(client: Client, channelId: string): Promise<readonly ChannelRight[]> {
  const late = wait<readonly ChannelRight[]>(foundOutWithinMs, [], { ref: false });
  return Promise.race([ask(client, channelId).catch(unseen), late]);
}

/** Asks Discord itself: of a channel it may not see the bot need not have been told. */
async function ask(client: Client, channelId: string): Promise<readonly ChannelRight[]> {
  const channel = await client.channels.fetch(channelId, { force: true });
  if (!channel || channel.isDMBased() || !('permissionOverwrites' in channel)) return [];
  const has = channel.permissionsFor(await channel.guild.members.fetchMe({ force: true }));
  return (Object.keys(rights) as ChannelRight[]).filter((right) => !has.has(rights[right]));
}

/** What else is lacking where the bot sees nothing, it is not told. */
function unseen(error: unknown): readonly ChannelRight[] {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.MissingAccess ? ['view'] : [];
}
