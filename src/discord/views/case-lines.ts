// Each thing that happened to an order, as one line: when, what, by whom.
import type { CaseFile } from '../../app/case-file.ts';
import type { CaseEntry } from '../../domain/case-file/entry.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import { person, timestamp } from '../../i18n/format.ts';
import { join, longText, type Markup, md, ours, type Value } from '../../i18n/markup.ts';
import { compensationReason } from './compensate.ts';
import type { Words } from './items.ts';
import { carrierName } from './items.ts';
import { reasonText } from './shop-order.ts';

/** The file in order of time: what happened, and the messages that are not entries of their own. */
export function caseLines(words: Words, { entries, notices, order }: CaseFile): Markup[] {
  const lines = [
    ...entries.map((entry) => ({ at: entry.at, line: entryLine(words, entry, order.currency) })),
    ...notices.filter(isOfItsOwn).map((notice) => ({ at: sentAt(notice), line: noticeLine(words, notice) })),
  ];
  return lines.sort((a, b) => a.at - b.at).map(({ line }) => line);
}

/** A message to a buyer that was settled has its entry; the others have none. */
function isOfItsOwn({ to, state }: Notice): boolean {
  return state !== 'dropped' && (to.type !== 'buyer' || state === 'pending');
}

const sentAt = (notice: Notice) => notice.sentAt ?? notice.createdAt;

function noticeLine({ t }: Words, notice: Notice): Markup {
  const what = messageName(t, notice.kind);
  const to = notice.to.type === 'member' ? 'merchant' : notice.to.type;
  const how =
    notice.state === 'sent'
      ? t.find(`staff.case.way.${notice.way ?? 'dm'}`)
      : t.find(`staff.case.sending.${notice.state}`);
  const line = t('staff.case.message', { to: t.find(`staff.case.to.${to}`) ?? ours(''), what, how: how ?? ours('') });
  return join([timestamp(sentAt(notice), 'f'), line]);
}

/** What a message is about. */
export function messageName(t: Words['t'], kind: string): Markup {
  return t.find(`notices.what.${kind}`) ?? t('notices.what.other');
}

function entryLine(words: Words, entry: CaseEntry, currency: string): Markup {
  const { t } = words;
  const by = entry.by === 'system' ? undefined : person(entry.by);
  return join([timestamp(entry.at, 'f'), entryText(words, entry, currency), by ?? t('staff.case.system')]);
}

/** What happened, in words. @param currency of sums that do not say their own */
export function entryText(words: Words, entry: CaseEntry, currency: string): Markup {
  return wordingOf(words, entry, currency) ?? md`${entry.kind}`;
}

/** `staff.case.entry.<kind>`, or `<kind>_<variant>` where what happened has kinds of its own. */
function wordingOf(words: Words, entry: CaseEntry, currency: string): Markup | undefined {
  const { t } = words;
  const data = valuesOf(words, entry, currency);
  const variants = [entry.data.kind, entry.data.newShipAt === undefined ? undefined : 'dated', entry.data.how];
  for (const variant of variants) {
    const found = variant === undefined ? undefined : t.find(`staff.case.entry.${entry.kind}_${variant}`, data);
    if (found) return found;
  }
  return t.find(`staff.case.entry.${entry.kind}`, data);
}

function valuesOf(words: Words, entry: CaseEntry, currency: string): Record<string, Value> {
  const money = typeof entry.data.currency === 'string' ? entry.data.currency : currency;
  const values = Object.entries(entry.data).map(([name, value]) => [
    name,
    valueShown(words, entry, name, value, money),
  ]);
  return Object.fromEntries(values);
}

function valueShown(
  words: Words,
  entry: CaseEntry,
  name: string,
  value: string | number | boolean,
  currency: string,
): Value {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberOf(words, name, value, currency);
  switch (name) {
    case 'userId':
    case 'from':
      return /^\d{15,21}$/.test(value) ? person(value) : value;
    case 'reason':
      return entry.kind === 'compensated' ? compensationReason(words, value) : reasonText(words.t, value);
    case 'notice':
      return messageName(words.t, value);
    case 'way':
      return words.t.find(`staff.case.way.${value}`) ?? value;
    case 'failure':
      return words.t.find(`notices.not_reached.why.${value}`) ?? words.t('notices.not_reached.why.other');
    case 'carrier':
    case 'oldCarrier':
      return carrierName(words.t, value);
    case 'text':
    case 'note':
      return longText(value, 1000);
    case 'hash':
      return value.slice(0, 12);
    default:
      return value;
  }
}

function numberOf({ f }: Words, name: string, value: number, currency: string): Value {
  if (name.endsWith('At')) return timestamp(value, 'f');
  if (name.endsWith('Minor')) return ours(f.money(value, currency));
  if (name.endsWith('Ms')) return ours(f.duration(value));
  return value;
}
