// One order picked from a merchant's list: its card, and its buttons to ship, delay, report out of stock and snooze.
import { merchantOrder } from '../../src/app/merchant-order.ts';
import { snoozeOrders } from '../../src/app/snooze.ts';
import { type Context, type Handler, onButton, onForm, onSelect } from '../../src/discord/command.ts';
import { ask, update } from '../../src/discord/reply.ts';
import { snoozedText } from '../../src/discord/views/shop-done.ts';
import { delayModal, shipModal, stockoutModal } from '../../src/discord/views/shop-forms.ts';
import {
  duePage,
  duePick,
  orderDelay,
  orderDelayForm,
  orderShip,
  orderSnooze,
  orderStockout,
  shipForm,
  stockoutForm,
} from '../../src/discord/views/shop-ids.ts';
import { merchantOrderCard } from '../../src/discord/views/shop-order.ts';
import { isRefusal, refuse } from '../../src/domain/refusal.ts';
import type { Markup } from '../../src/i18n/markup.ts';
import { snoozeMs } from './due.ts';
import { dateHint, delayed } from './report.ts';
import { shipped } from './ship.ts';

async function cardOf(context: Context, orderId: string, more: { said?: readonly Markup[]; back?: string } = {}) {
  const found = await merchantOrder(context.app, context.request, orderId);
  if (isRefusal(found)) return found;
  return update(merchantOrderCard(context, found.order, { now: context.app.clock.now(), ...more }));
}

export const orderHandlers: readonly Handler[] = [
  onSelect(duePick, async (context, list, [orderId]) => {
    if (orderId === undefined) return refuse('card_outdated');
    return cardOf(context, orderId, { back: duePage.encode(context.request.guildId, list) });
  }),
  onButton(orderShip, async (context, { order }) => {
    const found = await merchantOrder(context.app, context.request, order);
    if (isRefusal(found)) return found;
    return ask(shipModal(context.t, shipForm.encode(context.request.guildId, { order })));
  }),
  onForm(shipForm, async (context, { order }, { carrier = '', tracking = '' }) => {
    const found = await merchantOrder(context.app, context.request, order);
    if (isRefusal(found)) return found;
    const { merchantId, number } = found.order;
    const said = await shipped(context, { order: `${merchantId}/${number}`, carrier, tracking });
    return isRefusal(said) ? said : cardOf(context, order, { said });
  }),
  onButton(orderDelay, async (context, { order }) => {
    const found = await merchantOrder(context.app, context.request, order);
    if (isRefusal(found)) return found;
    const id = orderDelayForm.encode(context.request.guildId, { order });
    return ask(delayModal(context.t, id, dateHint(context, found.timeZone)));
  }),
  onForm(orderDelayForm, async (context, { order }, fields) => {
    const found = await merchantOrder(context.app, context.request, order);
    if (isRefusal(found)) return found;
    const { merchantId, number } = found.order;
    const card = await delayed(context, { ...fields, order: `${merchantId}/${number}` });
    return isRefusal(card) ? card : update(card);
  }),
  onButton(orderStockout, async (context, { order }) => {
    const found = await merchantOrder(context.app, context.request, order);
    if (isRefusal(found)) return found;
    const id = stockoutForm.encode(context.request.guildId, { merchant: found.merchant.id });
    return ask(stockoutModal(context.t, id, dateHint(context, found.timeZone), found.order.lines));
  }),
  onButton(orderSnooze, async (context, { order }) => {
    const snoozed = await snoozeOrders(context.app, context.request, { orderIds: [order], forMs: snoozeMs });
    if (isRefusal(snoozed)) return snoozed;
    return cardOf(context, order, { said: [snoozedText(context, snoozed.count, snoozed.untilAt)] });
  }),
];
