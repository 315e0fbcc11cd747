// Words a refusal: what is wrong and what to do, in the reader's language.
import type { Refusal } from '../../domain/refusal.ts';
import { person, timestamp } from '../../i18n/format.ts';
import { join, type Markup, ours, type Value } from '../../i18n/markup.ts';
import { type Card, textCard } from '../card.ts';
import type { Words } from './items.ts';
import { carrierName } from './items.ts';

function numberOf({ f }: Words, name: string, value: number, currency: unknown): Value {
  if (name === 'at' || name.endsWith('At')) return timestamp(value, 'f');
  if (name.endsWith('Minor') && typeof currency === 'string') return ours(f.money(value, currency));
  return value;
}

function textOf({ t }: Words, name: string, value: string): Value {
  if (name === 'by') return person(value);
  if (name === 'carrier') return carrierName(t, value);
  if (name === 'reason') return t.find(`common.compensation.${value}`) ?? t.find(`common.reason.${value}`) ?? value;
  return value;
}

/** Instants (`…At`) become timestamps, money (`…Minor`, with `currency` beside it) is written out, lists are joined. */
function shownValue(words: Words, name: string, value: Refusal['data'][string], currency: unknown): Value {
  if (typeof value === 'object') return join([...value], words.t.plain('common.list_separator'));
  if (typeof value === 'number') return numberOf(words, name, value, currency);
  return textOf(words, name, String(value));
}

/** Which wording of a code: by what it needs, by the kind it is about, or by whether there is something to name. */
function variantOf({ needs, kind, tracking, merchants }: Refusal['data']): string | undefined {
  const named = needs ?? kind;
  if (typeof named === 'string') return named;
  if (tracking) return 'tracked';
  return Array.isArray(merchants) && merchants.length > 0 ? 'some' : undefined;
}

/** The sentence: `refusals.<code>.<variant>` where the code is worded by what it needs or by kind, else `refusals.<code>`. */
export function refusalText(words: Words, refusal: Refusal): Markup {
  const { refused, data } = refusal;
  const values = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, shownValue(words, name, value, data.currency)]),
  );
  const variant = variantOf(data);
  return (
    (variant ? words.t.find(`refusals.${refused}.${variant}`, values) : undefined) ??
    words.t.find(`refusals.${refused}`, values) ??
    words.t.find(`refusals.${refused}.other`, values) ??
    words.t('common.refused')
  );
}

export function refusalCard(words: Words, refusal: Refusal): Card {
  return textCard('closed', refusalText(words, refusal));
}
