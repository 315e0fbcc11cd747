// Cells as text: what counts as empty, what is stripped, and which numbers Excel has already spoilt.

/** Control, zero-width and direction characters: never wanted in a name, and used to hide things in one. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
const ANY_INVISIBLE = new RegExp(INVISIBLE.source);
const EMPTY_MARKS: ReadonlySet<string> = new Set(['', '-', '--', '—', '——']);
/** A number as Excel shows one it has no room for (2.60517E+17); its last digits are gone. */
const ROUNDED = /^-?\d(?:\.\d{1,20})?E\+\d{1,3}$/i;

/**
 * True for text with nothing to strip, made of ASCII and Chinese characters with blanks only inside. Nearly every cell is:
 * to look is several times faster than to trim and to search.
 */
function isClean(text: string): boolean {
  const last = text.length - 1;
  for (let at = 0; at <= last; at += 1) {
    const code = text.charCodeAt(at);
    const isAscii = code > 0x20 && code < 0x7f;
    const isChinese = (code > 0x3000 && code < 0xd800) || (code > 0xff00 && code < 0xfff0);
    const isInnerBlank = code === 0x20 && at > 0 && at < last;
    if (!isAscii && !isChinese && !isInnerBlank) return false;
  }
  return true;
}

/** The cell's text; '' for a cell that says "none" (empty, blanks, tab, `-`). */
export function textOf(raw: string | undefined): string {
  if (raw === undefined || raw === '') return '';
  if (raw.length > 2 && isClean(raw)) return raw;
  const trimmed = raw.trim();
  if (trimmed.length <= 2 && EMPTY_MARKS.has(trimmed)) return '';
  return ANY_INVISIBLE.test(trimmed) ? trimmed.replace(INVISIBLE, ' ').trim() : trimmed;
}

/** An id's text, freed of what keeps Excel from reading it as a number: `="123"`, a leading `'`, tabs. */
export function idOf(raw: string | undefined): string {
  const text = textOf(raw);
  const inner = text.startsWith('="') && text.endsWith('"') && text.length > 2 ? text.slice(2, -1) : text;
  return inner.startsWith("'") ? textOf(inner.slice(1)) : inner === text ? text : textOf(inner);
}

/** True for an id that has been through Excel as a number: to be refused, not guessed. */
export function isRounded(text: string): boolean {
  return text.length <= 30 && ROUNDED.test(text);
}

/** Cut to `max` characters, never through a pair. */
export function clip<T extends string | undefined>(text: T, max: number): T | string;
export function clip(text: string | undefined, max: number): string | undefined {
  return text === undefined || text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/**
 * A header so that its spellings are one: full and half width, blanks, tabs, underscores, case, a trailing (元) or (件), the
 * quotes that a second byte order mark before them makes part of the text.
 */
export function headerKey(raw: string): string {
  if (raw.length > 100) return '';
  const bare = raw
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s"\u200b\ufeff_-]/g, '');
  return bare.replace(/\((?:元|件)\)$/, '');
}

/** A status so that its spellings are one: any comma, no blanks. */
export function statusKey(text: string): string {
  return text.length > 100 ? text : text.normalize('NFKC').toLowerCase().replace(/[\s_]/g, '').replace(/[、;]/g, ',');
}
