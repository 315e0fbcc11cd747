// Turns what was typed for an option into what Discord's client would send: people, roles and channels by name, files by path.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DemoWorld } from '../demo-world.ts';
import type { OptionValue } from '../local-discord/client/options.ts';
import type { LocalDiscord } from '../local-discord/local-discord.ts';
import { type CommandOption, OptionType } from '../local-discord/types.ts';

/** The file named cannot be read. */
export class FileMissing extends Error {
  override readonly name = 'FileMissing';
  readonly path: string;
  constructor(path: string) {
    super('the file cannot be read');
    this.path = path;
  }
}

export async function valueFor(
  option: CommandOption,
  typed: string,
  { discord, world }: { readonly discord: LocalDiscord; readonly world: DemoWorld },
): Promise<OptionValue> {
  const name = typed.replace(/^[@#]/, '');
  switch (option.type) {
    case OptionType.integer:
    case OptionType.number:
      return typed.trim() === '' ? typed : Number(typed);
    case OptionType.user:
      return world.cast.find((person) => person.key === name || person.name === name)?.userId ?? typed;
    case OptionType.role:
      return [...discord.world.guild(world.guildId).roles.values()].find((role) => role.name === name)?.id ?? typed;
    case OptionType.channel:
      return [...discord.world.channels.values()].find((channel) => channel.name === name)?.id ?? typed;
    case OptionType.attachment:
      return {
        name: basename(typed),
        bytes: await readFile(typed).catch(() => Promise.reject(new FileMissing(typed))),
      };
    default:
      return typed;
  }
}
