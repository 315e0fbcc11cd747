// Messages to staff, in their channel: who waits for an answer, for money, or could not be told.
import { keyOf } from '../../app/collections.ts';
import { canBeReached } from '../../domain/merchant.ts';
import { isAnswered, isOpen, type Order } from '../../domain/order/order.ts';
import type { Refund } from '../../domain/refund/refund.ts';
import { person, timestamp } from '../../i18n/format.ts';
import { join, md, ours } from '../../i18n/markup.ts';
import { textCard } from '../card.ts';
import { refundsCard } from './case.ts';
import { itemsText, type Words } from './items.ts';
import {
  type Delivering,
  idsIn,
  listed,
  type NoticeView,
  orderOf,
  ordersOf,
  textIn,
  unlistedIn,
} from './notice-data.ts';

/** Those not paid meanwhile, most urgent first. */
export const refundWatch: NoticeView = async ({ app, notice, words, now }) => {
  const found = await app.store.read((tx) =>
    Promise.all(idsIn(notice, 'refundIds').map((id) => tx.get('refunds', id))),
  );
  const due = found.filter((refund) => refund?.state === 'due' && refund.guildId === notice.guildId) as Refund[];
  due.sort((a, b) => a.dueAt - b.dueAt);
  return due.length === 0 ? undefined : refundsCard(words, due, due.length + unlistedIn(notice, 'refundIds'), now);
};

export const choicesOpen: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const { t } = words;
  const waiting = (await ordersOf(app, notice)).filter((order) => isOpen(order) && order.trouble && !isAnswered(order));
  if (waiting.length === 0) return undefined;
  const { count, lines } = listed(delivering, waiting, (order) => {
    const relative = timestamp(order.trouble?.reportedAt ?? order.importedAt, 'R');
    const trouble = t('notices.choices_open.waiting', { relative });
    return t('notices.choices_open.line', { order: order.number, item: itemsText(words, order, 16), trouble });
  });
  return textCard(
    'soon',
    md`**${t('notices.choices_open.title', { count })}**`,
    ...lines,
    t('notices.choices_open.hint'),
  );
};

/** Buyers, by their orders; or a merchant, with why. */
export const notReached: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const merchantId = textIn(notice, 'merchantId');
  if (merchantId !== undefined) return merchantNotReached(delivering, merchantId);
  const orders = await ordersOf(app, notice);
  if (orders.length === 0) return undefined;
  const { t } = words;
  const { count, lines } = listed(delivering, orders, (order) => unreachedLine(words, order));
  return textCard(
    'soon',
    md`**${t('notices.not_reached.title', { count })}**`,
    ...lines,
    t('notices.not_reached.hint'),
  );
};

function unreachedLine(words: Words, order: Order) {
  const line = words.t('notices.not_reached.line', { order: order.number, item: itemsText(words, order, 16) });
  return join([line, order.buyer ? person(order.buyer.userId) : undefined]);
}

async function merchantNotReached({ app, notice, words }: Delivering, merchantId: string) {
  const { t } = words;
  const merchant = await app.store.read((tx) => tx.get('merchants', keyOf(notice.guildId, merchantId)));
  const failure = textIn(notice, 'failure') ?? 'other';
  if (!merchant || (failure === 'no_members' && canBeReached(merchant))) return undefined;
  const why = t.find(`notices.not_reached.why.${failure}`);
  return textCard(
    'soon',
    md`**${t('notices.not_reached.merchantTitle', { merchant: merchant.name })}**`,
    why ?? t('notices.not_reached.why.other'),
    t('notices.not_reached.merchantHint'),
  );
}

export const personAsked: NoticeView = async ({ app, notice, words }) => {
  const { t } = words;
  const order = await orderOf(app, notice);
  const userId = textIn(notice, 'userId');
  if (!order || userId === undefined) return undefined;
  return textCard(
    'neutral',
    md`**${t('notices.person_asked.title')}**`,
    t('notices.person_asked.body', { buyer: person(userId), order: order.number }),
    itemsText(words, order),
    t('notices.person_asked.hint'),
  );
};

/** Nothing once there is nothing left to pay. */
export const refundConflict: NoticeView = async ({ app, notice, words }) => {
  const order = await orderOf(app, notice);
  if (!order) return undefined;
  const refunds = await app.store.read((tx) => tx.list('refunds', 'byOrder', { group: order.id }));
  const due = refunds.filter(({ state }) => state === 'due');
  const [first] = due;
  if (!first) return undefined;
  const { t, f } = words;
  const amountMinor = due.reduce((sum, refund) => sum + refund.amountMinor, 0);
  const amount = ours(f.money(amountMinor, first.currency));
  const told = textIn(notice, 'says');
  const says = told === 'shipped' || told === 'refunded_part' ? told : 'refunded';
  const there = ours(f.money(order.refundedElsewhereMinor ?? 0, order.currency));
  return textCard(
    'soon',
    md`**${t('notices.refund_conflict.title')}**`,
    t(`notices.refund_conflict.${says}`, { order: order.number, amount, there }),
    itemsText(words, order),
    t('notices.refund_conflict.hint'),
  );
};
