// Publishes the slash commands, and only when what Discord has differs from ours.
import {
  DiscordAPIError,
  HTTPError,
  REST,
  type RESTGetAPIApplicationCommandsResult,
  type RouteLike,
  Routes,
} from 'discord.js';
import type { Command } from './command.ts';
import { definitionOf } from './definition.ts';
import { NotDiscordError } from './unreachable.ts';

export interface PublishTarget {
  /** Asked from Discord when absent. */
  readonly applicationId?: string | undefined;
  /** To this server only; globally when absent. */
  readonly guildId?: string | undefined;
}

/** Command names by what happened to them. */
export interface Published {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
  readonly unchanged: readonly string[];
  /** Ours published the other way before (to one server, or to all), which people would see twice: taken back there. */
  readonly withdrawn: readonly string[];
}

/** What makes two definitions the same; everything else Discord adds of its own. */
const compared: ReadonlySet<string> = new Set([
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'default_member_permissions',
  'options',
  'required',
  'autocomplete',
  'choices',
  'value',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'channel_types',
  'contexts',
  'integration_types',
]);

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);

/** Whatever is absent, null, false or empty counts as not there; keys are sorted. */
function normalise(value: unknown, keep: (key: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => normalise(item, keep));
  if (typeof value !== 'object' || value === null) return value;
  const inner = (key: string, item: unknown) => normalise(item, key.endsWith('_localizations') ? () => true : keep);
  const entries = Object.entries(value)
    .filter(([key, item]) => keep(key) && !isEmpty(item))
    .map(([key, item]) => [key, key === 'default_member_permissions' ? String(item) : inner(key, item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Two definitions with the same fingerprint are the same to people. */
export function fingerprint(definition: object, everywhere: boolean): string {
  const scoped = (key: string) => everywhere || (key !== 'contexts' && key !== 'integration_types');
  return JSON.stringify(normalise(definition, (key) => compared.has(key) && scoped(key)));
}

async function applicationIdOf(rest: REST): Promise<string> {
  const application = (await rest.get(Routes.currentApplication())) as { readonly id?: string } | null;
  if (typeof application?.id !== 'string') throw new NotDiscordError();
  return application.id;
}

/** For publishing without a connection. */
export function restFor({ apiUrl, token }: { readonly apiUrl: string; readonly token: string }): REST {
  return new REST({ api: apiUrl }).setToken(token);
}

/** What is there need not be known to write what should be: a start waits no longer for it. */
const lookForMs = 5000;

/** True where this address cannot be asked now, or at all, which says nothing about writing to it. */
function isUnanswered(error: unknown): boolean {
  if (error instanceof HTTPError) return true;
  return error instanceof DiscordAPIError && (error.status === 404 || error.status === 405);
}

/** What Discord has there; nothing where that cannot be read, so that ours are written. */
async function publishedAt(
  rest: REST,
  route: RouteLike,
  signal = AbortSignal.timeout(lookForMs),
): Promise<RESTGetAPIApplicationCommandsResult> {
  try {
    const query = new URLSearchParams({ with_localizations: 'true' });
    const there = await rest.get(route, { query, signal });
    return Array.isArray(there) ? there : [];
  } catch (error) {
    if (signal.aborted || isUnanswered(error)) return [];
    throw error;
  }
}

/** Servers looked through for commands published to them alone: who began with one server has few. */
const maxServersLooked = 25;

/** True where the application named is not the token's. */
export function isApplicationRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === 20012 || error.code === 10002);
}

/** True where the bot may not publish on the server named. */
export function isServerRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === 50001 || error.code === 10004);
}

async function otherPlaces(
  rest: REST,
  applicationId: string,
  { guildId }: PublishTarget,
  signal: AbortSignal,
): Promise<RouteLike[]> {
  if (guildId !== undefined) return [Routes.applicationCommands(applicationId)];
  const query = new URLSearchParams({ limit: String(maxServersLooked + 1) });
  const guilds = (await rest.get(Routes.userGuilds(), { query, signal })) as { id: string }[];
  return !Array.isArray(guilds) || guilds.length > maxServersLooked
    ? []
    : guilds.map(({ id }) => Routes.applicationGuildCommands(applicationId, id));
}

/** A place that cannot be looked at or changed keeps what it has: what was asked for has been published all the same. */
async function withdrawElsewhere(
  rest: REST,
  applicationId: string,
  target: PublishTarget,
  ours: ReadonlySet<string>,
): Promise<string[]> {
  const signal = AbortSignal.timeout(lookForMs);
  const places = await unlessItFails(otherPlaces(rest, applicationId, target, signal));
  const withdrawn = new Set<string>();
  for (const route of places ?? []) {
    const names = await unlessItFails(withdrawFrom(rest, route, ours, signal));
    for (const name of names ?? []) withdrawn.add(name);
  }
  return [...withdrawn];
}

/** Takes all back where any of ours stands. Answers the names of ours. */
async function withdrawFrom(
  rest: REST,
  route: RouteLike,
  ours: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const twice = (await publishedAt(rest, route, signal)).filter(({ name }) => ours.has(name));
  if (twice.length > 0) await rest.put(route, { body: [] });
  return twice.map(({ name }) => name);
}

/** Whatever goes wrong on the side makes what was published no less so. */
async function unlessItFails<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch(() => undefined);
}

/** Makes Discord's commands ours, and takes them back where they would stand twice. Nothing is written when nothing differs. */
export async function publishCommands(
  rest: REST,
  target: PublishTarget,
  commands: readonly Command[],
): Promise<Published> {
  const everywhere = target.guildId === undefined;
  const applicationId = target.applicationId ?? (await applicationIdOf(rest));
  const route = target.guildId
    ? Routes.applicationGuildCommands(applicationId, target.guildId)
    : Routes.applicationCommands(applicationId);
  const there = await publishedAt(rest, route);
  const known = new Map(there.map((definition) => [definition.name, fingerprint(definition, everywhere)]));
  const ours = commands.map((command) => definitionOf(command, everywhere));
  const sameAs = (definition: (typeof ours)[number]) =>
    known.get(definition.name) === fingerprint(definition, everywhere);
  const names = new Set(ours.map(({ name }) => name));
  const changes = {
    created: ours.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    updated: ours.filter((definition) => known.has(definition.name) && !sameAs(definition)).map(({ name }) => name),
    deleted: [...known.keys()].filter((name) => !names.has(name)),
    unchanged: ours.filter(sameAs).map(({ name }) => name),
  };
  if (changes.unchanged.length < ours.length || changes.deleted.length > 0) await rest.put(route, { body: ours });
  return { ...changes, withdrawn: await withdrawElsewhere(rest, applicationId, target, names) };
}
