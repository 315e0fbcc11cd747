// What an import did: counts, what is worth knowing, and the rows that were not taken, with row, column and reason.
import { type Card, cards, textCard } from '../../src/discord/card.ts';
import type { DownloadFailure } from '../../src/discord/download.ts';
import { type FileUnusable, type RowReject, rowsOf } from '../../src/files/reasons.ts';
import { rejectReport } from '../../src/files/reject-report.ts';
import type { Counted } from '../../src/files/tally.ts';
import { reasonPlain, reasonText, sourceName, unusableText } from '../../src/i18n/file-words.ts';
import { join, type Markup, md } from '../../src/i18n/markup.ts';
import type { Texts } from '../../src/i18n/texts.ts';

/** Rows shown on the card when not all of them fit; the attachment has the rest. */
const rejectsShown = 4;
/** What a phone shows at once. Besides rows and notes: the title, the counts, what to do next. */
const mostLines = 10;

export interface ImportResult {
  readonly file: string;
  readonly source: string;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  /** What is wrong with rows, at least the first of it; a row may be named more than once. */
  readonly rejected: readonly RowReject[];
  readonly rejectedTotal: number;
  /** Rows, each once. */
  readonly rejectedRows: number;
  readonly notes: readonly Counted[];
}

export function importCard(t: Texts, result: ImportResult): Card {
  const { file, rejectedTotal, rejectedRows } = result;
  // They are found order by order; who corrects the file goes through it from the top.
  const rejected = result.rejected.toSorted((a, b) => a.row - b.row);
  const fits = rejectedTotal <= rejectsShown;
  const shown = rejected.slice(0, rejectsShown);
  const more = rejectedRows - rowsOf(shown);
  return cards({
    tone: rejectedTotal > 0 ? 'soon' : 'good',
    lines: [
      md`**${t(rejectedTotal > 0 ? 'shop.import.titleRejected' : 'shop.import.title', { file })}**`,
      join([
        sourceName(t, result.source),
        t('shop.import.imported', { count: result.imported }),
        t('shop.import.updated', { count: result.updated }),
        t('shop.import.unchanged', { count: result.unchanged }),
        t('shop.import.rejected', { count: rejectedRows }),
      ]),
      ...shown.map((reject) => rejectLine(t, reject)),
      moreLine(t, result, more),
      ...result.notes
        .slice(0, mostLines - 3 - shown.length - (more > 0 ? 1 : 0))
        .map(({ code, count }) => t.find(`files.note.${code}`, { count })),
      t(rejectedTotal > 0 ? 'shop.import.rejectHint' : 'shop.import.again'),
    ],
    files: fits ? [] : [{ name: 'rejected-rows.csv', data: rejectReport(reportRows(t, rejected)) }],
  });
}

export function readingCard(t: Texts, file: string): Card {
  return textCard('neutral', t('shop.import.reading', { file }));
}

function moreLine(t: Texts, { rejected, rejectedTotal }: ImportResult, count: number): Markup | undefined {
  if (count <= 0) return undefined;
  const all = rejected.length === rejectedTotal;
  return all
    ? t('shop.import.rejectMore', { count })
    : t('shop.import.rejectMoreFirst', { count, first: rejected.length });
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
  return textCard('closed', unusableText(t, file), t('files.nothing_changed'));
}

/** A file that could not be read to its end. */
export function brokenCard(t: Texts, file: FileUnusable) {
  return textCard('closed', unusableText(t, file), t('files.taken_before'));
}

function rejectLine(t: Texts, { row, column, reason }: RowReject): Markup {
  const why = reasonText(t, reason);
  return column === undefined
    ? t('shop.import.rejectLineNoColumn', { row, reason: why })
    : t('shop.import.rejectLine', { row, column: column, reason: why });
}

function reportRows(t: Texts, rejected: readonly RowReject[]): string[][] {
  const header = [
    t.plain('shop.import.reportRow'),
    t.plain('shop.import.reportColumn'),
    t.plain('shop.import.reportReason'),
  ];
  return [header, ...rejected.map(({ row, column, reason }) => [String(row), column ?? '', reasonPlain(t, reason)])];
}
