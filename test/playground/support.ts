// A local Discord with a small server, a bot on the real discord.js client, and bare REST requests, for the tests here.
import {
  type ApplicationCommandDataResolvable,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  Partials,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import {
  type LocalDiscord,
  type LocalDiscordOptions,
  startLocalDiscord,
} from '../../src/playground/local-discord/local-discord.ts';
import type { PermissionName } from '../../src/playground/local-discord/permissions.ts';

export const TOKEN = 'a-secret';

type ShopOptions = Partial<LocalDiscordOptions> & { readonly botPermissions?: readonly PermissionName[] };

/** A local Discord with nothing in it yet. */
export async function startLocal(options: Partial<LocalDiscordOptions> = {}): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ token: TOKEN, ...options });
  onTestFinished(() => discord.close());
  return discord;
}

/** A server with one channel and two members, Ann (Chinese) and Bob (English, Manage Server). */
export async function startShop({ botPermissions = [], ...options }: ShopOptions = {}) {
  const discord = await startLocal(options);
  const { world } = discord;
  const guild = world.addGuild({ name: 'Shop', locale: 'zh-CN', botPermissions });
  const channel = world.addChannel(guild, { name: 'general' });
  const annUser = world.addUser({ name: 'ann', locale: 'zh-CN' });
  const bobUser = world.addUser({ name: 'bob' });
  world.addMember(guild, annUser);
  world.addMember(guild, bobUser, { permissions: ['manageGuild'] });
  return { discord, world, guild, channel, ann: discord.person(annUser), bob: discord.person(bobUser) };
}

export const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
] as const;

/** Logs the real client in, with these commands published and this handler for every interaction. */
export async function startBot(
  discord: LocalDiscord,
  options: {
    readonly commands?: readonly ApplicationCommandDataResolvable[];
    readonly onInteraction?: (interaction: Interaction) => Promise<unknown>;
    readonly client?: Partial<ClientOptions>;
  } = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [...INTENTS],
    partials: [Partials.Channel],
    ...options.client,
    rest: { api: discord.url, ...options.client?.rest },
  });
  onTestFinished(() => client.destroy());
  client.on(Events.Error, () => {});
  const { onInteraction } = options;
  if (onInteraction !== undefined) {
    client.on(Events.InteractionCreate, (interaction) => void onInteraction(interaction).catch(() => {}));
  }
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(TOKEN);
  const logged = await ready;
  if (options.commands !== undefined) await logged.application.commands.set(options.commands);
  return logged;
}

export interface Answer {
  readonly status: number;
  readonly json: { readonly code?: number; readonly message?: string; readonly errors?: object } & Record<
    string,
    unknown
  >;
  readonly headers: Headers;
}

/** One request as a bot would make it, without a client in between. */
export async function request(
  discord: LocalDiscord,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers: { Authorization: `Bot ${TOKEN}`, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

/** The codes of all form errors of an answer, with the path to each: `components.0.type UNION_TYPE_CHOICES`. */
export function formErrors(answer: Answer): string[] {
  const walk = (node: unknown, path: string): string[] => {
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([key, value]) =>
      key === '_errors' && Array.isArray(value)
        ? value.map((error: { code: string }) => `${path} ${error.code}`.trim())
        : walk(value, path === '' ? key : `${path}.${key}`),
    );
  };
  return walk(answer.json.errors, '');
}

/** Waits for the next interaction that reaches the bot, which leaves it unanswered. */
export function nextInteraction(client: Client): Promise<Interaction> {
  return new Promise((resolve) => client.once(Events.InteractionCreate, resolve));
}
