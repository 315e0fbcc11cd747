// What an order is about, in a few words.
import { findCarrier } from '../../domain/carrier.ts';
import type { Standing } from '../../domain/order/facts.ts';
import type { Order } from '../../domain/order/order.ts';
import { shortName } from '../../i18n/format.ts';
import { join, type Markup, md } from '../../i18n/markup.ts';
import type { Texts } from '../../i18n/texts.ts';
import { marks, type Tone } from '../card.ts';
import type { Context } from '../command.ts';

/** What views need of a context: texts and formats, which a message sent unasked has too. */
export type Words = Pick<Context, 't' | 'f'>;

/** The first line of an order and how many more there are: `Black tea × 2, and 1 more item`. */
export function itemsText({ t }: Pick<Words, 't'>, order: Pick<Order, 'lines'>, nameLength = 24): Markup {
  const [first, ...others] = order.lines;
  if (!first) return md``;
  const line = md`${shortName(first.name || first.sku, nameLength)} × ${first.quantity}`;
  return others.length === 0 ? line : join([line, t('shop.due.moreItems', { count: others.length })], ' ');
}

const itemsShown = 3;

/** What an order consists of, where it is the one that is spoken of: its first lines, and how many more there are. */
export function allItemsText({ t }: Pick<Words, 't'>, { lines }: Pick<Order, 'lines'>): Markup {
  const shown = lines
    .slice(0, itemsShown)
    .map((line) => md`${shortName(line.name || line.sku, 24)} × ${line.quantity}`);
  const rest = lines.length - shown.length;
  const items = join(shown, t.plain('common.list_separator'));
  return rest > 0 ? join([items, t('shop.due.moreItems', { count: rest })], ' ') : items;
}

const tones: Readonly<Record<Standing, Exclude<Tone, 'neutral'>>> = {
  overdue: 'overdue',
  held_up: 'soon',
  due_soon: 'soon',
  on_time: 'good',
  shipped: 'good',
  delivered: 'good',
  on_hold: 'closed',
  unpaid: 'closed',
  no_date: 'closed',
  closed: 'closed',
};

export function toneOf(standing: Standing): Exclude<Tone, 'neutral'> {
  return tones[standing];
}

export function markOf(standing: Standing): string {
  return marks[tones[standing]];
}

/** A carrier in the reader's language; one not known to us as the file spells it. */
export function carrierName(t: Pick<Texts, 'locale'>, carrier: string): string {
  const known = findCarrier(carrier);
  if (!known) return carrier;
  return t.locale === 'zh-CN' ? known.nameZh : known.nameEn;
}
