// Reads what a notice carries: each field as what it should be, or nothing.
import type { App } from '../../app/context.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { Order } from '../../domain/order/order.ts';
import type { Locale } from '../../domain/scalars.ts';
import type { Markup } from '../../i18n/markup.ts';
import type { Card } from '../card.ts';
import type { Words } from './items.ts';

/** What a notice's view is given. */
export interface Delivering {
  readonly app: App;
  readonly notice: Notice;
  readonly words: Words;
  readonly locale: Locale;
  /** UTC epoch ms. */
  readonly now: number;
}

/** Nothing where, as things now stand, there is nothing left to say. */
export type NoticeView = (delivering: Delivering) => Promise<Card | undefined>;

export function textIn({ data }: Notice, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn({ data }: Notice, name: string): number | undefined {
  const value = data[name];
  return typeof value === 'number' ? value : undefined;
}

export function idsIn({ data }: Notice, name: string): readonly string[] {
  const value = data[name];
  return Array.isArray(value) ? value : [];
}

/** How many more came up than a message that lists them (`gathered`) has room to name. */
export function unlistedIn(notice: Notice, name: string): number {
  const named = idsIn(notice, name).length;
  return Math.max(0, (numberIn(notice, 'total') ?? named) - named);
}

/** What fits a phone beside title and hint. */
const linesShown = 7;

/** A message's orders as a list: how many came up in all, a line for each of the first, and one for how many more there are. */
export function listed({ notice, words }: Delivering, orders: readonly Order[], lineOf: (order: Order) => Markup) {
  const count = orders.length + unlistedIn(notice, 'orderIds');
  const lines = orders.slice(0, linesShown).map(lineOf);
  const rest = count - lines.length;
  return { count, lines: rest > 0 ? [...lines, words.t('notices.more', { count: rest })] : lines };
}

/** The order it is about, as it now stands; none where it has gone to another buyer than the one addressed. */
export async function orderOf(app: App, { orderId, guildId, to }: Notice): Promise<Order | undefined> {
  if (orderId === undefined) return undefined;
  const order = await app.store.read((tx) => tx.get('orders', orderId));
  const theirs = to.type !== 'buyer' || order?.buyer?.userId === to.userId;
  return order?.guildId === guildId && theirs ? order : undefined;
}

/** The orders it lists, as they now stand, in its order. */
export async function ordersOf(app: App, notice: Notice): Promise<Order[]> {
  const orders = await app.store.read((tx) => Promise.all(idsIn(notice, 'orderIds').map((id) => tx.get('orders', id))));
  return orders.filter((order) => order?.guildId === notice.guildId) as Order[];
}
