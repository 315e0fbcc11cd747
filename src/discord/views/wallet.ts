// The /wallet card: vouchers, refunds under way, and what is past.
import type { Wallet } from '../../app/wallet.ts';
import type { Voucher } from '../../domain/ledger/voucher.ts';
import type { Refund } from '../../domain/refund/refund.ts';
import { refundUrgency } from '../../domain/refund/wake.ts';
import { timestamp } from '../../i18n/format.ts';
import { join, type Markup, ours } from '../../i18n/markup.ts';
import { type Card, cards } from '../card.ts';
import type { Words } from './items.ts';

const vouchersShown = 4;
const refundsShown = 3;
const expiredShown = 5;

function voucherLine({ t, f }: Words, voucher: Voucher): Markup {
  const data = {
    amount: ours(f.money(voucher.amountMinor, voucher.currency)),
    expires: timestamp(voucher.expiresAt, 'D'),
    number: voucher.orderNumber,
    reason: t.find(`common.compensation.${voucher.reason}`) ?? voucher.reason,
  };
  if (voucher.minSpendMinor === 0) return t('order.wallet.voucher', data);
  return t('order.wallet.voucher_minimum', {
    ...data,
    minimum: ours(f.money(voucher.minSpendMinor, voucher.currency)),
  });
}

function refundLine({ t, f }: Words, refund: Refund, now: number): Markup {
  const data = { amount: ours(f.money(refund.amountMinor, refund.currency)), number: refund.orderNumber };
  if (refund.state === 'due') {
    const due = { ...data, at: timestamp(refund.dueAt, 'f') };
    return refundUrgency(refund, now) === 'overdue' ? t('order.wallet.overdue', due) : t('order.wallet.due', due);
  }
  const at = timestamp(refund.paidAt ?? refund.dueAt, 'f');
  const { reference } = refund;
  return reference
    ? t('order.wallet.paid_reference', { ...data, at, reference })
    : t('order.wallet.paid', { ...data, at });
}

function moreLine({ t }: Words, count: number): Markup | undefined {
  return count > 0 ? t('order.wallet.more', { count }) : undefined;
}

/** @param now UTC epoch ms */
export function walletCard(words: Words, wallet: Wallet, now: number): Card {
  const { t, f } = words;
  const { vouchers, refunds, expired } = wallet;
  const totals = Object.entries(wallet.totalsByCurrency).map(([currency, minor]) => ours(f.money(minor, currency)));
  const past = expired.slice(0, expiredShown).map((voucher) => ours(f.money(voucher.amountMinor, voucher.currency)));
  return cards({
    tone: refunds.some((refund) => refund.state === 'due' && refundUrgency(refund, now) === 'overdue')
      ? 'overdue'
      : 'neutral',
    lines: [
      vouchers.length > 0 ? t('order.wallet.title', { totals: join(totals, ' + ') }) : t('order.wallet.none'),
      ...vouchers.slice(0, vouchersShown).map((voucher) => voucherLine(words, voucher)),
      moreLine(words, vouchers.length - vouchersShown),
      refunds.length > 0 ? t('order.wallet.refunds') : undefined,
      ...refunds.slice(0, refundsShown).map((refund) => refundLine(words, refund, now)),
      moreLine(words, refunds.length - refundsShown),
      past.length > 0 ? t('order.wallet.expired', { list: join(past, t.plain('common.list_separator')) }) : undefined,
    ],
  });
}
