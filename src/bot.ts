// Puts the bot together on Discord: commands, router, client, courier and jobs; stops them in reverse.
import { commands } from '../commands/index.ts';
import type { App } from './app/context.ts';
import type { DeliveryReport } from './app/deliver-notices.ts';
import type { Store } from './app/ports.ts';
import { releaseLeases } from './app/release-leases.ts';
import type { DiscordConfig } from './config.ts';
import { type Connection, createConnection } from './discord/connection.ts';
import { type Conversation, createConversation } from './discord/conversation.ts';
import { fileOrigins } from './discord/file-origins.ts';
import { createMessenger, type RenderNotice } from './discord/messenger.ts';
import { publishCommands } from './discord/publish.ts';
import { createPublisher, type Publisher } from './discord/publisher.ts';
import { createRegistry } from './discord/registry.ts';
import { createRouter, type Observe, type Router } from './discord/router.ts';
import { createTransport } from './discord/transport.ts';
import { renderNotice } from './discord/views/notice.ts';
import { type Courier, createCourier } from './jobs/courier.ts';
import { type Jobs, startJobs } from './jobs/schedule.ts';

/** Is told what the bot does, for metrics. */
export interface BotObserver {
  readonly answered: Observe;
  readonly delivered: (report: DeliveryReport) => void;
  readonly swept: (seconds: number) => void;
}

export interface BotSettings {
  readonly discord: DiscordConfig;
  /** With an open store: nobody is let in before there is something to serve them from. */
  readonly app: App;
  readonly sweepCron: string;
  /** Called where only a new process can help, as `ConnectionSettings` says. */
  readonly onDead?: () => void;
  readonly observer?: BotObserver;
  /** How long a handler may take before its interaction is deferred, ms. */
  readonly deferAfterMs?: number;
  /** Aborted while it starts, it is stopped again. */
  readonly signal?: AbortSignal;
}

export interface Bot {
  readonly courier: Courier;
  readonly jobs: Jobs;
  readonly router: Router;
  /** Connected, and heard from Discord lately. */
  ready(): boolean;
  /** The bot's own account, once connected. */
  botId(): string | undefined;
  /** Takes nothing more, finishes and saves what is under way. The store is not closed. */
  stop(): Promise<void>;
}

/** The store with somebody to call after each change: the messages it owes leave at once. */
function calling(store: Store, changed: () => void): Store {
  return {
    read: (work) => store.read(work),
    close: () => store.close(),
    async transact(work) {
      const result = await store.transact(work);
      changed();
      return result;
    },
  };
}

/** Those of the application that the token belongs to, which Discord says once connected. */
function publisherFor(connection: Connection, { app: { log }, discord }: BotSettings): Publisher {
  const { rest, applicationId } = connection;
  const target = () => ({ applicationId: applicationId() ?? discord.applicationId, guildId: discord.guildId });
  return createPublisher({ publish: () => publishCommands(rest, target(), commands), log });
}

function nameOtherApplication(own: string | undefined, { app, discord: { applicationId } }: BotSettings): void {
  if (own === undefined || applicationId === undefined || applicationId === own) return;
  const about = { configured: applicationId, own };
  app.log.warn(about, 'DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN: its own is used instead');
}

interface Parts {
  readonly connection: Connection;
  readonly courier: Courier;
  readonly router: Router;
  readonly conversation: Conversation;
}

/** Nothing is under way yet. */
function assemble({ discord, app, onDead = () => undefined, observer, deferAfterMs }: BotSettings): Parts {
  const connection = createConnection({ ...discord, log: app.log, onDead });
  const { rest } = connection;
  const render: RenderNotice = async (notice, locale) => (await renderNotice(app, notice, locale))?.body;
  const messenger = createMessenger({ rest, render, clock: app.clock, canSee: connection.canSee });
  const courier = createCourier(app, messenger, undefined, observer?.delivered);
  const serving: App = { ...app, store: calling(app.store, () => courier.wake()) };
  const router = createRouter({
    app: serving,
    registry: createRegistry(commands),
    transport: createTransport(rest),
    fileOrigins: fileOrigins(discord.apiUrl),
    lackingIn: connection.lackingIn,
    observe: observer?.answered,
    ...(deferAfterMs !== undefined && { deferAfterMs }),
  });
  const { botId, botRoleId } = connection;
  const conversation = createConversation({ app: serving, rest, botId, botRoleId });
  return { connection, courier, router, conversation };
}

/** What comes of the work; once the signal is aborted its reason is thrown instead, and nobody waits for the work any more. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let end = () => {};
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', end));
}

/**
 * Starts the bot. Resolves when it is connected.
 * @throws where Discord does not take the token, or cannot be reached, and where `signal` is aborted meanwhile: whatever was
 * under way by then has been finished and saved.
 */
export async function startBot(settings: BotSettings): Promise<Bot> {
  const { app, sweepCron, observer, signal } = settings;
  signal?.throwIfAborted();
  const { connection, courier, router, conversation } = assemble(settings);
  const publisher = publisherFor(connection, settings);
  let begun: Jobs | undefined;
  const stop = async () => {
    connection.mute();
    publisher.stop();
    await Promise.all([router.idle(), conversation.idle()]);
    await (begun ?? courier).stop();
    await connection.close();
  };
  try {
    await releaseLeases(app);
    signal?.throwIfAborted();
    await unlessAborted(connection.open({ onInteraction: router.handle, onMessage: conversation.handle }), signal);
    const jobs = startJobs(app, courier, { sweepCron, swept: observer?.swept });
    begun = jobs;
    nameOtherApplication(connection.applicationId(), settings);
    await unlessAborted(publisher.start(), signal);
    return { courier, jobs, router, ready: connection.ready, botId: connection.botId, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
