// Reads a typed slash command: which command is meant, and what stands for which option.
import { isNamed } from '../local-discord/client/options.ts';
import type { Command, CommandOption } from '../local-discord/types.ts';

/** A word as typed; quoted words may hold spaces. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}

export interface TypedCommand {
  /** `/order status`, in the words typed. */
  readonly path: string;
  /** Option by base name, as typed. */
  readonly values: ReadonlyMap<string, { readonly option: CommandOption; readonly typed: string }>;
}

const branchTypes = new Set([1, 2]);

/**
 * Options are written `name:value`, by base or localized name, or simply in their order; the last one without a name takes
 * the rest of the line. A subcommand not found is left out, for Discord to say so; undefined where there is no such command.
 */
export function readCommand(line: string, commands: readonly Command[], locale: string): TypedCommand | undefined {
  const words = wordsOf(line.trim().replace(/^\//, ''));
  const path: string[] = words.slice(0, 1);
  const found = commands.find((command) => isNamed(command, words[0] ?? '', locale));
  if (!found) return undefined;
  let options = found.options ?? [];
  let at = 1;
  for (; at < words.length; at++) {
    const branch = options.find((option) => branchTypes.has(option.type) && isNamed(option, words[at] ?? '', locale));
    if (!branch) break;
    path.push(words[at] ?? '');
    options = branch.options ?? [];
  }
  return { path: `/${path.join(' ')}`, values: readOptions(words.slice(at), options, locale) };
}

function readOptions(
  words: readonly string[],
  options: readonly CommandOption[],
  locale: string,
): TypedCommand['values'] {
  const values = new Map<string, { option: CommandOption; typed: string }>();
  let open: { option: CommandOption; typed: string } | undefined;
  for (const word of words) {
    const [, name = '', rest = ''] = /^([^:：]+)[:：](.*)$/s.exec(word) ?? [];
    const named = options.find((option) => isNamed(option, name, locale));
    const option = named ?? options.find((candidate) => !values.has(candidate.name));
    if (option) {
      open = { option, typed: named ? rest : word };
      values.set(option.name, open);
    } else if (open) {
      open.typed += ` ${word}`;
    }
  }
  return values;
}
