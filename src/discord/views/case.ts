// `/case`: the file on an order, refunds to pay, and what was recorded.
import type { CaseFile } from '../../app/case-file.ts';
import { factsOf } from '../../domain/order/facts.ts';
import type { Refund } from '../../domain/refund/refund.ts';
import { type RefundUrgency, refundUrgency } from '../../domain/refund/wake.ts';
import { maskedName, maskedPhone, person, timestamp } from '../../i18n/format.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import { button, type Card, cards, marks, type Row, type Tone, textCard } from '../card.ts';
import { casePage } from './case-ids.ts';
import { caseLines } from './case-lines.ts';
import { allItemsText, carrierName, markOf, toneOf, type Words } from './items.ts';
import { choiceLine, troubleLine } from './shop-order.ts';

/** What fits a phone. */
const linesShown = 10;
/** Of what happened, on one page: long notes take the place of lines, and a message takes 4,000 characters in all. */
const charsShown = 1500;
const refundsShown = 7;

/**
 * How things stand, and the latest of what happened, in order; further pages go back to the beginning.
 *
 * @param page from 0, the latest; past the end is the first that happened
 */
export function caseCard(words: Words, file: CaseFile, page: number, now: number): Card {
  const { t } = words;
  const { order } = file;
  const { standing } = factsOf(order, now);
  const facts = factLines(words, file).filter(({ text }) => text !== '');
  const pages = paged(caseLines(words, file), linesShown - 1 - facts.length);
  const at = Math.min(page, pages.length - 1);
  const title = t('staff.case.title', { order: order.number });
  return cards({
    tone: toneOf(standing),
    lines: [
      join([
        md`${ours(markOf(standing))} **${title}**`,
        allItemsText(words, order),
        pages.length > 1 ? t('staff.case.page', { page: at + 1, pages: pages.length }) : undefined,
      ]),
      ...(at === 0 ? facts : []),
      ...(pages[at] ?? []),
    ],
    rows: [turning(words, file, at, pages.length)],
  });
}

/** What stands on each page, in order, the latest page first. @param room for lines on that one; the others have all but the title's */
function paged(lines: readonly Markup[], room: number): Markup[][] {
  const pages: Markup[][] = [[]];
  let [linesLeft, charsLeft] = [room, charsShown];
  for (const line of lines.toReversed()) {
    if (linesLeft === 0 || (charsLeft < charsShown && line.text.length > charsLeft)) {
      pages.push([]);
      [linesLeft, charsLeft] = [linesShown - 1, charsShown];
    }
    pages.at(-1)?.unshift(line);
    linesLeft -= 1;
    charsLeft -= line.text.length;
  }
  return pages;
}

/** How things stand, in four lines, with names and phones masked: staff do not ship. */
function factLines({ t, f }: Words, { order, merchantName, refunds, vouchers }: CaseFile): Markup[] {
  const { recipient, buyer, shipBy } = order;
  const money = (minor: number, currency: string) => ours(f.money(minor, currency));
  const source = t.find(`files.source.${order.source}`) ?? order.source;
  return [
    join([
      t('staff.case.facts.merchant', { merchant: merchantName, source }),
      t('staff.case.facts.state', { state: t(`staff.case.state.${order.state}`) }),
      t('staff.case.facts.paid', { amount: money(order.paidMinor, order.currency) }),
    ]),
    join([
      order.paidAt === undefined ? undefined : t('staff.case.facts.paidAt', { time: timestamp(order.paidAt, 'f') }),
      shipBy && t('staff.case.facts.shipBy', { time: timestamp(shipBy.at, 'f'), relative: timestamp(shipBy.at, 'R') }),
      order.tracking
        ? t('staff.case.facts.tracking', { carrier: carrierName(t, order.carrier ?? '–'), tracking: order.tracking })
        : undefined,
    ]),
    join([
      buyer ? t('staff.case.facts.buyer', { buyer: person(buyer.userId) }) : t('staff.case.facts.noBuyer'),
      recipient.name || recipient.phone
        ? t('staff.case.facts.recipient', {
            name: recipient.name ? maskedName(recipient.name) : '–',
            phone: recipient.phone ? maskedPhone(recipient.phone) : '',
          })
        : undefined,
    ]),
    join([
      troubleLine({ t, f }, order),
      choiceLine({ t, f }, order),
      order.escalatedAt === undefined ? undefined : t('staff.case.facts.escalated'),
      ...refunds.map((refund) => {
        const paid = t(`staff.case.facts.refund_${refund.state}`, {
          amount: money(refund.amountMinor, refund.currency),
        });
        return refund.reference === undefined ? paid : join([paid, refund.reference], ' ');
      }),
      ...vouchers.map((voucher) =>
        t('staff.case.facts.voucher', { amount: money(voucher.amountMinor, voucher.currency) }),
      ),
    ]),
  ];
}

function turning({ t }: Words, { order }: CaseFile, page: number, pages: number): Row | undefined {
  const last = pages - 1;
  if (last === 0) return undefined;
  const to = (target: number, name: 'earlier' | 'later' | 'latest') =>
    button(casePage.encode(order.guildId, { order: order.id, page: target }), t.plain(`staff.case.${name}`));
  return [
    ...(page < last ? [to(page + 1, 'earlier')] : []),
    ...(page > 0 ? [to(page - 1, 'later')] : []),
    ...(page > 1 ? [to(0, 'latest')] : []),
  ];
}

const tones: Readonly<Record<RefundUrgency, Exclude<Tone, 'neutral'>>> = {
  overdue: 'overdue',
  due_soon: 'soon',
  on_time: 'good',
};

/** A refund in a list: mark and word, order, sum, when it is due. */
export function refundLine({ t, f }: Words, refund: Refund, now: number): Markup {
  const urgency = refundUrgency(refund, now);
  return join([
    md`${ours(marks[tones[urgency]])} ${refund.orderNumber}`,
    ours(f.money(refund.amountMinor, refund.currency)),
    t(`staff.case.refundKind.${refund.kind}`),
    t(`staff.case.refundLine.${urgency}`, { relative: timestamp(refund.dueAt, 'R') }),
  ]);
}

/** @param refunds overdue first; @param total how many there are in all */
export function refundsCard(words: Words, refunds: readonly Refund[], total: number, now: number): Card {
  const { t } = words;
  const [first] = refunds;
  if (!first) return textCard('good', t('staff.case.refundsEmpty'));
  const late = refunds.filter((refund) => refundUrgency(refund, now) === 'overdue').length;
  const rest = total - Math.min(refunds.length, refundsShown);
  return textCard(
    tones[refundUrgency(first, now)],
    join([
      md`**${t('staff.case.refundsTitle', { count: total })}**`,
      late > 0 ? t('staff.case.refundsLate', { count: late }) : undefined,
    ]),
    ...refunds.slice(0, refundsShown).map((refund) => refundLine(words, refund, now)),
    rest > 0 ? t('staff.case.refundsMore', { count: rest }) : undefined,
    t('staff.case.refundsHint'),
  );
}
