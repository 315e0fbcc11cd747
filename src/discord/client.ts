// The discord.js client: only the intents needed, bounded caches, nobody pinged, no error left without a listener.
import { Client, type ClientOptions, Events, GatewayIntentBits, Options, Partials } from 'discord.js';
import type { Log } from '../app/ports.ts';
import { sendRequest, tellingUnauthorized } from './send-request.ts';

export interface ClientSettings {
  /** REST base without the version, such as `https://discord.com/api`. */
  readonly apiUrl: string;
  /** Called whenever Discord does not take the token: discord.js then forgets it, and sends nothing more with it. */
  readonly onUnauthorized?: () => void;
}

const hour = 3600;

/**
 * Everything this bot needs of a person or message comes with each event, so next to nothing is kept. Servers, channels and
 * roles cannot be limited in discord.js and are few.
 */
function cacheOptions(): Pick<ClientOptions, 'makeCache' | 'sweepers'> {
  return {
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ApplicationCommandManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 100, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
    sweepers: {
      ...Options.DefaultSweeperSettings,
      threads: { interval: hour, lifetime: hour },
      guildMembers: { interval: hour, filter: () => (member) => member.id !== member.client.user.id },
      users: { interval: hour, filter: () => (user) => user.id !== user.client.user.id },
    },
  };
}

/**
 * The router reads interactions as Discord sends them. What discord.js would build of each has no reader here, and takes
 * longer than an answer of ours. There is no setting for it; where it cannot be found it is built as ever.
 */
function skipInteractionObjects(client: Client): void {
  const { actions } = client as unknown as { actions?: { InteractionCreate?: { handle(packet: object): void } } };
  if (actions?.InteractionCreate) actions.InteractionCreate.handle = () => undefined;
}

interface Packet {
  readonly t?: string;
}

/**
 * An event that discord.js cannot make sense of is passed over: an error in there is heard by nobody, and would end the process.
 * There is no setting for it; where its way in cannot be found it stays as it is.
 */
function passOverMalformed(client: Client, log: Log): void {
  const ws = client.ws as unknown as { handlePacket?(packet: Packet, shard: object): boolean };
  const handle = ws.handlePacket?.bind(ws);
  if (!handle) return;
  ws.handlePacket = (packet, shard) => {
    try {
      return handle(packet, shard);
    } catch (err) {
      log.error({ err, event: packet.t }, 'an event could not be read');
      return false;
    }
  };
}

export function createClient({ apiUrl, onUnauthorized = () => undefined }: ClientSettings, log: Log): Client {
  const makeRequest = tellingUnauthorized(sendRequest, onUnauthorized);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    // As many connections as Discord asks for, all in this process: one connection is for 2,500 servers at most.
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: { api: apiUrl, invalidRequestWarningInterval: 100, makeRequest },
    ...cacheOptions(),
  });
  skipInteractionObjects(client);
  passOverMalformed(client, log);
  // Without a listener an `error` event ends the process.
  client.on(Events.Error, (err) => log.error({ err }, 'the Discord client reported an error'));
  client.on(Events.ShardError, (err, shard) => log.error({ err, shard }, 'the connection to Discord failed'));
  client.on(Events.Warn, (message) => log.warn({ warning: message }, 'the Discord client warns'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.warn({ code, shard }, 'disconnected from Discord for good'),
  );
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'reconnected to Discord'));
  client.on(Events.Invalidated, () => log.error({}, 'Discord ended the session and will not take it up again'));
  client.rest.on('invalidRequestWarning', ({ count }) => log.warn({ count }, 'Discord counts refused requests'));
  client.rest.on('rateLimited', ({ route, timeToReset, scope }) =>
    log.info({ route, timeToReset, scope }, 'rate limited'),
  );
  return client;
}

/** DM channels are cached without limit by discord.js; nothing here reads them from there. */
export function sweepDmChannels(client: Client): number {
  return client.channels.cache.sweep((channel) => channel.isDMBased());
}
