// The list of a buyer's open orders, and what stands there when there is none.
import { factsOf } from '../../domain/order/facts.ts';
import type { Order } from '../../domain/order/order.ts';
import { type Markup, ours } from '../../i18n/markup.ts';
import { type Card, type Choice, cards, select, textCard } from '../card.ts';
import { itemsText, markOf, toneOf, type Words } from './items.ts';
import { orderPick } from './order-ids.ts';
import { stateLabel } from './order-label.ts';

/** With the title and a line for the rest: ten lines. */
const linesShown = 8;

export interface OrderListView {
  readonly guildId: string;
  /** Most urgent first. */
  readonly orders: readonly Order[];
  readonly total: number;
  /** UTC epoch ms. */
  readonly now: number;
}

function lineOf(words: Words, order: Order, now: number): Markup {
  return words.t('order.list.line', {
    mark: ours(markOf(factsOf(order, now).standing)),
    number: order.number,
    item: itemsText(words, order),
    state: stateLabel(words, order, now),
  });
}

function choiceOf(words: Words, order: Order, now: number): Choice {
  const [first] = order.lines;
  return {
    value: order.id,
    label: order.number,
    description: `${stateLabel(words, order, now)} · ${first?.name ?? ''}`,
  };
}

export function orderListCard(words: Words, { guildId, orders, total, now }: OrderListView): Card {
  const { t } = words;
  const [first] = orders;
  if (!first) return textCard('closed', t('order.list.empty'));
  const shown = orders.slice(0, linesShown);
  const choices = orders.map((order) => choiceOf(words, order, now));
  const hidden = total - Math.max(shown.length, Math.min(choices.length, 25));
  return cards({
    tone: toneOf(factsOf(first, now).standing),
    lines: [
      t('order.list.title', { count: total }),
      ...shown.map((order) => lineOf(words, order, now)),
      hidden > 0 ? t('order.list.more', { count: hidden }) : undefined,
    ],
    rows: [select(orderPick.encode(guildId, {}), t.plain('order.list.pick'), choices)],
  });
}
