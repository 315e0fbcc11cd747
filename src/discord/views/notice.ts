// Words a message owed to a person, at delivery: from its data and from how things then stand.
import type { App } from '../../app/context.ts';
import type { Notice, NoticeKind } from '../../domain/notice/notice.ts';
import type { Locale } from '../../domain/scalars.ts';
import { formatsIn } from '../../i18n/format.ts';
import { textsIn } from '../../i18n/texts.ts';
import type { Card } from '../card.ts';
import type { Words } from './items.ts';
import {
  choiceReminder,
  compensatedBuyer,
  orderShipped,
  promiseMissedBuyer,
  refundOpened,
  refundPaid,
  troubleReported,
  waybillCorrected,
} from './notice-buyer.ts';
import type { NoticeView } from './notice-data.ts';
import { choiceMade, compensatedMerchant, deadlineDigest, lowStock, promiseMissed } from './notice-merchant.ts';
import { choicesOpen, notReached, personAsked, refundConflict, refundWatch } from './notice-staff.ts';

const views: Readonly<Record<NoticeKind, NoticeView>> = {
  trouble_reported: troubleReported,
  choice_reminder: choiceReminder,
  promise_missed_buyer: promiseMissedBuyer,
  order_shipped: orderShipped,
  waybill_corrected: waybillCorrected,
  refund_opened: refundOpened,
  refund_paid: refundPaid,
  compensated_buyer: compensatedBuyer,
  compensated_merchant: compensatedMerchant,
  choice_made_merchant: choiceMade,
  deadline_digest: deadlineDigest,
  promise_missed_merchant: promiseMissed,
  low_stock: lowStock,
  refund_watch: refundWatch,
  choices_open: choicesOpen,
  not_reached: notReached,
  person_asked: personAsked,
  refund_conflict: refundConflict,
};

/** The message in the reader's language; nothing where it is no longer worth sending. */
export function renderNotice(app: App, notice: Notice, locale: Locale): Promise<Card | undefined> {
  const words: Words = { t: textsIn(locale), f: formatsIn(locale) };
  return views[notice.kind]({ app, notice, words, locale, now: app.clock.now() });
}
