// Messages to buyers: what went wrong and what they can choose, and what became of it.
import { statusOf } from '../../app/order-status.ts';
import { isAnswered, isOpen, type Order } from '../../domain/order/order.ts';
import { timestamp } from '../../i18n/format.ts';
import { type Markup, md, ours } from '../../i18n/markup.ts';
import { type Card, textCard } from '../card.ts';
import { compensationReason } from './compensate.ts';
import { allItemsText, carrierName } from './items.ts';
import { type Delivering, type NoticeView, numberIn, orderOf, textIn } from './notice-data.ts';
import { orderCard } from './order-card.ts';

/** The order's card with its buttons, below `lead`; nothing once the order is no longer to be shipped. */
async function withCard(
  delivering: Delivering,
  order: Order | undefined,
  ...lead: Markup[]
): Promise<Card | undefined> {
  const { app, notice, words, locale, now } = delivering;
  if (!order || !isOpen(order) || notice.to.type !== 'buyer') return undefined;
  const { userId } = notice.to;
  const request = { operationId: notice.id, guildId: notice.guildId, userId, roleIds: [], manager: false, locale };
  const status = await app.store.read((tx) => statusOf(app, tx, request, order));
  return orderCard(words, { ...status, now }, lead);
}

/** The report is the one that stands on the order, and the buyer has not answered it. */
function isOpenReport(order: Order | undefined, incidentId: string | undefined): boolean {
  return order?.trouble !== undefined && order.trouble.incidentId === incidentId && !isAnswered(order);
}

export const troubleReported: NoticeView = async (delivering) => {
  const order = await orderOf(delivering.app, delivering.notice);
  // A newer report has its own message, and what was chosen meanwhile needs none.
  const stands = isOpenReport(order, textIn(delivering.notice, 'incidentId'));
  return stands ? withCard(delivering, order) : undefined;
};

export const choiceReminder: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const order = await orderOf(app, notice);
  if (!isOpenReport(order, textIn(notice, 'incidentId'))) return undefined;
  return withCard(delivering, order, words.t('notices.choice_reminder.lead'));
};

export const promiseMissedBuyer: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const order = await orderOf(app, notice);
  const shipByAt = numberIn(notice, 'shipByAt');
  const lead =
    order?.shipBy?.indefinite || shipByAt === undefined
      ? words.t('notices.promise_missed_buyer.leadOpen')
      : words.t('notices.promise_missed_buyer.lead', { time: timestamp(shipByAt, 'f') });
  return withCard(delivering, order, lead);
};

export const orderShipped: NoticeView = async ({ app, notice, words }) => {
  const order = await orderOf(app, notice);
  if (!order || (order.state !== 'shipped' && order.state !== 'delivered')) return undefined;
  const { t } = words;
  const { carrier = '', tracking } = order;
  return textCard(
    'good',
    md`**${t('notices.order_shipped.title', { order: order.number })}**`,
    allItemsText(words, order),
    tracking ? t('notices.order_shipped.parcel', { carrier: carrierName(t, carrier), tracking }) : undefined,
    tracking ? t('notices.order_shipped.hint') : undefined,
  );
};

/** The number that holds now, whichever correction it came with. */
export const waybillCorrected: NoticeView = async ({ app, notice, words }) => {
  const order = await orderOf(app, notice);
  if (order?.state !== 'shipped' || order.tracking === undefined) return undefined;
  const { t } = words;
  const { carrier = '', tracking } = order;
  const old = textIn(notice, 'oldTracking');
  return textCard(
    'good',
    md`**${t('notices.waybill_corrected.title', { order: order.number })}**`,
    allItemsText(words, order),
    t('notices.order_shipped.parcel', { carrier: carrierName(t, carrier), tracking }),
    // Where the carrier alone was wrong, or the first number was right after all, the old one is the one to use.
    old === undefined || old === tracking ? undefined : t('notices.waybill_corrected.old', { tracking: old }),
  );
};

/** The sum a notice is about, written out. */
function amountIn({ notice, words }: Delivering): Markup {
  return ours(words.f.money(numberIn(notice, 'amountMinor') ?? 0, textIn(notice, 'currency') ?? 'CNY'));
}

export const refundOpened: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const order = await orderOf(app, notice);
  const dueAt = numberIn(notice, 'dueAt');
  if (!order || dueAt === undefined) return undefined;
  const kind = textIn(notice, 'kind') === 'difference' ? 'difference' : 'full';
  return textCard(
    'good',
    md`**${words.t('notices.refund_opened.title', { amount: amountIn(delivering) })}**`,
    words.t(`notices.refund_opened.${kind}`, { order: order.number, time: timestamp(dueAt, 'f') }),
    words.t('notices.refund_opened.nothing'),
  );
};

export const refundPaid: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const order = await orderOf(app, notice);
  if (!order) return undefined;
  return textCard(
    'good',
    md`**${words.t('notices.refund_paid.title', { amount: amountIn(delivering) })}**`,
    words.t('notices.refund_paid.body', { order: order.number, reference: textIn(notice, 'reference') ?? '–' }),
    words.t('notices.refund_paid.hint'),
  );
};

export const compensatedBuyer: NoticeView = async (delivering) => {
  const { app, notice, words } = delivering;
  const { t, f } = words;
  const order = await orderOf(app, notice);
  const expiresAt = numberIn(notice, 'expiresAt');
  if (!order || expiresAt === undefined) return undefined;
  const minSpend = numberIn(notice, 'minSpendMinor') ?? 0;
  const threshold =
    minSpend === 0
      ? t('notices.compensated_buyer.noThreshold')
      : t('notices.compensated_buyer.threshold', { amount: ours(f.money(minSpend, order.currency)) });
  const reason = compensationReason(words, textIn(notice, 'reason') ?? 'other');
  return textCard(
    'good',
    md`**${t('notices.compensated_buyer.title', { amount: amountIn(delivering) })}**`,
    t('notices.compensated_buyer.body', { order: order.number, reason }),
    t('notices.compensated_buyer.terms', { threshold, expires: timestamp(expiresAt, 'D') }),
    t('notices.compensated_buyer.hint'),
  );
};
