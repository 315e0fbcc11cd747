// What is wrong with a file or one of its rows, in words: for cards, for attachments and for the shell.
import type { FileUnusable, RejectReason } from '../files/reasons.ts';
import { join, type Markup, md, ours, plainText, type Value } from './markup.ts';
import type { Texts } from './texts.ts';

/** Lists in a sentence are no longer than this. */
const mostNamed = 12;

/** The name of a marketplace whose files are known. */
export function sourceName(t: Texts, source: string): Markup {
  return t.find(`files.source.${source}`) ?? md`${source}`;
}

interface Unusable {
  readonly unusable: string;
  readonly source?: string;
  readonly seen?: readonly string[];
}

/** Why a file cannot be used. @param file a `FileUnusable`, or another code worded under `files.unusable` */
export function unusableText(t: Texts, file: Unusable): Markup | undefined {
  return t.find(unusableKey(file), valuesOf(t, file));
}

/**
 * Where no row may be quoted, the sentence that would quote it is worded without. What misses columns of the generic table
 * is most likely the export of a marketplace that is not known.
 */
function unusableKey(file: Unusable): string {
  const isUnknown = file.unusable === 'columns_missing' && file.source === 'generic';
  return `files.unusable.${file.unusable}${file.seen?.length === 0 ? '_at_all' : isUnknown ? '_generic' : ''}`;
}

/** Why a row was not taken. */
export function reasonText(t: Texts, reason: RejectReason): Markup {
  return t.find(`files.reject.${reason.code}`, valuesOf(t, reason)) ?? md`${reason.code}`;
}

/** Lists are shortened and joined; sources are named. */
function valuesOf(t: Texts, data: object): Record<string, Value> {
  const separator = t.plain('common.list_separator');
  const entries = Object.entries(data).map(([name, value]): [string, Value] => {
    if (Array.isArray(value)) {
      const parts = value
        .slice(0, mostNamed)
        .map((part) => (name === 'sources' ? sourceName(t, String(part)) : String(part)));
      return [name, join(parts, separator)];
    }
    if (name === 'source') return [name, sourceName(t, String(value))];
    return [name, typeof value === 'number' ? value : String(value)];
  });
  return Object.fromEntries(entries);
}

/** The reason without markdown, for the attachment and the shell. */
export function reasonPlain(t: Texts, reason: RejectReason): string {
  return t.find(`files.reject.${reason.code}`, plainValuesOf(t, reason))?.text ?? reason.code;
}

/** Why a file cannot be used and what came of it, without markdown, for the shell. Chinese sentences follow without a blank. */
export function unusablePlain(t: Texts, file: FileUnusable, came: 'nothing_changed' | 'taken_before'): string {
  const why = t.find(unusableKey(file), plainValuesOf(t, file))?.text ?? file.unusable;
  return [why, t.plain(`files.${came}`)].join(t.locale === 'zh-CN' ? '' : ' ');
}

function plainValuesOf(t: Texts, data: object): Record<string, Value> {
  const shown = (name: string, value: unknown) =>
    name === 'source' || name === 'sources' ? sourceName(t, String(value)).text : plainText(String(value));
  const entries = Object.entries(data).map(([name, value]): [string, Value] => {
    if (typeof value === 'number') return [name, value];
    const parts: readonly unknown[] = Array.isArray(value) ? value.slice(0, mostNamed) : [value];
    return [name, ours(parts.map((part) => shown(name, part)).join(t.plain('common.list_separator')))];
  });
  return Object.fromEntries(entries);
}
