// Text in Discord's markdown that is known to be ours: whatever comes from orders or people is escaped on its way in.

/** Markdown that may be sent as it is. Only `ours`, `md`, `join` and the texts of the locale files make one. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

/** What can stand in a text: a string is data and is escaped, a number and a `Markup` stand as they are. */
export type Value = string | number | Markup;

/** The longest a single piece of data may be where it is shown. */
const maxValueLength = 200;

// Controls, bidirectional marks, zero-width and other characters that do not show, and halves of surrogate pairs.
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Cuts to `max` UTF-16 units with an ellipsis, never through a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Most of what is shown: numbers, names in Latin letters or in Chinese, with single spaces, and cut by `clip`. */
const harmless = /^[A-Za-z0-9\u4e00-\u9fff](?: ?[A-Za-z0-9\u4e00-\u9fff-])*…?$/;

/** Data as plain text on one line, for places without markdown such as button labels: visible characters only, capped. */
export function plainText(value: string, max = maxValueLength): string {
  if (value.length <= max && harmless.test(value)) return value;
  // The cap before the patterns keeps hostile lengths away from them.
  const visible = value
    .slice(0, max * 4)
    .replace(/\s+/g, ' ')
    .replace(invisible, '')
    .replace(/@(?=everyone|here)/g, '@\u200b');
  return clip(visible.trim(), max);
}

/** Data inside markdown: nothing in it formats, mentions, links or starts a list, heading or quote. */
export function escapeText(value: string, max = maxValueLength): string {
  if (value.length <= max && harmless.test(value)) return value;
  return plainText(value, max)
    .replace(/[\\*~`|[\]<>]/g, '\\$&')
    .replace(/(?<=\])\(/g, '\\(')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^([#+-]|\d+(?=\.))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replace(/[@<](?=[\w@#:/&!])/g, '$&\u200b');
}

/** What somebody wrote at length, such as a note: whole up to `max` characters, where data is cut sooner. */
export function longText(value: string, max: number): Markup {
  return new Markup(escapeText(value, max));
}

/** A text written by us, not by data. */
export function ours(text: string): Markup {
  return new Markup(text);
}

export function render(value: Value): string {
  if (value instanceof Markup) return value.text;
  return typeof value === 'number' ? String(value) : escapeText(value);
}

/** A template in which every string is escaped: md`**${name}** × ${count}`. */
export function md(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = strings[0] ?? '';
  for (const [index, value] of values.entries()) text += render(value) + (strings[index + 1] ?? '');
  return new Markup(text);
}

/** Joins what is there, leaving out what is not. */
export function join(parts: readonly (Value | undefined)[], separator = ' · '): Markup {
  const texts: string[] = [];
  for (const part of parts) {
    const text = part === undefined ? '' : render(part);
    if (text !== '') texts.push(text);
  }
  return new Markup(texts.join(separator));
}
