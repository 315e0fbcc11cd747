// The commands the bot has published, globally and per server.
import { type CommandBody, checkCommand, checkCommandList } from './command-rules.ts';
import { FormErrors, refusal } from './errors.ts';
import type { Hub } from './hub.ts';
import type { Snowflake } from './snowflake.ts';
import type { Command, CommandChoice, CommandOption } from './types.ts';

/** Where commands are published: a server, or everywhere (null). */
export type Scope = Snowflake | null;

interface RegistryDeps {
  readonly applicationId: Snowflake;
  readonly nextId: () => Snowflake;
  readonly hub: Hub;
}

const maxChatCommands = 100;

/** What Discord gives back where a definition is silent. */
const commandDefaults = {
  type: 1,
  name_localizations: null,
  description: '',
  description_localizations: null,
  contexts: null,
  integration_types: [0],
  nsfw: false,
};

export class CommandRegistry {
  readonly #deps: RegistryDeps;
  readonly #scopes = new Map<Scope, Command[]>();

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  list(scope: Scope): readonly Command[] {
    return this.#scopes.get(scope) ?? [];
  }

  get(scope: Scope, id: Snowflake): Command {
    const command = this.list(scope).find((candidate) => candidate.id === id);
    if (command === undefined) throw refusal(10063);
    return command;
  }

  /** Replaces the whole list; commands that keep type and name keep their id. */
  replaceAll(scope: Scope, bodies: readonly CommandBody[]): readonly Command[] {
    checkCommandList(bodies);
    const before = this.list(scope);
    this.#set(
      scope,
      bodies.map((body) => this.#made(scope, body, find(before, body))),
    );
    return this.list(scope);
  }

  /** Adds a command, or replaces the one of the same type and name. */
  upsert(scope: Scope, body: CommandBody): { readonly command: Command; readonly created: boolean } {
    check(body);
    const before = find(this.list(scope), body);
    if (before === undefined && this.list(scope).length >= maxChatCommands) throw refusal(30032);
    const command = this.#made(scope, body, before);
    this.#set(scope, [...this.list(scope).filter((other) => other !== before), command]);
    return { command, created: before === undefined };
  }

  patch(scope: Scope, id: Snowflake, body: Partial<CommandBody>): Command {
    const before = this.get(scope, id);
    const merged: CommandBody = { ...before, ...body };
    check(merged);
    const command = this.#made(scope, merged, before);
    this.#set(
      scope,
      this.list(scope).map((other) => (other === before ? command : other)),
    );
    return command;
  }

  remove(scope: Scope, id: Snowflake): void {
    const gone = this.get(scope, id);
    this.#set(
      scope,
      this.list(scope).filter((command) => command !== gone),
    );
  }

  #set(scope: Scope, commands: Command[]): void {
    this.#scopes.set(scope, commands);
    this.#deps.hub.emit({ kind: 'commands', guildId: scope });
  }

  #made(scope: Scope, body: CommandBody, before: Command | undefined): Command {
    const { options, default_member_permissions: permissions } = body;
    const made: Command = {
      ...withDefaults(body),
      ...(scope === null ? { dm_permission: body.dm_permission ?? true } : { guild_id: scope }),
      name: body.name,
      id: before?.id ?? this.#deps.nextId(),
      application_id: this.#deps.applicationId,
      version: before?.version ?? this.#deps.nextId(),
      default_member_permissions: permissions == null ? null : String(permissions),
      ...((options ?? []).length === 0 ? {} : { options: (options ?? []).map(storedOption) }),
    };
    const changed = before !== undefined && JSON.stringify(made) !== JSON.stringify(before);
    return changed ? { ...made, version: this.#deps.nextId() } : made;
  }
}

function find(commands: readonly Command[], body: CommandBody): Command | undefined {
  return commands.find((command) => command.name === body.name && command.type === (body.type ?? 1));
}

function check(body: CommandBody): void {
  const errors = new FormErrors();
  checkCommand(body, [], errors);
  errors.throwIfAny();
}

function withDefaults(body: CommandBody): typeof commandDefaults {
  const known = Object.keys(commandDefaults) as (keyof typeof commandDefaults)[];
  return { ...commandDefaults, ...Object.fromEntries(known.map((key) => [key, body[key] ?? commandDefaults[key]])) };
}

function withoutMissing<T extends object>(node: T): Partial<T> {
  return Object.fromEntries(Object.entries(node).filter(([, value]) => value != null)) as Partial<T>;
}

/** An option as Discord gives it back: what is false or empty is left out. */
function storedOption(option: CommandOption): CommandOption {
  const { required, autocomplete, choices, options, ...rest } = option;
  return {
    ...withoutMissing(rest),
    name: option.name,
    description: option.description,
    type: option.type,
    name_localizations: option.name_localizations ?? null,
    description_localizations: option.description_localizations ?? null,
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...((choices ?? []).length === 0 ? {} : { choices: (choices ?? []).map(storedChoice) }),
    ...((options ?? []).length === 0 ? {} : { options: (options ?? []).map(storedOption) }),
  };
}

function storedChoice(choice: CommandChoice): CommandChoice {
  return { name: choice.name, name_localizations: choice.name_localizations ?? null, value: choice.value };
}

/** A command as a list gives it: translations only when they are asked for. */
export function listed(command: Command, withLocalizations: boolean): object {
  return withLocalizations ? command : strip(command);
}

function strip<T extends object>(node: T): object {
  const entries = Object.entries(node).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'options' || key === 'choices' ? value.map(strip) : value]),
  );
}
