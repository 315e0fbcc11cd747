// Turns what a person typed into a command's options, checked and resolved as Discord's client and server do.
import { lengthOf } from '../component-rules.ts';
import type { Core } from '../core.ts';
import type { Channel } from '../entities.ts';
import type { Snowflake } from '../snowflake.ts';
import { type CommandOption, type FileBytes, idOf, type Json, OptionType, type Ref } from '../types.ts';
import { channelJson, memberJson, roleJson, userJson } from '../wire.ts';
import { ClientRefusal } from './client-refusal.ts';

/** A value for an option: text, number or yes/no as typed; a person, role or channel by reference; a file as bytes. */
export type OptionValue = string | number | boolean | { readonly id: Snowflake } | FileBytes;

export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** What the ids inside an interaction stand for. */
export interface Resolved {
  users?: Record<Snowflake, Json>;
  members?: Record<Snowflake, Json>;
  roles?: Record<Snowflake, Json>;
  channels?: Record<Snowflake, Json>;
  attachments?: Record<Snowflake, Json>;
}

export interface OptionContext {
  readonly core: Core;
  readonly channel: Channel;
  readonly locale: string;
  readonly resolved: Resolved;
}

const maxText = 6000;

/** The name a person of this locale sees. */
export function shownName(
  named: { name: string; name_localizations?: Record<string, string> | null },
  locale: string,
): string {
  return named.name_localizations?.[locale] ?? named.name;
}

export function isNamed(
  named: { name: string; name_localizations?: Record<string, string> | null },
  name: string,
  locale: string,
): boolean {
  return named.name === name || shownName(named, locale) === name;
}

/** The options of an interaction; `focused` is the one being typed, which is passed as it stands and unchecked. */
export function buildOptions(
  context: OptionContext,
  definitions: readonly CommandOption[],
  values: OptionValues,
  focused?: string,
): Json[] {
  const named = Object.keys(values).filter((name) => values[name] !== undefined);
  for (const name of named) {
    if (!definitions.some((option) => isNamed(option, name, context.locale))) {
      throw new ClientRefusal(`There is no option "${name}" here`);
    }
  }
  return definitions.flatMap((option): Json[] => {
    const name = named.find((candidate) => isNamed(option, candidate, context.locale));
    const value = name === undefined ? undefined : values[name];
    const { type } = option;
    if (focused !== undefined && isNamed(option, focused, context.locale)) {
      return [{ name: option.name, type, value: String(value ?? ''), focused: true }];
    }
    if (value === undefined) {
      if (option.required === true && focused === undefined) {
        const shown = shownName(option, context.locale);
        throw new ClientRefusal(`The option "${option.name}" is required`, 'needed', { name: shown });
      }
      return [];
    }
    return [{ name: option.name, type, value: convert(context, option, value) }];
  });
}

function convert(context: OptionContext, option: CommandOption, value: OptionValue): unknown {
  switch (option.type) {
    case OptionType.string:
      return text(context, option, value);
    case OptionType.integer:
    case OptionType.number:
      return number(context, option, value);
    case OptionType.boolean:
      if (typeof value !== 'boolean') throw new ClientRefusal(`"${option.name}" is yes or no`);
      return value;
    case OptionType.attachment:
      return attach(context, fileOf(option.name, value));
    default:
      return resolveRef(context, refTypes(option.type), refOf(option.name, value), option);
  }
}

function chosen(context: OptionContext, option: CommandOption, value: unknown): string | number {
  const choice = (option.choices ?? []).find(
    (candidate) => candidate.value === value || isNamed(candidate, String(value), context.locale),
  );
  if (choice === undefined) {
    throw new ClientRefusal(`"${value}" is not one of the choices of "${option.name}"`, 'not_a_choice', {
      name: shownName(option, context.locale),
      value: String(value),
      choices: (option.choices ?? []).map((candidate) => shownName(candidate, context.locale)),
    });
  }
  return choice.value;
}

function text(context: OptionContext, option: CommandOption, value: OptionValue): string | number {
  if ((option.choices ?? []).length > 0) return chosen(context, option, value);
  if (typeof value !== 'string') throw new ClientRefusal(`"${option.name}" is a text`);
  const length = lengthOf(value);
  const [min, max] = [option.min_length ?? 0, option.max_length ?? maxText];
  if (value === '' || length < min || length > max) {
    throw new ClientRefusal(`"${option.name}" must be ${min} to ${max} characters long`, 'length', {
      name: shownName(option, context.locale),
      min: Math.max(min, 1),
      max,
    });
  }
  return value;
}

function number(context: OptionContext, option: CommandOption, value: OptionValue): string | number {
  if ((option.choices ?? []).length > 0) return chosen(context, option, value);
  const isWhole = option.type === OptionType.integer;
  const fits = typeof value === 'number' && (isWhole ? Number.isSafeInteger(value) : Number.isFinite(value));
  const name = shownName(option, context.locale);
  if (!fits) {
    const code = isWhole ? 'not_whole' : 'not_a_number';
    throw new ClientRefusal(`"${option.name}" is a ${isWhole ? 'whole ' : ''}number`, code, { name });
  }
  const [min, max] = [option.min_value ?? -(2 ** 53), option.max_value ?? 2 ** 53];
  if (value < min || value > max) {
    throw new ClientRefusal(`"${option.name}" must be between ${min} and ${max}`, 'range', { name, min, max });
  }
  return value;
}

function refOf(name: string, value: OptionValue): Snowflake {
  const isRef = typeof value === 'string' || (typeof value === 'object' && 'id' in value);
  if (!isRef) throw new ClientRefusal(`"${name}" is somebody or something that has an id`);
  return idOf(value as Ref);
}

export function fileOf(name: string, value: unknown): FileBytes {
  if (typeof value === 'object' && value !== null && 'bytes' in value && 'name' in value) return value as FileBytes;
  throw new ClientRefusal(`"${name}" is a file`);
}

/** Stores a person's file and resolves it; returns its id. */
export function attach(context: OptionContext, file: FileBytes): Snowflake {
  const stored = { ...context.core.attachments.store(context.channel.id, file), ephemeral: true };
  context.resolved.attachments = { ...context.resolved.attachments, [stored.id]: stored };
  return stored.id;
}

type RefKind = 'user' | 'role' | 'channel';

function refTypes(optionType: number): readonly RefKind[] {
  if (optionType === OptionType.user) return ['user'];
  if (optionType === OptionType.role) return ['role'];
  return optionType === OptionType.channel ? ['channel'] : ['user', 'role'];
}

/** Resolves an id as one of the wanted kinds, or refuses: there is nothing of that kind to pick. */
export function resolveRef(
  context: OptionContext,
  kinds: readonly RefKind[],
  id: Snowflake,
  picker: {
    name?: string;
    name_localizations?: Record<string, string> | null;
    custom_id?: string;
    channel_types?: number[] | null;
  },
): Snowflake {
  const found = kinds.some((kind) => resolvers[kind](context, id, picker.channel_types ?? []));
  if (found) return id;
  const name = picker.name ?? picker.custom_id ?? '';
  throw new ClientRefusal(`There is no ${kinds.join(' or ')} ${id} to pick for "${name}"`, 'nothing_to_pick', {
    name: shownName({ ...picker, name }, context.locale),
    value: id,
  });
}

const resolvers: Readonly<
  Record<RefKind, (context: OptionContext, id: Snowflake, types: readonly number[]) => boolean>
> = {
  user: ({ core: { world }, channel, resolved }, id) => {
    const user = world.users.get(id);
    if (user === undefined) return false;
    resolved.users = { ...resolved.users, [id]: { ...userJson(user) } };
    const member = channel.guildId === null ? undefined : world.guild(channel.guildId).members.get(id);
    if (member !== undefined && channel.guildId !== null) {
      const { user: _user, deaf: _deaf, mute: _mute, ...rest } = memberJson(world, member);
      const permissions = world.permissionsOf(channel.guildId, id, channel).toString();
      resolved.members = { ...resolved.members, [id]: { ...rest, permissions } };
    }
    return true;
  },
  role: ({ core: { world }, channel, resolved }, id) => {
    const role = channel.guildId === null ? undefined : world.guild(channel.guildId).roles.get(id);
    if (role === undefined) return false;
    resolved.roles = { ...resolved.roles, [id]: roleJson(role) };
    return true;
  },
  channel: ({ core: { world }, channel, resolved }, id, types) => {
    const found = world.channels.get(id);
    if (found === undefined || found.guildId === null || found.guildId !== channel.guildId) return false;
    if (types.length > 0 && !types.includes(found.type)) return false;
    const permissions = world.permissionsOf(found.guildId, world.botId, found).toString();
    resolved.channels = { ...resolved.channels, [id]: { ...channelJson(world, found), permissions } };
    return true;
  },
};
