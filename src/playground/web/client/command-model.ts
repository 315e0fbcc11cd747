// Slash commands as the composer needs them: one entry for each subcommand, found by name, filled in and checked.
import {
  type Command,
  type CommandChoice,
  type CommandOption,
  type Localizations,
  OptionType,
} from '../../local-discord/types.ts';
import type { TypedValue } from '../protocol.ts';

export interface Leaf {
  /** `/order status`, in English. */
  readonly path: string;
  /** As its reader sees it. */
  readonly shown: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

const maxText = 6000;

/** What stands in an option: what is shown, and what is sent. */
export interface Filled {
  readonly text: string;
  readonly value: TypedValue | File;
}

export type Problem =
  | 'needed'
  | 'not_a_choice'
  | 'not_a_number'
  | 'not_whole'
  | 'too_small'
  | 'too_large'
  | 'too_short'
  | 'too_long';

interface Named {
  readonly name: string;
  readonly name_localizations?: Localizations;
}

interface Described {
  readonly description: string;
  readonly description_localizations?: Localizations;
}

export const shownName = (named: Named, locale: string): string => named.name_localizations?.[locale] ?? named.name;
export const shownDescription = (one: Described, locale: string): string =>
  one.description_localizations?.[locale] ?? one.description;

const isBranch = ({ type }: CommandOption) => type === OptionType.subcommand || type === OptionType.subcommandGroup;

function leavesUnder(
  node: Named & Described & { readonly options?: CommandOption[] | null },
  before: { readonly path: string; readonly shown: string },
  locale: string,
): Leaf[] {
  const path = `${before.path}${node.name}`;
  const shown = `${before.shown}${shownName(node, locale)}`;
  const options = node.options ?? [];
  if (!options.some(isBranch)) return [{ path, shown, description: shownDescription(node, locale), options }];
  return options.flatMap((option) => leavesUnder(option, { path: `${path} `, shown: `${shown} ` }, locale));
}

export function leavesOf(commands: readonly Command[], locale: string): Leaf[] {
  return commands.flatMap((command) => leavesUnder(command, { path: '/', shown: '/' }, locale));
}

/** Those whose name, in either language, holds the words typed; names that begin with them first. */
export function findLeaves(leaves: readonly Leaf[], typed: string): Leaf[] {
  const words = typed.trim().toLowerCase();
  const rank = ({ path, shown }: Leaf) => {
    if (path.startsWith(words) || shown.startsWith(words)) return 0;
    const bare = words.slice(1);
    return path.includes(bare) || shown.includes(bare) ? 1 : 2;
  };
  return leaves
    .map((leaf) => ({ leaf, rank: rank(leaf) }))
    .filter((one) => one.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ leaf }) => leaf);
}

/** The choices of an option that hold what is typed. */
export function findChoices(option: CommandOption, typed: string, locale: string): CommandChoice[] {
  const words = typed.trim().toLowerCase();
  return (option.choices ?? [])
    .filter((choice) => `${shownName(choice, locale)}\n${choice.name}\n${choice.value}`.toLowerCase().includes(words))
    .slice(0, 25);
}

const referringTypes: readonly number[] = [
  OptionType.user,
  OptionType.channel,
  OptionType.role,
  OptionType.mentionable,
];

/** Whether what is sent must be picked from a list. */
export function isPicked(option: CommandOption): boolean {
  return (
    (option.choices ?? []).length > 0 || option.type === OptionType.boolean || referringTypes.includes(option.type)
  );
}

/** What typed text stands for, where it need not be picked. */
export function fill(option: CommandOption, text: string, locale: string): Filled | undefined {
  if (text.trim() === '') return undefined;
  const choice = (option.choices ?? []).find((one) => [shownName(one, locale), one.name].includes(text.trim()));
  if (choice) return { text: shownName(choice, locale), value: choice.value };
  if (option.type === OptionType.integer || option.type === OptionType.number) {
    return { text, value: Number(text) };
  }
  return { text, value: text };
}

/** Values as they stand in their options: one of several choices by its name. */
export function filledWith(
  { options }: Leaf,
  values: Readonly<Record<string, string>>,
  locale: string,
): Record<string, Filled> {
  const shown = (name: string, value: string) => {
    const choice = options.find((option) => option.name === name)?.choices?.find((one) => one.value === value);
    return choice ? shownName(choice, locale) : value;
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { text: shown(name, value), value }] as const),
  );
}

/** What Discord's client would say about an option; undefined: nothing. */
export function problemWith(option: CommandOption, filled: Filled | undefined): Problem | undefined {
  if (!filled) return option.required ? 'needed' : undefined;
  const { value, text } = filled;
  if (option.type === OptionType.integer || option.type === OptionType.number) return problemWithNumber(option, value);
  if ((option.choices ?? []).length > 0) {
    return option.choices?.some((choice) => choice.value === value) ? undefined : 'not_a_choice';
  }
  if (option.type === OptionType.attachment) return value instanceof File ? undefined : 'needed';
  if (isPicked(option)) return value === text ? 'not_a_choice' : undefined;
  return problemWithText(option, text);
}

function problemWithText(option: CommandOption, text: string): Problem | undefined {
  const { length } = [...text];
  if (length < (option.min_length ?? 0)) return 'too_short';
  return length > (option.max_length ?? maxText) ? 'too_long' : undefined;
}

function problemWithNumber(option: CommandOption, value: Filled['value']): Problem | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not_a_number';
  if (option.type === OptionType.integer && !Number.isSafeInteger(value)) return 'not_whole';
  if (option.min_value != null && value < option.min_value) return 'too_small';
  return option.max_value != null && value > option.max_value ? 'too_large' : undefined;
}
