// /wallet: a buyer's vouchers and refunds.
import { wallet as walletOf } from '../src/app/wallet.ts';
import { action, type Command } from '../src/discord/command.ts';
import { show } from '../src/discord/reply.ts';
import { walletCard } from '../src/discord/views/wallet.ts';
import { isRefusal } from '../src/domain/refusal.ts';

export const wallet: Command = {
  name: 'wallet',
  actions: action({}, async (context) => {
    const held = await walletOf(context.app, context.request);
    return isRefusal(held) ? held : show(walletCard(context, held, context.app.clock.now()));
  }),
};
