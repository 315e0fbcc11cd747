// What somebody is writing: a message, or a slash command with its options.
import { type CommandOption, OptionType } from '../../local-discord/types.ts';
import type { TypedValue } from '../protocol.ts';
import { type Filled, type Leaf, type Problem, problemWith } from './command-model.ts';

/** An option being filled in: what is typed, and what it stands for once that is clear. */
export interface Entry {
  readonly text: string;
  readonly value?: TypedValue | File;
}

export interface Draft {
  readonly text: string;
  readonly files: readonly File[];
  readonly leaf?: Leaf;
  /** By option, in the order they were added. */
  readonly entries: ReadonlyMap<string, Entry>;
}

export const emptyDraft: Draft = { text: '', files: [], entries: new Map() };

/** A command begun: what it needs is there to be filled in. A file at hand goes into the first option that takes one. */
export function begin(leaf: Leaf, given: Readonly<Record<string, Entry>> = {}, files: readonly File[] = []): Draft {
  const needed = leaf.options.filter(({ required, name }) => required || name in given);
  const entries = new Map(needed.map(({ name }) => [name, given[name] ?? { text: '' }]));
  const takesFile = leaf.options.find(({ type }) => type === OptionType.attachment);
  const [file] = files;
  if (takesFile && file) entries.set(takesFile.name, { text: file.name, value: file });
  return { text: '', files: [], leaf, entries };
}

const filled = ({ text, value }: Entry): Filled | undefined => (value === undefined ? undefined : { text, value });

/** What is wrong with an option as it stands. */
export function problemIn(option: CommandOption, entry: Entry | undefined): Problem | undefined {
  if (!entry || (entry.value === undefined && entry.text.trim() === '')) return option.required ? 'needed' : undefined;
  if (entry.value === undefined) return 'not_a_choice';
  return problemWith(option, filled(entry));
}

/** The first option there that is not as it must be. */
export function wrongIn({ options }: Leaf, { entries }: Draft): CommandOption | undefined {
  return options.find((option) => entries.has(option.name) && problemIn(option, entries.get(option.name)));
}

export function withEntry(draft: Draft, name: string, entry: Entry): Draft {
  return { ...draft, entries: new Map(draft.entries).set(name, entry) };
}

export function withoutEntry(draft: Draft, name: string): Draft {
  const entries = new Map(draft.entries);
  entries.delete(name);
  return { ...draft, entries };
}

/** What is sent: values by option, and files apart. Options left empty are left out. */
export function sentOf({ entries }: Draft): {
  readonly values: Record<string, TypedValue>;
  readonly files: ReadonlyMap<string, readonly File[]>;
} {
  const values: Record<string, TypedValue> = {};
  const files = new Map<string, readonly File[]>();
  for (const [name, { value }] of entries) {
    if (value instanceof File) files.set(name, [value]);
    else if (value !== undefined && value !== '') values[name] = value;
  }
  return { values, files };
}
