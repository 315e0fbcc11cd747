// /compensate: quotes under the rule book, and gives what was quoted once it is confirmed.

import { keyOf } from '../src/app/collections.ts';
import { cancelCompensation, confirmCompensation, quoteCompensation } from '../src/app/compensate.ts';
import { action, type Command, type Context, onButton, option } from '../src/discord/command.ts';
import { show, update } from '../src/discord/reply.ts';
import { cancelledCard, givenCard, previewCard } from '../src/discord/views/compensate.ts';
import { cancelButton, confirmButton } from '../src/discord/views/compensate-ids.ts';
import { compensationReasonSchema } from '../src/domain/compensation/policy.ts';
import { isRefusal } from '../src/domain/refusal.ts';
import { suggestStaffOrders } from './suggest-orders.ts';

/** The ledger's own record of what was given, and the order as it now stands. */
async function givenOf(
  { app, request }: Context,
  receipt: { entryNumber: number; orderId: string; expiresAt: number },
) {
  const { entry, order } = await app.store.read(async (tx) => ({
    entry: await tx.get('ledger', keyOf(request.guildId, receipt.entryNumber)),
    order: await tx.get('orders', receipt.orderId),
  }));
  if (!entry || !order) throw new Error(`compensation ${receipt.entryNumber} is not in the ledger`);
  return { order, entry };
}

export const compensate: Command = {
  name: 'compensate',
  actions: action(
    {
      order: option.text({ required: true, suggest: suggestStaffOrders, max: 100 }),
      reason: option.choice(compensationReasonSchema.options, { required: true }),
      amount: option.text({ max: 20 }),
      note: option.text({ max: 500 }),
    },
    async (context, { order, reason, amount, note }) => {
      const preview = await quoteCompensation(context.app, context.request, {
        order,
        reason,
        ...(amount !== undefined && { amount }),
        ...(note !== undefined && { note }),
      });
      return isRefusal(preview) ? preview : show(previewCard(context, context.request.guildId, preview));
    },
  ),
  handlers: [
    onButton(confirmButton, async (context, { draft }) => {
      const receipt = await confirmCompensation(context.app, context.request, { draftId: draft });
      if (isRefusal(receipt)) return receipt;
      const { order, entry } = await givenOf(context, receipt);
      return update(
        givenCard(context, {
          ...receipt,
          order,
          reason: entry.reason ?? 'other',
          by: entry.by,
          at: entry.at,
        }),
      );
    }),
    onButton(cancelButton, async (context, { draft }) => {
      const cancelled = await cancelCompensation(context.app, context.request, { draftId: draft });
      return isRefusal(cancelled) ? cancelled : update(cancelledCard(context));
    }),
  ],
};
