// One order as its merchant works on it: where it stands, what the buyer chose, and what can be done.
import { factsOf } from '../../domain/order/facts.ts';
import { isOpen, type Order } from '../../domain/order/order.ts';
import { maskedName, timestamp } from '../../i18n/format.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import type { Texts } from '../../i18n/texts.ts';
import { button, type Card, cards, type Row } from '../card.ts';
import { allItemsText, carrierName, markOf, toneOf, type Words } from './items.ts';
import { orderDelay, orderShip, orderSnooze, orderStockout } from './shop-ids.ts';

export interface MerchantOrderView {
  /** UTC epoch ms. */
  readonly now: number;
  /** What has just been done with it, shown first. */
  readonly said?: readonly Markup[];
  /** The custom id that leads back to the list it was picked from. */
  readonly back?: string;
}

export function merchantOrderCard(words: Words, order: Order, { now, said = [], back }: MerchantOrderView): Card {
  const { standing } = factsOf(order, now);
  const { t, f } = words;
  return cards({
    tone: toneOf(standing),
    lines: [
      ...said,
      join([
        md`${ours(markOf(standing))} **${t('shop.order.title', { number: order.number })}**`,
        allItemsText(words, order),
      ]),
      shipByLine(words, order),
      troubleLine(words, order),
      choiceLine(words, order),
      order.snoozedUntil !== undefined && isOpen(order)
        ? t('shop.order.snoozed', { time: timestamp(order.snoozedUntil, 'f') })
        : undefined,
      join([
        t('shop.order.paid', { amount: ours(f.money(order.paidMinor, order.currency)) }),
        order.recipient.name ? t('shop.order.recipient', { name: maskedName(order.recipient.name) }) : undefined,
      ]),
      t(order.buyer ? 'shop.order.buyerLinked' : 'shop.order.buyerUnlinked'),
    ],
    rows: [
      isOpen(order) ? actions(words, order) : correction(words, order),
      back === undefined ? undefined : [button(back, t.plain('shop.order.back'))],
    ],
  });
}

function shipByLine({ t }: Words, order: Order): Markup {
  if (order.state === 'shipped' || order.state === 'delivered') {
    const carrier = carrierName(t, order.carrier ?? '–');
    return t('shop.order.shipped', { carrier, tracking: order.tracking ?? '–' });
  }
  if (!isOpen(order)) return t('shop.order.closed');
  if (!order.shipBy) return t('shop.order.noShipBy');
  const { at, basis } = order.shipBy;
  return t(`shop.order.shipBy.${basis}`, { time: timestamp(at, 'f'), relative: timestamp(at, 'R') });
}

/** What was reported of it last. */
export function troubleLine({ t }: Words, order: Order): Markup | undefined {
  const { trouble } = order;
  if (!trouble) return undefined;
  const what = t(`shop.order.trouble.${trouble.kind}`, {
    sku: trouble.sku ?? '',
    reason: reasonText(t, trouble.reason),
  });
  const date =
    trouble.newShipAt === undefined ? undefined : t('shop.order.newDate', { time: timestamp(trouble.newShipAt, 'f') });
  return join([what, date]);
}

/** What the buyer chose, or that they have not. */
export function choiceLine({ t }: Words, order: Order): Markup | undefined {
  const { choice, trouble } = order;
  if (!choice) return trouble && isOpen(order) ? t('shop.order.choiceOpen') : undefined;
  if (choice.kind === 'swap') return t('shop.order.choice.swap', { sku: choice.sku ?? '' });
  if (choice.kind === 'refund') return t('shop.order.choice.refund');
  return choice.untilAt === undefined
    ? t('shop.order.choice.waitOpen')
    : t('shop.order.choice.wait', { time: timestamp(choice.untilAt, 'f') });
}

/** Why an order is late or cannot be had, in words. */
export function reasonText(t: Texts, reason: string): Markup {
  return t.find(`common.reason.${reason}`) ?? ours('–');
}

function actions({ t }: Words, order: Order): Row {
  const of = { order: order.id };
  const { guildId } = order;
  return [
    button(orderShip.encode(guildId, of), t.plain('shop.order.ship'), { style: 'primary' }),
    button(orderDelay.encode(guildId, of), t.plain('shop.order.delay')),
    button(orderStockout.encode(guildId, of), t.plain('shop.order.stockout')),
    button(orderSnooze.encode(guildId, of), t.plain('shop.order.snooze')),
  ];
}

/** A number typed wrong is noticed right after it was sent. */
function correction({ t }: Words, { guildId, id, state }: Order): Row | undefined {
  return state === 'shipped'
    ? [button(orderShip.encode(guildId, { order: id }), t.plain('shop.order.correct'))]
    : undefined;
}
