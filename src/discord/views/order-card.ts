// The buyer's order card: where it stands, why, what can be chosen with its exact consequence, what is owed.
import type { OrderStatus } from '../../app/order-status.ts';
import type { Quote } from '../../domain/compensation/quote.ts';
import type { Standing } from '../../domain/order/facts.ts';
import { isAnswered, isOpen, type Order, type Trouble } from '../../domain/order/order.ts';
import type { Refund } from '../../domain/refund/refund.ts';
import { type Remedies, type SwapOption, troubledLine } from '../../domain/remedy/remedies.ts';
import { shortName, timestamp } from '../../i18n/format.ts';
import { join, longText, type Markup, ours } from '../../i18n/markup.ts';
import { type Button, button, type Card, type CardContent, cards, type Row } from '../card.ts';
import { compensationReason } from './compensate.ts';
import { allItemsText, carrierName, markOf, toneOf, type Words } from './items.ts';
import { orderPerson, orderRefund, orderSwap, orderWait } from './order-ids.ts';

/** What the card shows of an order. `now`: UTC epoch ms. */
export type OrderView = Omit<OrderStatus, 'unseen'> & { readonly now: number };

export function headLine({ t, f }: Words, order: Order): Markup {
  return t('order.head', {
    number: order.number,
    item: allItemsText({ t }, order),
    paid: ours(f.money(order.paidMinor, order.currency)),
  });
}

function shippedLine(words: Words, order: Order, mark: string): Markup {
  const at = timestamp(order.shippedAt ?? order.importedAt, 'f');
  if (!order.tracking) return words.t('order.standing.shipped', { mark, at });
  const { tracking } = order;
  return words.t('order.standing.shipped_tracked', {
    mark,
    at,
    carrier: carrierName(words.t, order.carrier ?? ''),
    tracking,
  });
}

const dated: ReadonlySet<Standing> = new Set(['overdue', 'held_up', 'due_soon', 'on_time']);

function standingLine(words: Words, { order, facts }: OrderView): Markup {
  const { standing, msLeft = 0 } = facts;
  const mark = markOf(standing);
  if (standing === 'shipped') return shippedLine(words, order, mark);
  if (standing === 'held_up' && !order.shipBy) return words.t('order.standing.held_up_undated', { mark });
  if (!dated.has(standing) || !order.shipBy) return words.t(`order.standing.${standing}`, { mark });
  return words.t(`order.standing.${standing === 'on_time' ? onTime(order) : standing}`, {
    mark: ours(mark),
    duration: words.f.duration(msLeft),
    basis: words.t(`order.basis.${order.shipBy.basis}`),
    at: timestamp(order.shipBy.at, 'f'),
    relative: timestamp(order.shipBy.at, 'R'),
  });
}

/** Who waits for a new date, or for news, is not told that all is on time. */
function onTime({ shipBy }: Order): 'waiting' | 'agreed' | 'on_time' {
  if (shipBy?.indefinite) return 'waiting';
  return shipBy?.basis === 'agreed' ? 'agreed' : 'on_time';
}

/** Why it is late, with the one apology. Nothing once the buyer has settled it. */
function whyLines({ t }: Words, { order, facts, also }: OrderView): (Markup | undefined)[] {
  const { trouble } = order;
  if (isAnswered(order) || !isOpen(order)) return [];
  if (!trouble) return [facts.standing === 'overdue' ? t('order.why.late') : undefined];
  return [
    troubleText({ t }, order, trouble),
    trouble.note ? t('order.why.note', { note: longText(trouble.note, 500) }) : undefined,
    alsoLine({ t }, also),
  ];
}

/** Of several items, which one it is; and after a swap, that it is a further one. */
function troubleText({ t }: Pick<Words, 't'>, order: Order, trouble: Trouble): Markup {
  const reason = t(`common.reason.${trouble.reason}`);
  const date = trouble.newShipAt === undefined ? undefined : timestamp(trouble.newShipAt, 'D');
  const why = date ? t(`order.why.${trouble.kind}_date`, { reason, date }) : t(`order.why.${trouble.kind}`, { reason });
  const line = order.lines.length > 1 ? troubledLine(order) : undefined;
  if (!line) return why;
  const item = shortName(line.name || line.sku);
  return t(order.choice?.kind === 'swap' ? 'order.why.further' : 'order.why.of', { item, why });
}

const alsoShown = 3;

/** What else is missing: to wait or be refunded is for the whole order, to swap for one item after the other. */
function alsoLine({ t }: Pick<Words, 't'>, also: OrderView['also']): Markup | undefined {
  if (also.length === 0) return undefined;
  const items = also.slice(0, alsoShown).map(({ line, incident: { kind, newShipAt } }) => {
    const item = shortName(line.name || line.sku);
    if (newShipAt === undefined) return t('order.why.also_item', { item });
    return t(`order.why.also_item_${kind}`, { item, date: timestamp(newShipAt, 'D') });
  });
  return t('order.why.also', { items: join(items, t.plain('common.list_separator')) });
}

/** What a swap costs or brings the buyer. */
export function swapTerms({ t, f }: Words, option: SwapOption, currency: string): Markup {
  if (option.differenceMinor === 0) return t('order.swap_terms.even');
  if (option.differenceMinor < 0) return t('order.swap_terms.merchant');
  return t('order.swap_terms.back', { amount: ours(f.money(option.differenceMinor, currency)) });
}

/** Which of two sentences: who has nothing to get back, as they pay on delivery, is not told of a refund. */
function besideRefund({ remedies }: OrderView): '' | '_only' {
  return remedies.refund ? '' : '_only';
}

function waitText({ t }: Words, wait: NonNullable<Remedies['wait']>, view: OrderView): Markup {
  const only = besideRefund(view);
  if (wait.indefinite) return t(`order.can.wait_open${only}`);
  return t(`order.can.wait${only}`, { date: timestamp(wait.untilAt, 'D') });
}

function choicesLine(words: Words, view: OrderView): Markup | undefined {
  const { t, f } = words;
  const { order, remedies } = view;
  const { wait, swap, refund } = remedies;
  const [only, another] = swap?.options ?? [];
  const options = [
    wait && waitText(words, wait, view),
    only && !another
      ? t('order.can.swap_for', { name: shortName(only.name), terms: swapTerms(words, only, order.currency) })
      : undefined,
    another && t('order.can.swap_many', { count: swap?.options.length ?? 0 }),
    refund &&
      t('order.can.refund', {
        amount: ours(f.money(refund.amountMinor, order.currency)),
        time: f.term(refund.dueWithinHours),
      }),
  ].filter((option) => option !== undefined);
  return options.length > 0 ? t('order.can.intro', { options: join(options, ' · ') }) : undefined;
}

function choiceLine({ t }: Words, view: OrderView): Markup | undefined {
  const { order } = view;
  const { choice } = order;
  if (!choice) return undefined;
  const only = besideRefund(view);
  if (order.escalatedAt !== undefined) return t(`order.missed${only}`);
  if (choice.kind === 'swap' && !isAnswered(order)) {
    return t(order.lines.length > 1 ? 'order.chose.swap_before' : 'order.chose.swap_again');
  }
  if (choice.kind !== 'wait') return t(`order.chose.${choice.kind}`);
  const date = timestamp(choice.untilAt ?? order.shipBy?.at ?? choice.at, 'D');
  return t(`order.chose.${order.shipBy?.indefinite ? 'wait_open' : 'wait'}${only}`, { date });
}

function refundLine({ t, f }: Words, refund: Refund): Markup {
  const amount = ours(f.money(refund.amountMinor, refund.currency));
  if (refund.state === 'due') return t('order.refund.due', { amount, at: timestamp(refund.dueAt, 'f') });
  const at = timestamp(refund.paidAt ?? refund.dueAt, 'f');
  const { reference } = refund;
  return reference
    ? t('order.refund.paid_reference', { amount, at, reference })
    : t('order.refund.paid', { amount, at });
}

interface Given {
  readonly amountMinor: number;
  readonly minSpendMinor: number;
  readonly currency: string;
  readonly expiresAt: number;
}

function voucherLine(
  { t, f }: Words,
  voucher: Given,
  kind: 'given' | 'expected',
  about: Readonly<Record<string, Markup>> = {},
): Markup {
  const amount = ours(f.money(voucher.amountMinor, voucher.currency));
  const expires = timestamp(voucher.expiresAt, 'D');
  if (voucher.minSpendMinor === 0) return t(`order.voucher.${kind}`, { ...about, amount, expires });
  const minimum = ours(f.money(voucher.minSpendMinor, voucher.currency));
  return t(`order.voucher.${kind}_minimum`, { ...about, amount, minimum, expires });
}

/** With the lines above them they keep a card within ten lines; what is left out stands in `/wallet`. */
const owedLinesShown = 3;

/** With its reason, for two may be owed side by side. */
function expectedLine(words: Words, quote: Quote): Markup {
  return voucherLine(words, quote, 'expected', { reason: compensationReason(words, quote.reason) });
}

function owedLines(words: Words, { refunds, vouchers, expected, also }: OrderView): Markup[] {
  return [
    ...expected.map((quote) => expectedLine(words, quote)),
    ...refunds.map((refund) => refundLine(words, refund)),
    ...vouchers.map((voucher) => voucherLine(words, voucher, 'given')),
  ].slice(0, owedLinesShown - (also.length > 0 ? 1 : 0));
}

/** The buttons of the remedies open, each saying what it does, and the way to a person. */
export function remedyButtons({ t, f }: Words, view: OrderView): Button[] {
  const { order, remedies, timeZone, now } = view;
  const { wait, swap, refund } = remedies;
  const at = { order: order.id, version: remedies.version };
  const waitLabel = wait?.indefinite
    ? t.plain('order.button.wait_open')
    : t.plain('order.button.wait', { date: f.day(wait?.untilAt ?? now, timeZone, now) });
  return [
    ...(wait ? [button(orderWait.encode(order.guildId, at), waitLabel, { style: 'primary' })] : []),
    ...(swap ? [button(orderSwap.encode(order.guildId, at), t.plain('order.button.swap'))] : []),
    ...(refund
      ? [
          button(
            orderRefund.encode(order.guildId, at),
            t.plain('order.button.refund', { amount: f.money(refund.amountMinor, order.currency) }),
            { style: 'danger' },
          ),
        ]
      : []),
    button(orderPerson.encode(order.guildId, { order: order.id }), t.plain('order.button.person')),
  ];
}

/** The card's content. `first`: lines above it, such as what has just been done. */
export function orderContent(words: Words, view: OrderView, first: readonly Markup[] = []): CardContent {
  const rows: Row[] = [remedyButtons(words, view)];
  return {
    tone: toneOf(view.facts.standing),
    lines: [
      ...first,
      headLine(words, view.order),
      standingLine(words, view),
      ...whyLines(words, view),
      choiceLine(words, view),
      choicesLine(words, view),
      ...owedLines(words, view),
    ],
    rows,
  };
}

export function orderCard(words: Words, view: OrderView, first: readonly Markup[] = []): Card {
  return cards(orderContent(words, view, first));
}
