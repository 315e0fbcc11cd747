// Puts the bot together on Discord: commands, router, client, courier and jobs; stops them in reverse.
import { type Client, Events, GatewayDispatchEvents, type REST, Routes } from 'discord.js';
import { commands } from '../commands/index.ts';
import type { App } from './app/context.ts';
import type { Store } from './app/ports.ts';
import { releaseLeases } from './app/release-leases.ts';
import type { DiscordConfig } from './config.ts';
import { createClient, sweepDmChannels } from './discord/client.ts';
import { createConversation } from './discord/conversation.ts';
import { fileOrigins } from './discord/file-origins.ts';
import { createMessenger } from './discord/messenger.ts';
import { publishCommands } from './discord/publish.ts';
import { createRegistry } from './discord/registry.ts';
import { createRouter, type Observe, type Router } from './discord/router.ts';
import { createTransport } from './discord/transport.ts';
import { renderNotice } from './discord/views/notice.ts';
import { watch } from './discord/watchdog.ts';
import { type Courier, createCourier } from './jobs/courier.ts';
import { type Jobs, startJobs } from './jobs/schedule.ts';

export interface BotSettings {
  readonly discord: DiscordConfig;
  /** With an open store: nobody is let in before there is something to serve them from. */
  readonly app: App;
  readonly sweepCron: string;
  /** Called when nothing has been heard from Discord for ten minutes and only a new process can help. */
  readonly onDead?: () => void;
  /** Told of each interaction served. */
  readonly observe?: Observe;
  /** How long a handler may take before its interaction is deferred, ms. */
  readonly deferAfterMs?: number;
}

export interface Bot {
  readonly client: Client;
  readonly courier: Courier;
  readonly jobs: Jobs;
  readonly router: Router;
  /** Connected, and heard from Discord lately. */
  ready(): boolean;
  /** Takes nothing more, finishes and saves what is under way. The store is not closed. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;

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

/** The application a token belongs to. Throws where Discord does not take the token. */
export async function applicationIdOf(rest: REST): Promise<string> {
  const application = (await rest.get(Routes.currentApplication())) as { id: string };
  return application.id;
}

/** Commands that cannot be published are no reason not to serve those that are there. */
async function publish(client: Client, app: App, { applicationId, guildId }: DiscordConfig): Promise<void> {
  try {
    const target = { applicationId: applicationId ?? (await applicationIdOf(client.rest)), guildId };
    const published = await publishCommands(client.rest, target, commands);
    app.log.info({ ...published }, 'commands published');
  } catch (error) {
    app.log.error({ err: error }, 'the commands could not be published');
  }
}

/**
 * Starts the bot. Resolves when it is connected.
 * @throws where Discord does not take the token, or cannot be reached.
 */
export async function startBot({ discord, app, sweepCron, onDead, observe, deferAfterMs }: BotSettings): Promise<Bot> {
  const client = createClient(discord, app.log);
  client.rest.setToken(discord.token);
  const courier = createCourier(
    app,
    createMessenger(client.rest, async (notice, locale) => (await renderNotice(app, notice, locale))?.body, app.clock),
  );
  const serving: App = { ...app, store: calling(app.store, () => courier.wake()) };
  const router = createRouter({
    app: serving,
    registry: createRegistry(commands),
    transport: createTransport(client.rest),
    fileOrigins: fileOrigins(discord.apiUrl),
    observe,
    ...(deferAfterMs !== undefined && { deferAfterMs }),
  });
  const conversation = createConversation({ app: serving, rest: client.rest, botId: () => client.user?.id });
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction) => void router.handle(interaction));
  client.ws.on(GatewayDispatchEvents.MessageCreate, (message) => void conversation.handle(message));
  const watchdog = watch(client, {
    now: () => performance.now(),
    onDead: () => {
      app.log.error({}, 'nothing heard from Discord for ten minutes');
      onDead?.();
    },
  });
  const connected = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await connected;
  await publish(client, app, discord);
  await releaseLeases(app);
  const jobs = startJobs(app, courier, { sweepCron });
  const sweeping = setInterval(() => sweepDmChannels(client), hourMs).unref();
  return {
    client,
    courier,
    jobs,
    router,
    ready: () => watchdog.ready(),
    async stop() {
      clearInterval(sweeping);
      client.ws.removeAllListeners(GatewayDispatchEvents.InteractionCreate);
      client.ws.removeAllListeners(GatewayDispatchEvents.MessageCreate);
      await router.idle();
      await jobs.stop();
      watchdog.stop();
      await client.destroy();
    },
  };
}
