// /shop ship: marks an order shipped, or corrects the waybill of one that is.

import { merchantOrder } from '../../src/app/merchant-order.ts';
import { type ShipReceipt, shipOrder } from '../../src/app/ship-order.ts';
import { textCard } from '../../src/discord/card.ts';
import { action, type Context, option } from '../../src/discord/command.ts';
import { show } from '../../src/discord/reply.ts';
import { carrierName } from '../../src/discord/views/items.ts';
import { isRefusal, type Outcome } from '../../src/domain/refusal.ts';
import type { Markup } from '../../src/i18n/markup.ts';
import { suggestShopOrders } from '../suggest-orders.ts';
import { suggestCarrier } from './suggest.ts';

export interface Shipping {
  /** As typed. */
  readonly order: string;
  readonly carrier: string;
  readonly tracking: string;
}

/** Marks it shipped, and says so: with a warning where the number looks odd, and whether the buyer hears of it. */
export async function shipped(context: Context, shipping: Shipping): Promise<Outcome<readonly Markup[]>> {
  const { app, request, t } = context;
  const receipt = await shipOrder(app, request, shipping);
  if (isRefusal(receipt)) return receipt;
  const found = await merchantOrder(app, request, receipt.orderId);
  if (isRefusal(found)) return found;
  const { number, carrier = shipping.carrier, tracking = shipping.tracking, buyer } = found.order;
  const parcel = { carrier: carrierName(t, carrier), tracking };
  const warning = receipt.warning === undefined ? undefined : t.find(`shop.ship.warning.${receipt.warning}`, parcel);
  return [
    receipt.corrected
      ? correctedText(t, number, receipt.corrected, parcel)
      : t('shop.ship.done', { order: number, ...parcel }),
    ...(warning ? [warning] : []),
    t(buyer ? 'shop.ship.told' : 'shop.ship.unlinked'),
  ];
}

function correctedText(
  t: Context['t'],
  order: string,
  { carrier = '', tracking }: NonNullable<ShipReceipt['corrected']>,
  now: { readonly carrier: string; readonly tracking: string },
): Markup {
  if (tracking === undefined) return t('shop.ship.added', { order, ...now });
  return t('shop.ship.corrected', { order, ...now, oldCarrier: carrierName(t, carrier), oldTracking: tracking });
}

export const ship = action(
  {
    order: option.text({ required: true, suggest: suggestShopOrders, max: 100 }),
    carrier: option.text({ required: true, suggest: suggestCarrier, max: 60 }),
    tracking: option.text({ required: true, max: 60 }),
  },
  async (context, shipping) => {
    const said = await shipped(context, shipping);
    return isRefusal(said) ? said : show(textCard('good', ...said));
  },
);
