// What a text being written asks for: a command behind a `/`, somebody behind an `@`.
import type { Leaf } from './command-model.ts';
import { mentionAt } from './mentions.ts';

export interface SoughtPerson {
  readonly kind: 'person';
  /** Where the `@` stands, and what is typed behind it. */
  readonly from: number;
  readonly typed: string;
}

/** What is looked for where the writing stands. A text of several lines is no command. */
export function soughtIn(text: string, caret: number): SoughtPerson | { readonly kind: 'command' } | undefined {
  if (text.startsWith('/') && !text.includes('\n')) return { kind: 'command' };
  const mention = mentionAt(text, caret);
  return mention && { kind: 'person', ...mention };
}

/** A command's name typed out whole, in either language, with a space behind it, is the command. */
export function typedOut(leaves: readonly Leaf[], text: string): Leaf | undefined {
  return text.endsWith(' ') ? leaves.find(({ path, shown }) => [path, shown].includes(text.trim())) : undefined;
}
