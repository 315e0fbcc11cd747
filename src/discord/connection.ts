// The bot's connection to Discord: opened last, closed first, and watched in between.
import {
  type APIInteraction,
  type Client,
  DiscordjsError,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  PermissionFlagsBits,
  type REST,
} from 'discord.js';
import type { Log } from '../app/ports.ts';
import { createClient, sweepDmChannels } from './client.ts';
import type { CanSee } from './messenger.ts';
import { isTokenRefused, tokenRefused } from './token-refused.ts';
import { watch } from './watchdog.ts';

export interface ConnectionSettings {
  readonly token: string;
  /** REST base without the version. */
  readonly apiUrl: string;
  readonly log: Log;
  /** Called when Discord has ended the connection for good, or has not been heard for ten minutes: only a new process can help. */
  readonly onDead: () => void;
}

export interface Listeners {
  /** Neither may reject. */
  onInteraction(interaction: APIInteraction): Promise<void>;
  onMessage(message: GatewayMessageCreateDispatchData): Promise<void>;
}

export interface Connection {
  readonly rest: REST;
  /** The bot's own account, once connected. */
  botId(): string | undefined;
  /** The application the token belongs to, as Discord says when connected. */
  applicationId(): string | undefined;
  /** Resolves when connected. @throws where Discord does not take the token, or cannot be reached: to be closed then, too. */
  open(listeners: Listeners): Promise<void>;
  /** Connected, and heard from Discord lately. */
  ready(): boolean;
  readonly canSee: CanSee;
  /** Nothing more is heard; what is under way can still be answered. */
  mute(): void;
  close(): Promise<void>;
}

const hourMs = 3_600_000;

/** Says what was tried; what Discord itself refuses stands as discord.js words it. */
function unreachable(error: unknown): Error {
  if (error instanceof DiscordjsError) return error;
  return new Error(`Discord could not be reached: ${error instanceof Error ? error.message : error}`, { cause: error });
}

async function login(client: Client, token: string): Promise<void> {
  const connected = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (error) {
    if (!isTokenRefused(error)) throw unreachable(error);
    throw new Error(tokenRefused, { cause: error });
  }
  await connected;
}

/** Asks Discord about the person only where the channel is not open to everyone: most are. */
async function canSee(client: Client, channelId: string, userId: string): Promise<boolean> {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased() || !('permissionOverwrites' in channel)) return true;
  const { guild } = channel;
  if (channel.permissionsFor(guild.roles.everyone).has(PermissionFlagsBits.ViewChannel)) return true;
  const member = await guild.members.fetch(userId).catch(() => undefined);
  return !member || channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
}

export function createConnection({ token, apiUrl, log, onDead }: ConnectionSettings): Connection {
  const client = createClient({ apiUrl }, log);
  client.rest.setToken(token);
  const watchdog = watch(client, {
    now: () => performance.now(),
    onDead: () => {
      log.error({}, 'nothing heard from Discord for ten minutes');
      onDead();
    },
  });
  const sweeping = setInterval(() => sweepDmChannels(client), hourMs).unref();

  return {
    rest: client.rest,
    botId: () => client.user?.id,
    applicationId: () => client.application?.id,
    async open({ onInteraction, onMessage }) {
      client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction) => void onInteraction(interaction));
      client.ws.on(GatewayDispatchEvents.MessageCreate, (message) => void onMessage(message));
      await login(client, token);
      // Such as a token that was taken back: discord.js does not connect again, and nobody would be served until somebody looks.
      client.on(Events.ShardDisconnect, onDead);
    },
    ready: () => watchdog.ready(),
    canSee: (channelId, userId) => canSee(client, channelId, userId),
    mute() {
      client.ws.removeAllListeners(GatewayDispatchEvents.InteractionCreate);
      client.ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
    },
    async close() {
      clearInterval(sweeping);
      watchdog.stop();
      await client.destroy();
    },
  };
}
