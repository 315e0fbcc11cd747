// What the bot receives as INTERACTION_CREATE.
import type { Core } from '../core.ts';
import { Intent } from '../dispatch.ts';
import type { Interaction } from '../interactions.ts';
import type { Json, Message } from '../types.ts';
import { channelJson, memberJson, userJson } from '../wire.ts';

const attachmentLimit = 10 * 1024 * 1024;

/** Sends an interaction to the bot. */
export function dispatchInteraction(core: Core, interaction: Interaction, data: Json, message?: Message): void {
  const { world, applicationId, hub } = core;
  const { channel, userId } = interaction;
  const { guildId } = channel;
  const payload: Json = {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    data,
    token: interaction.token,
    version: 1,
    locale: interaction.locale,
    channel_id: channel.id,
    channel: { ...channelJson(world, channel), ...channelPermissions(core, interaction) },
    entitlements: [],
    attachment_size_limit: attachmentLimit,
    app_permissions: (guildId === null ? 0n : world.permissionsOf(guildId, world.botId, channel)).toString(),
    authorizing_integration_owners: { 0: guildId ?? '0' },
    context: guildId === null ? 1 : 0,
    ...(guildId === null ? { user: userJson(world.user(userId)) } : guildFields(core, interaction, guildId)),
    ...(message === undefined ? {} : { message }),
  };
  core.dispatch('INTERACTION_CREATE', () => payload, { intents: Intent.none, guildId });
  hub.emit({ kind: 'interaction', interactionId: interaction.id, userId });
}

function channelPermissions({ world }: Core, { channel, userId }: Interaction): Json {
  if (channel.guildId === null) return {};
  return { permissions: world.permissionsOf(channel.guildId, userId, channel).toString() };
}

function guildFields({ world }: Core, { channel, userId }: Interaction, guildId: string): Json {
  const guild = world.guild(guildId);
  const member = memberJson(world, world.member(guildId, userId));
  return {
    guild_id: guildId,
    guild_locale: guild.locale,
    guild: { id: guildId, locale: guild.locale, features: [] },
    member: { ...member, permissions: world.permissionsOf(guildId, userId, channel).toString() },
  };
}
