// The bot's connection to Discord: opened last, closed first, and watched in between.
import { setTimeout as wait } from 'node:timers/promises';
import {
  type APIInteraction,
  type Client,
  DiscordAPIError,
  Events,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  PermissionFlagsBits,
  type REST,
  type RESTGetAPIGatewayBotResult,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Log } from '../app/ports.ts';
import { type LackingIn, lackingIn } from './channel-rights.ts';
import { createClient, sweepDmChannels } from './client.ts';
import { letGoOf } from './let-go.ts';
import { waitBeforeLogin } from './login-limit.ts';
import type { CanSee } from './messenger.ts';
import { isTokenRefused, tokenRefused } from './token-refused.ts';
import { NotDiscordError, unreachable } from './unreachable.ts';
import { type Watchdog, watch } from './watchdog.ts';

export interface ConnectionSettings {
  readonly token: string;
  /** REST base without the version. */
  readonly apiUrl: string;
  readonly log: Log;
  /**
   * Called when Discord has ended the connection for good, has not been heard for ten minutes, or does not take the token any
   * more: only a new process can help.
   */
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
  /** The role that Discord gave the bot in a server when it was added, where it has one. */
  botRoleId(guildId: string): string | undefined;
  /** The application the token belongs to, as Discord says when connected. */
  applicationId(): string | undefined;
  /** Resolves when connected. @throws where Discord does not take the token, or cannot be reached: to be closed then, too. */
  open(listeners: Listeners): Promise<void>;
  /** Connected, and heard from Discord lately. */
  ready(): boolean;
  readonly canSee: CanSee;
  readonly lackingIn: LackingIn;
  /** Nothing more is heard; what is under way can still be answered, where Discord takes the answer within some seconds. */
  mute(): void;
  close(): Promise<void>;
}

const hourMs = 3_600_000;
/** Longer than an interaction can be answered for the first time; short of the ten seconds Docker gives for all. */
const patienceAtEndMs = 4_000;

/** As a start words it. */
function whyNot(error: unknown): Error {
  if (!isTokenRefused(error)) return unreachable(error);
  return new Error(tokenRefused, { cause: error });
}

/** @throws once the signal is aborted */
async function spareLogins({ rest }: Client, log: Log, signal: AbortSignal): Promise<void> {
  const gateway = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult | null;
  signal.throwIfAborted();
  if (!gateway?.session_start_limit) throw new NotDiscordError();
  const waitMs = waitBeforeLogin(gateway);
  if (waitMs === 0) return;
  const { remaining } = gateway.session_start_limit;
  log.warn({ remaining, waitMs }, 'few of the logins that Discord takes in a day are left: waiting');
  await wait(waitMs, undefined, { signal });
}

async function login(client: Client, token: string): Promise<void> {
  const connected = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await connected;
}

function botRoleId({ guilds, user }: Client, guildId: string): string | undefined {
  return user ? guilds.cache.get(guildId)?.roles.botRoleFor(user)?.id : undefined;
}

/** Asks Discord itself: of those who leave, and of roles given or taken, the bot is not told. */
async function canSee(client: Client, channelId: string, userId: string): Promise<boolean> {
  const channel = client.channels.cache.get(channelId);
  if (!channel || channel.isDMBased() || !('permissionOverwrites' in channel)) return true;
  try {
    const member = await channel.guild.members.fetch({ user: userId, force: true });
    return channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel);
  } catch (error) {
    return !(error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember);
  }
}

export function createConnection({ token, apiUrl, log, onDead }: ConnectionSettings): Connection {
  let isOpen = false;
  const onUnauthorized = () => {
    // Before that, the start fails and says so.
    if (!isOpen) return;
    log.error({}, 'Discord does not take the token any more');
    onDead();
  };
  const client = createClient({ apiUrl, onUnauthorized }, log);
  client.rest.setToken(token);
  const lettingGo = letGoOf(client.rest);
  let watchdog: Watchdog | undefined;
  const closing = new AbortController();
  const onSilence = () => {
    log.error({}, 'nothing heard from Discord for ten minutes');
    onDead();
  };
  const sweeping = setInterval(() => sweepDmChannels(client), hourMs).unref();

  return {
    rest: client.rest,
    botId: () => client.user?.id,
    botRoleId: (guildId) => botRoleId(client, guildId),
    applicationId: () => client.application?.id,
    async open({ onInteraction, onMessage }) {
      client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction) => void onInteraction(interaction));
      client.ws.on(GatewayDispatchEvents.MessageCreate, (message) => void onMessage(message));
      try {
        await spareLogins(client, log, closing.signal);
        watchdog = watch(client, { now: () => performance.now(), onDead: onSilence });
        await login(client, token);
      } catch (error) {
        throw whyNot(error);
      }
      isOpen = true;
      // Such as a token that was taken back: discord.js does not connect again, and nobody would be served until somebody looks.
      client.on(Events.ShardDisconnect, onDead);
    },
    ready: () => watchdog?.ready() ?? false,
    canSee: (channelId, userId) => canSee(client, channelId, userId),
    lackingIn: (channelId) => lackingIn(client, channelId),
    mute() {
      lettingGo.begin(patienceAtEndMs);
      client.ws.removeAllListeners(GatewayDispatchEvents.InteractionCreate);
      client.ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
    },
    async close() {
      closing.abort();
      clearInterval(sweeping);
      watchdog?.stop();
      client.removeAllListeners(Events.ShardReconnecting); // which discord.js reports of an end it was asked for, too
      await client.destroy();
    },
  };
}
