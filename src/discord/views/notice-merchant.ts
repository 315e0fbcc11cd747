// Messages to merchants. They may stand in a channel, so they show no personal data.

import { keyOf } from '../../app/collections.ts';
import { lateCost } from '../../app/late-cost.ts';
import { byUrgency } from '../../app/most-urgent.ts';
import { remindersOf } from '../../app/reminders-of.ts';
import { isOpen, type Order } from '../../domain/order/order.ts';
import { shortName, timestamp } from '../../i18n/format.ts';
import { type Markup, md, ours } from '../../i18n/markup.ts';
import { textCard } from '../card.ts';
import { compensationReason } from './compensate.ts';
import { itemsText } from './items.ts';
import {
  type Delivering,
  listed,
  type NoticeView,
  numberIn,
  orderOf,
  ordersOf,
  textIn,
  unlistedIn,
} from './notice-data.ts';
import { dueCard } from './shop-due.ts';

const hourMs = 3_600_000;

function merchantOf({ notice: { to } }: Delivering): string | undefined {
  return to.type === 'merchant' || to.type === 'member' ? to.merchantId : undefined;
}

/** Those of its orders that are still to be shipped, most urgent first. */
export const deadlineDigest: NoticeView = async (delivering) => {
  const { app, notice, words, now } = delivering;
  const merchantId = merchantOf(delivering);
  const orders = (await ordersOf(app, notice)).filter(isOpen).sort(byUrgency);
  if (merchantId === undefined || orders.length === 0) return undefined;
  const { guildId } = notice;
  const reminders = await app.store.read((tx) => remindersOf(app, tx, { guildId, merchantId }));
  const { timeZone } = reminders;
  // The buttons act on everything due within the longest lead time: what this digest and those before it listed.
  const withinMs = Math.max(hourMs, ...reminders.beforeMs);
  const due = { merchant: { id: merchantId }, orders, total: orders.length + unlistedIn(notice, 'orderIds'), timeZone };
  return dueCard(words, due, { guildId, now, withinMs, page: 0, cost: await lateCost(app, orders) });
};

/** To the merchant, and in the same words to staff. */
export const promiseMissed: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const { t } = words;
  const orders = (await ordersOf(app, notice)).filter((order) => isOpen(order) && order.escalatedAt !== undefined);
  if (orders.length === 0) return undefined;
  const { count, lines } = listed(delivering, orders, (order) =>
    t('notices.promise_missed_merchant.line', {
      order: order.number,
      item: itemsText(words, order, 16),
      relative: timestamp(order.shipBy?.at ?? order.escalatedAt ?? order.importedAt, 'R'),
    }),
  );
  return textCard(
    'overdue',
    t('notices.promise_missed_merchant.title', { count }),
    ...lines,
    t('notices.promise_missed_merchant.consequence'),
  );
};

export const compensatedMerchant: NoticeView = async ({ app, notice, words }) => {
  const { t, f } = words;
  const order = await orderOf(app, notice);
  if (!order) return undefined;
  const currency = textIn(notice, 'currency') ?? order.currency;
  const money = (name: string) => ours(f.money(numberIn(notice, name) ?? 0, currency));
  const owes = (numberIn(notice, 'balanceMinor') ?? 0) < 0;
  const reason = compensationReason(words, textIn(notice, 'reason') ?? 'other');
  return textCard(
    owes ? 'soon' : 'neutral',
    md`**${t('notices.compensated_merchant.title', { order: order.number, amount: money('amountMinor') })}**`,
    t('notices.compensated_merchant.body', { reason, entry: numberIn(notice, 'entryNumber') ?? 0 }),
    t(owes ? 'notices.compensated_merchant.owed' : 'notices.compensated_merchant.balance', {
      amount: money('balanceMinor'),
    }),
  );
};

export const choiceMade: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const order = await orderOf(app, notice);
  const kind = textIn(notice, 'kind');
  if (!order || kind === undefined) return undefined;
  const title = md`**${words.t('notices.choice_made_merchant.title', { order: order.number })}**`;
  const tone = kind === 'refund' ? 'closed' : 'neutral';
  return textCard(tone, title, itemsText(words, order), await choiceText(delivering, order, kind));
};

async function choiceText({ app, notice, words }: Delivering, order: Order, kind: string): Promise<Markup> {
  const { t } = words;
  if (kind === 'refund') return t('notices.choice_made_merchant.refund');
  if (kind === 'swap') {
    const sku = textIn(notice, 'sku') ?? '';
    const product = await app.store.read((tx) => tx.get('products', keyOf(order.guildId, order.merchantId, sku)));
    return t('notices.choice_made_merchant.swap', { sku, name: shortName(product?.name ?? '') });
  }
  const time = timestamp(numberIn(notice, 'untilAt') ?? order.shipBy?.at ?? notice.createdAt, 'f');
  return t(order.shipBy?.indefinite ? 'notices.choice_made_merchant.waitOpen' : 'notices.choice_made_merchant.wait', {
    time,
  });
}

/** Nothing once there is enough again. */
export const lowStock: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const merchantId = merchantOf(delivering);
  const sku = textIn(notice, 'sku');
  if (merchantId === undefined || sku === undefined) return undefined;
  const product = await app.store.read((tx) => tx.get('products', keyOf(notice.guildId, merchantId, sku)));
  const { stock, warnBelow } = product ?? {};
  if (!product || stock === undefined || warnBelow === undefined || stock >= warnBelow) return undefined;
  const { t } = words;
  return textCard(
    stock === 0 ? 'overdue' : 'soon',
    md`**${t(stock === 0 ? 'notices.low_stock.titleOut' : 'notices.low_stock.title', { sku })}**`,
    t('notices.low_stock.body', { name: shortName(product.name || sku), stock, warnBelow }),
    t('notices.low_stock.hint'),
  );
};
