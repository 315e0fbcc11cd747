// The questions before a swap or a refund: the sum and the order once more, and a way back.
import type { SwapOption } from '../../domain/remedy/remedies.ts';
import { shortName } from '../../i18n/format.ts';
import { join, ours } from '../../i18n/markup.ts';
import { type Button, button, type Card, type Choice, cards, select } from '../card.ts';
import type { Words } from './items.ts';
import { type OrderView, swapTerms } from './order-card.ts';
import { orderRefundYes, orderShow, orderSwapPick, orderSwapYes, skuTag } from './order-ids.ts';

const shownOf = ({ order, remedies }: OrderView) => ({ order: order.id, version: remedies.version });

function back({ t }: Words, { order }: OrderView): Button {
  return button(orderShow.encode(order.guildId, { order: order.id }), t.plain('order.button.back'));
}

export function refundQuestion(
  words: Words,
  view: OrderView,
  terms: { amountMinor: number; dueWithinHours: number },
): Card {
  const { t, f } = words;
  const { order } = view;
  const amount = f.money(terms.amountMinor, order.currency);
  const yes = orderRefundYes.encode(order.guildId, shownOf(view));
  return cards({
    tone: 'soon',
    lines: [
      t('order.confirm.refund', { amount: ours(amount), number: order.number, time: f.term(terms.dueWithinHours) }),
    ],
    rows: [[button(yes, t.plain('order.button.refund', { amount }), { style: 'danger' }), back(words, view)]],
  });
}

function substituteChoice(words: Words, option: SwapOption, currency: string): Choice {
  const left = option.stock === undefined ? undefined : words.t('order.confirm.stock', { count: option.stock });
  return {
    value: option.sku,
    label: option.name || option.sku,
    description: join([swapTerms(words, option, currency), left]).text,
  };
}

export function substituteQuestion(words: Words, view: OrderView, options: readonly SwapOption[]): Card {
  const { t } = words;
  const { order } = view;
  const choices = options.map((option) => substituteChoice(words, option, order.currency));
  const pick = orderSwapPick.encode(order.guildId, shownOf(view));
  return cards({
    tone: 'neutral',
    lines: [t('order.confirm.swap_pick', { number: order.number })],
    rows: [select(pick, t.plain('order.confirm.swap_placeholder'), choices), [back(words, view)]],
  });
}

export function swapQuestion(words: Words, view: OrderView, option: SwapOption): Card {
  const { t } = words;
  const { order, remedies } = view;
  const line = remedies.swap?.line;
  const name = shortName(option.name || option.sku);
  const yes = orderSwapYes.encode(order.guildId, { ...shownOf(view), item: skuTag(option.sku) });
  return cards({
    tone: 'soon',
    lines: [
      t('order.confirm.swap', {
        name,
        quantity: line?.quantity ?? 1,
        number: order.number,
        old: shortName(line?.name || line?.sku || ''),
        terms: swapTerms(words, option, order.currency),
      }),
    ],
    rows: [[button(yes, t.plain('order.button.swap_yes', { name }), { style: 'primary' }), back(words, view)]],
  });
}
