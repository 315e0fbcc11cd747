// /case: the file on an order for staff, notes on it, refunds to pay, and binding an order to its buyer by hand.
import { addNote, caseFile } from '../src/app/case-file.ts';
import { linkOrderByStaff } from '../src/app/link-order.ts';
import { dueRefunds, recordPaid } from '../src/app/refunds.ts';
import { textCard } from '../src/discord/card.ts';
import { action, type Command, type Context, onButton, option } from '../src/discord/command.ts';
import { show, update } from '../src/discord/reply.ts';
import { caseCard, refundsCard } from '../src/discord/views/case.ts';
import { casePage } from '../src/discord/views/case-ids.ts';
import type { Order } from '../src/domain/order/order.ts';
import { isRefusal, refuse } from '../src/domain/refusal.ts';
import { person } from '../src/i18n/format.ts';
import { ours } from '../src/i18n/markup.ts';
import { suggestStaffOrders } from './suggest-orders.ts';

const orderOption = option.text({ required: true, suggest: suggestStaffOrders, max: 100 });

function orderOf({ app }: Context, orderId: string): Promise<Order | undefined> {
  return app.store.read((tx) => tx.get('orders', orderId));
}

async function numberOf(context: Context, orderId: string): Promise<string> {
  return (await orderOf(context, orderId))?.number ?? '–';
}

export const caseCommand: Command = {
  name: 'case',
  actions: {
    show: action({ order: orderOption }, async (context, { order }) => {
      const file = await caseFile(context.app, context.request, { order });
      return isRefusal(file) ? file : show(caseCard(context, file, 0, context.app.clock.now()));
    }),
    note: action({ order: orderOption, text: option.text({ required: true, max: 1000 }) }, async (context, asked) => {
      const noted = await addNote(context.app, context.request, asked);
      if (isRefusal(noted)) return noted;
      return show(
        textCard('good', context.t('staff.case.noteDone', { order: await numberOf(context, noted.orderId) })),
      );
    }),
    link: action({ order: orderOption, user: option.user({ required: true }) }, async (context, { order, user }) => {
      const linked = await linkOrderByStaff(context.app, context.request, { order, userId: user });
      if (isRefusal(linked)) return linked;
      const said = { order: await numberOf(context, linked.orderId), user: person(user) };
      return show(textCard('good', context.t('staff.case.linkDone', said)));
    }),
    refunds: action({}, async (context) => {
      const due = await dueRefunds(context.app, context.request);
      if (isRefusal(due)) return due;
      return show(refundsCard(context, due.refunds, due.total, context.app.clock.now()));
    }),
    paid: action(
      { order: orderOption, reference: option.text({ required: true, max: 100 }) },
      async (context, { order, reference }) => {
        const paid = await recordPaid(context.app, context.request, { order, reference });
        if (isRefusal(paid)) return paid;
        const { t, f } = context;
        const about = await orderOf(context, paid.orderId);
        const amount = ours(f.money(paid.amountMinor, paid.currency));
        const done = t('staff.case.paidDone', { amount, order: about?.number ?? '–', reference });
        return show(textCard('good', done, about?.buyer ? t('staff.case.paidTold') : undefined));
      },
    ),
  },
  handlers: [
    onButton(casePage, async (context, { order: orderId, page }) => {
      const order = await orderOf(context, orderId);
      if (order?.guildId !== context.request.guildId) return refuse('card_outdated');
      const asked = { order: `${order.merchantId}/${order.number}` };
      const file = await caseFile(context.app, context.request, asked);
      return isRefusal(file) ? file : update(caseCard(context, file, page, context.app.clock.now()));
    }),
  ],
};
