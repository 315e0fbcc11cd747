// Starts a Discord of one's own on loopback, for an unmodified bot to log in to, and the means to drive and watch it.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Attachments } from './attachments.ts';
import { PersonView } from './client/person.ts';
import { CommandRegistry } from './command-registry.ts';
import type { Core } from './core.ts';
import { Intent } from './dispatch.ts';
import { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { Hub, type Listener, type UntilOptions } from './hub.ts';
import { Interactions } from './interactions.ts';
import { Messages } from './messages.ts';
import { type RateLimitMode, RateLimits } from './rate-limits.ts';
import { RequestLog } from './request-log.ts';
import { restApp } from './rest/server.ts';
import { type Snowflake, snowflakeSource } from './snowflake.ts';
import { type Command, idOf, type Message, type Ref } from './types.ts';
import { World } from './world.ts';

/** Intents that must be switched on for an application before it may ask for them. */
export type PrivilegedIntent = 'guildMembers' | 'guildPresences' | 'messageContent';

export interface LocalDiscordOptions {
  /** The bot's token; any other is refused with 401 and close code 4004. */
  readonly token: string;
  readonly applicationId?: Snowflake;
  readonly botName?: string;
  /** UTC epoch milliseconds; ids and timestamps follow it. Default: the real time. */
  readonly clock?: { now(): number };
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default none: asking for one that is not granted closes the connection with 4014. */
  readonly privilegedIntents?: readonly PrivilegedIntent[];
  /** Default `lenient`: headers are sent, but limits are so wide that only a runaway bot meets them. */
  readonly rateLimits?: RateLimitMode;
  /** Milliseconds for the first answer to an interaction; default 3,000. */
  readonly answerWindowMs?: number;
  /** Milliseconds an interaction's token lives; default 15 minutes. */
  readonly tokenLifetimeMs?: number;
  /** The clock both windows are measured by, in milliseconds; default real time, whatever `clock` says. */
  readonly windowClock?: { now(): number };
  /** Default 41,250, as Discord's. */
  readonly heartbeatMs?: number;
}

export interface LocalDiscord {
  /** REST base without the version, for discord.js' `rest.api`. */
  readonly url: string;
  readonly port: number;
  readonly applicationId: Snowflake;
  readonly token: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Every REST request the bot made, oldest first. */
  readonly requests: RequestLog['all'];
  /** Those answered 4xx. */
  readonly refusals: RequestLog['refusals'];
  person(user: Ref, options?: { readonly locale?: string }): PersonView;
  /** Every message of a channel, ephemeral ones included, oldest first, as it stands. */
  messages(channel: Ref): readonly Message[];
  /** Earlier versions of a message, oldest first. */
  history(message: Ref): readonly Message[];
  /** The commands the bot has published, everywhere or in one server. */
  commands(guild?: Ref): readonly Command[];
  /** Resolves with what `probe` returns once it is something; asked after every event. */
  until<T>(probe: () => T | false | null | undefined, options?: UntilOptions): Promise<T>;
  on(listener: Listener): () => void;
  close(): Promise<void>;
}

const answerWindowMs = 3000;
const tokenLifetimeMs = 15 * 60_000;
const heartbeatMs = 41_250;
const privileged: readonly PrivilegedIntent[] = ['guildMembers', 'guildPresences', 'messageContent'];
/** Application flags "limited", as applications in few servers have them (docs: application flags). */
const applicationFlags = { guildPresences: 1 << 13, guildMembers: 1 << 15, messageContent: 1 << 19 } as const;

/** Puts its parts together. @param origin host and port, once it listens */
function assemble(options: LocalDiscordOptions, origin: () => string) {
  const { token, clock = { now: () => Date.now() } } = options;
  const now = (): number => clock.now();
  const nextId = snowflakeSource(now);
  const applicationId = options.applicationId ?? nextId();
  const hub = new Hub();
  const attachments = new Attachments(nextId, () => `http://${origin()}`);
  const gatewayUrl = () => `ws://${origin()}/gateway`;
  const gateway: Gateway = new Gateway({
    token,
    applicationId,
    world: () => world,
    hub,
    url: gatewayUrl,
    heartbeatMs: options.heartbeatMs ?? heartbeatMs,
    ...privileges(options.privilegedIntents ?? []),
  });
  const { dispatch } = gateway;
  const world = new World({ nextId, now, dispatch, hub }, { id: applicationId, name: options.botName ?? 'bot' });
  const messages = new Messages({ world, hub, dispatch, nextId, now, attachments });
  const windows = {
    answerMs: options.answerWindowMs ?? answerWindowMs,
    tokenMs: options.tokenLifetimeMs ?? tokenLifetimeMs,
    now: () => (options.windowClock ?? performance).now(),
  };
  const interactions = new Interactions({ applicationId, world, messages, hub, nextId, windows });
  const commands = new CommandRegistry({ applicationId, nextId, hub });
  const parts = { token, applicationId, world, messages, commands, interactions, attachments, hub, dispatch };
  const core: Core = { ...parts, gatewayUrl, now };
  return { core, gateway };
}

/** Starts the local Discord; resolves when it listens. Close it to free the port and let the process end. */
export async function startLocalDiscord(options: LocalDiscordOptions): Promise<LocalDiscord> {
  const { host = '127.0.0.1' } = options;
  let origin = '';
  const { core, gateway } = assemble(options, () => origin);
  const { token, applicationId, world, messages, commands, hub } = core;
  const log = new RequestLog((request) => hub.emit({ kind: 'request', request }));
  const faults = new Faults();
  const app = restApp({ core, faults, limits: new RateLimits(options.rateLimits ?? 'lenient'), log });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  const port = await listen(server, options.port ?? 0, host);
  origin = `${host}:${port}`;
  return {
    url: `http://${origin}/api`,
    port,
    applicationId,
    token,
    world,
    gateway,
    faults,
    requests: log.all,
    get refusals() {
      return log.refusals;
    },
    person: (user, view = {}) => {
      const { id, locale } = world.user(idOf(user));
      return new PersonView(core, log, id, view.locale ?? locale);
    },
    messages: (channel) => messages.inChannel(idOf(channel)).map(({ message }) => message),
    history: (message) => messages.find(idOf(message))?.history ?? [],
    commands: (guild) => commands.list(guild === undefined ? null : idOf(guild)),
    until: (probe, wait) => hub.until(probe, wait),
    on: (listener) => hub.on(listener),
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function privileges(granted: readonly PrivilegedIntent[]): { deniedIntents: number; applicationFlags: number } {
  const denied = privileged.filter((name) => !granted.includes(name));
  return {
    deniedIntents: denied.reduce((bits, name) => bits | Intent[name], 0),
    applicationFlags: granted.reduce((bits, name) => bits | applicationFlags[name], 0),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
