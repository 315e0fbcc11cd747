// What an import did: counts, what is worth knowing, and the rows that were not taken, with row, column and reason.
import type { FileNote, FileUnusable, RejectReason, RowNote, RowReject } from '../../files/reasons.ts';
import { rejectReport } from '../../files/reject-report.ts';
import { join, type Markup, md, ours, plainText, type Value } from '../../i18n/markup.ts';
import type { Texts } from '../../i18n/texts.ts';
import { type Card, cards, textCard } from '../card.ts';
import type { DownloadFailure } from '../download.ts';

/** Rows shown on the card when not all of them fit; the attachment has the rest. */
const rejectsShown = 4;

export interface ImportResult {
  readonly file: string;
  readonly source: string;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  /** At least the first of them. */
  readonly rejected: readonly RowReject[];
  readonly rejectedTotal: number;
  readonly notes: readonly Counted[];
}

/** A note and how often it was made. */
export interface Counted {
  readonly code: RowNote['code'] | FileNote['code'];
  readonly count: number;
}

export function importCard(t: Texts, result: ImportResult): Card {
  const { file, rejected, rejectedTotal } = result;
  const fits = rejectedTotal <= rejectsShown;
  return cards({
    tone: rejectedTotal > 0 ? 'soon' : 'good',
    lines: [
      md`**${t(rejectedTotal > 0 ? 'shop.import.titleRejected' : 'shop.import.title', { file })}**`,
      join([
        sourceName(t, result.source),
        t('shop.import.imported', { count: result.imported }),
        t('shop.import.updated', { count: result.updated }),
        t('shop.import.unchanged', { count: result.unchanged }),
        t('shop.import.rejected', { count: rejectedTotal }),
      ]),
      ...rejected.slice(0, rejectsShown).map((reject) => rejectLine(t, reject)),
      fits ? undefined : t('shop.import.rejectMore', { count: rejectedTotal - rejectsShown }),
      ...result.notes.slice(0, 2).map(({ code, count }) => t.find(`files.note.${code}`, { count })),
      t(rejectedTotal > 0 ? 'shop.import.rejectHint' : 'shop.import.again'),
    ],
    files: fits ? [] : [{ name: 'rejected-rows.csv', data: rejectReport(reportRows(t, rejected)) }],
  });
}

export function readingCard(t: Texts, file: string): Card {
  return textCard('neutral', t('shop.import.reading', { file }));
}

/** @param rows how many of `total` have been dealt with */
export function importProgressCard(t: Texts, rows: number, total: number): Card {
  return textCard('neutral', t('shop.import.progress', { rows, left: Math.max(0, total - rows) }));
}

/** A file that cannot be used: why, and that nothing was changed. */
export function unusableCard(
  t: Texts,
  file: FileUnusable | { readonly unusable: DownloadFailure; maxMegabytes?: number },
) {
  const data = valuesOf(t, file);
  return textCard('closed', t.find(`files.unusable.${file.unusable}`, data), t('files.nothing_changed'));
}

/** Lists are shortened and joined; sources are named. */
function valuesOf(t: Texts, data: object): Record<string, Value> {
  const separator = t.plain('common.list_separator');
  const entries = Object.entries(data).map(([name, value]): [string, Value] => {
    if (Array.isArray(value)) {
      const parts = value.slice(0, 12).map((part) => (name === 'sources' ? sourceName(t, String(part)) : String(part)));
      return [name, join(parts, separator)];
    }
    if (name === 'source') return [name, sourceName(t, String(value))];
    return [name, typeof value === 'number' ? value : String(value)];
  });
  return Object.fromEntries(entries);
}

function sourceName(t: Texts, source: string): Markup {
  return t.find(`files.source.${source}`) ?? md`${source}`;
}

function rejectLine(t: Texts, { row, column, reason }: RowReject): Markup {
  const why = reasonMarkup(t, reason);
  return column === undefined
    ? t('shop.import.rejectLineNoColumn', { row, reason: why })
    : t('shop.import.rejectLine', { row, column: column, reason: why });
}

function reasonMarkup(t: Texts, reason: RejectReason): Markup {
  return t.find(`files.reject.${reason.code}`, valuesOf(t, reason)) ?? md`${reason.code}`;
}

function reportRows(t: Texts, rejected: readonly RowReject[]): string[][] {
  const header = [
    t.plain('shop.import.reportRow'),
    t.plain('shop.import.reportColumn'),
    t.plain('shop.import.reportReason'),
  ];
  return [header, ...rejected.map(({ row, column, reason }) => [String(row), column ?? '', reasonPlain(t, reason)])];
}

/** The reason without markdown, for the attachment and the shell. */
export function reasonPlain(t: Texts, reason: RejectReason): string {
  return t.find(`files.reject.${reason.code}`, plainValuesOf(t, reason))?.text ?? reason.code;
}

/** Why a file cannot be used, without markdown, for the shell. */
export function unusablePlain(t: Texts, file: FileUnusable): string {
  return t.find(`files.unusable.${file.unusable}`, plainValuesOf(t, file))?.text ?? file.unusable;
}

function plainValuesOf(t: Texts, data: object): Record<string, Value> {
  const shown = (name: string, value: unknown) =>
    name === 'source' || name === 'sources' ? sourceName(t, String(value)).text : plainText(String(value));
  const entries = Object.entries(data).map(([name, value]): [string, Value] => {
    if (typeof value === 'number') return [name, value];
    const parts: readonly unknown[] = Array.isArray(value) ? value.slice(0, 12) : [value];
    return [name, ours(parts.map((part) => shown(name, part)).join(t.plain('common.list_separator')))];
  });
  return Object.fromEntries(entries);
}
