// Slash commands in texts: written by their base names, shown as the reader's own Discord lists them.

/** A command, a subcommand or an option, as its locale file names it. */
export interface CommandNames {
  readonly name: string;
  readonly subcommands?: Readonly<Record<string, CommandNames>>;
  readonly options?: Readonly<Record<string, CommandNames>>;
}

/** A command in a text: `` `/shop stock sku` ``. */
const mention = /`\/([a-z][a-z -]*)`/g;

/**
 * `` `/order link` `` becomes `` `/订单 绑定` ``; the names of options follow those of the command. What names no command stays.
 *
 * @param commands by base name
 */
export function nameCommands(text: string, commands: Readonly<Record<string, CommandNames>>): string {
  return text.replace(mention, (whole, path: string) => {
    const [first = '', ...rest] = path.split(' ');
    let at = commands[first];
    if (!at) return whole;
    const shown = [at.name];
    for (const word of rest) {
      const branch: CommandNames | undefined = at.subcommands?.[word];
      shown.push((branch ?? at.options?.[word])?.name ?? word);
      at = branch ?? at;
    }
    return `\`/${shown.join(' ')}\``;
  });
}
