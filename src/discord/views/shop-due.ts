// What a merchant must ship, most urgent first: the card of `/shop due` and of the deadline digest.
import { factsOf } from '../../domain/order/facts.ts';
import type { Order } from '../../domain/order/order.ts';
import { timestamp } from '../../i18n/format.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import { button, type Card, cards, type Row, select, textCard } from '../card.ts';
import { itemsText, markOf, toneOf, type Words } from './items.ts';
import { dueDelay, duePage, duePick, dueSnooze, dueStockout } from './shop-ids.ts';

/** With the title, the cost and the page: ten lines. */
export const ordersPerPage = 7;

export interface DueView {
  readonly guildId: string;
  readonly now: number;
  /** How far ahead the list looks. */
  readonly withinMs: number;
  /** From 0. */
  readonly page: number;
  /** What it is expected to cost if these are not shipped, by currency. */
  readonly cost: ReadonlyMap<string, number>;
  /** What was just done with the list, such as a snooze. */
  readonly done?: Markup;
}

export interface DueList {
  readonly merchant: { readonly id: string };
  /** Most urgent first. */
  readonly orders: readonly Order[];
  /** How many there are in all, those not listed here included. */
  readonly total: number;
  /** IANA name: the merchant's. */
  readonly timeZone: string;
}

/** @param due at least the orders up to the page shown, most urgent first */
export function dueCard(words: Words, due: DueList, view: DueView): Card {
  const { t } = words;
  const pages = Math.max(1, Math.ceil(Math.min(due.total, due.orders.length) / ordersPerPage));
  const page = Math.min(view.page, pages - 1);
  const shown = due.orders.slice(page * ordersPerPage, (page + 1) * ordersPerPage);
  const [first] = due.orders;
  if (!first) return textCard('good', t('shop.due.empty', { until: timestamp(view.now + view.withinMs, 'f') }));
  return cards({
    tone: toneOf(factsOf(first, view.now).standing),
    lines: [
      titleOf(words, first, due.total, view.now),
      ...shown.map((order) => orderLine(words, order, view.now)),
      costLine(words, view.cost),
      pages > 1 ? t('shop.due.more', { page: page + 1, pages }) : undefined,
      view.done,
    ],
    rows: [
      select(
        duePick.encode(view.guildId, { ...listOf(due, view), page }),
        t.plain('shop.due.pick'),
        shown.map((order) => pickChoice(words, order, due.timeZone, view.now)),
      ),
      actions(words, due, view),
      turning(words, due, view, page, pages),
    ],
  });
}

function titleOf({ t }: Words, first: Order, count: number, now: number): Markup {
  const { standing } = factsOf(first, now);
  if (standing === 'overdue') return t('shop.due.titleLate', { count });
  if (!first.shipBy) return t('shop.due.title', { count });
  return t('shop.due.titleLeft', { count, relative: timestamp(first.shipBy.at, 'R') });
}

function orderLine(words: Words, order: Order, now: number): Markup {
  const { standing } = factsOf(order, now);
  const relative = order.shipBy ? timestamp(order.shipBy.at, 'R') : ours('');
  const state = words.t.find(`shop.due.line.${standing}`, { relative }) ?? ours('');
  return join([md`${ours(markOf(standing))} ${order.number} ${itemsText(words, order, 16)}`, state]);
}

function costLine({ t, f }: Words, cost: ReadonlyMap<string, number>): Markup | undefined {
  const sums = [...cost].filter(([, minor]) => minor > 0).map(([currency, minor]) => f.money(minor, currency));
  return sums.length > 0 ? t('shop.due.expected', { amount: ours(sums.join(' + ')) }) : undefined;
}

function pickChoice({ t, f }: Words, order: Order, timeZone: string, now: number) {
  const [line] = order.lines;
  return {
    value: order.id,
    label: `${order.number} ${line?.name ?? ''}`,
    description: order.shipBy
      ? t.plain('shop.due.pickDescription', { time: f.day(order.shipBy.at, timeZone, now) })
      : undefined,
  };
}

const listOf = (due: DueList, { withinMs }: DueView) => ({
  merchant: due.merchant.id,
  minutes: Math.floor(withinMs / 60_000),
});

function actions({ t }: Words, due: DueList, view: DueView): Row {
  const list = listOf(due, view);
  return [
    button(dueStockout.encode(view.guildId, list), t.plain('shop.due.stockout')),
    button(dueDelay.encode(view.guildId, list), t.plain('shop.due.delay')),
    button(dueSnooze.encode(view.guildId, list), t.plain('shop.due.snooze')),
  ];
}

function turning({ t }: Words, due: DueList, view: DueView, page: number, pages: number): Row | undefined {
  if (pages === 1) return undefined;
  const to = (target: number) => duePage.encode(view.guildId, { ...listOf(due, view), page: target });
  return [
    ...(page > 0 ? [button(to(page - 1), t.plain('shop.due.previous'))] : []),
    ...(page < pages - 1 ? [button(to(page + 1), t.plain('shop.due.next'))] : []),
  ];
}
