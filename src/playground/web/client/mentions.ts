// Mentions as they are typed: `@` and a name in the text, somebody's id in what is sent.

export interface Mentionable {
  readonly id: string;
  readonly name: string;
  /** What they are there. */
  readonly hint?: string;
}

/** Not within a word, such as an e-mail address. */
const begins = String.raw`(?<![\w.+-])@`;
const beingTyped = new RegExp(String.raw`${begins}([^\s@]*)$`, 'u');
const offered = 10;

/** The mention being typed where the writing stands: from its `@` on. */
export function mentionAt(text: string, caret: number): { readonly from: number; readonly typed: string } | undefined {
  const match = beingTyped.exec(text.slice(0, caret));
  return match ? { from: match.index, typed: match[1] ?? '' } : undefined;
}

/** Those whose name begins with what is typed, then those whose name holds it. */
export function findPeople(people: readonly Mentionable[], typed: string): Mentionable[] {
  const words = typed.toLowerCase();
  const at = ({ name }: Mentionable) => name.toLowerCase().indexOf(words);
  const found = people.filter((one) => at(one) >= 0);
  return [...found.filter((one) => at(one) === 0), ...found.filter((one) => at(one) > 0)].slice(0, offered);
}

/** A text as it is sent: each name behind an `@`, written out whole, as `<@id>`. */
export function withMentions(text: string, people: readonly Mentionable[]): string {
  const ids = new Map(people.map(({ name, id }) => [name, id]));
  const longestFirst = [...ids.keys()].sort((a, b) => b.length - a.length);
  const names = longestFirst.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join('|');
  const whole = new RegExp(String.raw`${begins}(${names})(?![\p{L}\p{N}_])`, 'gu');
  return names ? text.replaceAll(whole, (_, name: string) => `<@${ids.get(name)}>`) : text;
}
