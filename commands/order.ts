// /order: where a buyer's orders stand, what to do about them, and binding one to an account.
import { linkOrder } from '../src/app/link-order.ts';
import { listOrders, suggestOrders } from '../src/app/list-orders.ts';
import { orderStatus, orderStatusById } from '../src/app/order-status.ts';
import { action, type Command, type Context, option, type Suggest } from '../src/discord/command.ts';
import { orderHandlers } from '../src/discord/order-handlers.ts';
import { show } from '../src/discord/reply.ts';
import { withUnseen } from '../src/discord/unseen.ts';
import { orderCard } from '../src/discord/views/order-card.ts';
import { orderLabel } from '../src/discord/views/order-label.ts';
import { orderListCard } from '../src/discord/views/order-list.ts';
import { isRefusal } from '../src/domain/refusal.ts';

const suggestOwn: Suggest = async (context, typed) => {
  const found = await suggestOrders(context.app, context.request, { typed, role: 'buyer' });
  const now = context.app.clock.now();
  return found.map(({ number, order }) => ({ name: orderLabel(context, order, now), value: number }));
};

const status = action({ order: option.text({ max: 100, suggest: suggestOwn }) }, async (context, { order }) => {
  const { app, request } = context;
  const found = await orderStatus(app, request, { order });
  if (isRefusal(found)) return found;
  return withUnseen(context, show(orderCard(context, { now: app.clock.now(), ...found })), found.unseen);
});

/** A list of one is its card. */
async function listReply(context: Context) {
  const { app, request } = context;
  const now = app.clock.now();
  const { orders, total } = await listOrders(app, request, { limit: 25 });
  const [first] = orders;
  const only = first && total === 1 ? await orderStatusById(app, request, first.id) : undefined;
  if (only && !isRefusal(only)) return show(orderCard(context, { ...only, now }));
  return show(orderListCard(context, { guildId: request.guildId, orders, total, now }));
}

const list = action({}, async (context) => withUnseen(context, await listReply(context)));

const link = action(
  { order: option.text({ required: true, max: 100 }), proof: option.text({ required: true, max: 254 }) },
  async (context, asked) => {
    const { app, request, t } = context;
    const linked = await linkOrder(app, request, asked);
    if (isRefusal(linked)) return linked;
    const found = await orderStatusById(app, request, linked.orderId);
    if (isRefusal(found)) return found;
    return withUnseen(context, show(orderCard(context, { ...found, now: app.clock.now() }, [t('order.linked')])));
  },
);

export const order: Command = { name: 'order', actions: { status, list, link }, handlers: orderHandlers };
