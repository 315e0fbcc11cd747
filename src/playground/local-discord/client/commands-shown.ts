// Which commands a person is shown in a place, and finding one by what they typed.
import type { Core } from '../core.ts';
import type { Channel } from '../entities.ts';
import { Permission } from '../permissions.ts';
import type { Snowflake } from '../snowflake.ts';
import { type Command, type CommandOption, OptionType } from '../types.ts';
import { ClientRefusal } from './client-refusal.ts';
import { isNamed, shownName } from './options.ts';

const chatInput = 1;
const Context = { guild: 0, botDm: 1 } as const;

/** The slash commands shown to a person there; a server's own come first. */
export function commandsShown(core: Core, userId: Snowflake, channel: Channel): Command[] {
  const { commands, world } = core;
  const { guildId } = channel;
  const context = guildId === null ? Context.botDm : Context.guild;
  const bits = guildId === null ? 0n : world.permissionsOf(guildId, userId, channel);
  if (guildId !== null && (bits & Permission.useApplicationCommands) === 0n) return [];
  const all = [...(guildId === null ? [] : commands.list(guildId)), ...commands.list(null)];
  return all.filter((command) => {
    if (command.type !== chatInput) return false;
    if (command.contexts !== null && !command.contexts.includes(context)) return false;
    if (guildId === null) return command.dm_permission !== false;
    return maySee(command, bits);
  });
}

/** `default_member_permissions`: all the bits are needed; 0 means administrators only. */
function maySee(command: Command, bits: bigint): boolean {
  if (command.default_member_permissions === null) return true;
  if ((bits & Permission.administrator) !== 0n) return true;
  const needed = BigInt(command.default_member_permissions);
  return needed !== 0n && (bits & needed) === needed;
}

export interface FoundCommand {
  readonly command: Command;
  /** Subcommand group and subcommand, outermost first. */
  readonly branches: readonly CommandOption[];
  readonly options: readonly CommandOption[];
}

/** Finds `/shop supplier add` among the commands shown, by base or localized names. */
export function findCommand(shown: readonly Command[], path: string, locale: string): FoundCommand {
  const [name = '', ...rest] = path.trim().replace(/^\//, '').split(/\s+/);
  const command = shown.find((candidate) => isNamed(candidate, name, locale));
  if (command === undefined) throw new ClientRefusal(`There is no command /${name} here`);
  const branches: CommandOption[] = [];
  let options: readonly CommandOption[] = command.options ?? [];
  for (const word of rest) {
    const branch = options.find((option) => isBranch(option) && isNamed(option, word, locale));
    if (branch === undefined) throw new ClientRefusal(`There is no "${word}" under /${name}`);
    branches.push(branch);
    options = branch.options ?? [];
  }
  if (options.some(isBranch)) {
    const typed = `/${[name, ...rest].join(' ')}`;
    const choices = options.map((option) => shownName(option, locale));
    throw new ClientRefusal(`${typed} needs a subcommand`, 'subcommand_needed', { command: typed, choices });
  }
  return { command, branches, options };
}

function isBranch(option: CommandOption): boolean {
  return option.type === OptionType.subcommand || option.type === OptionType.subcommandGroup;
}
