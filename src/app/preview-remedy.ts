// What a swap or a refund would do, for the card that asks once more. Nothing is written.
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import type { SwapOption } from '../domain/remedy/remedies.ts';
import { requireBuyer } from './access.ts';
import { offerFor, type RemedyAsked, swapOffered } from './choose-remedy.ts';
import type { App, Request } from './context.ts';
import { type OrderStatus, statusOf } from './order-status.ts';

export interface RemedyPreview extends OrderStatus {
  /** swap: the substitute asked for. */
  readonly option?: SwapOption;
}

/** Refuses as `chooseRemedy` would at this moment, a choice made meanwhile as `card_outdated`. */
export function previewRemedy(
  app: App,
  request: Request,
  asked: {
    readonly orderId: string;
    readonly version: number;
    readonly kind: RemedyAsked['kind'];
    readonly sku?: string | undefined;
  },
): Promise<Outcome<RemedyPreview>> {
  return app.store.read(async (tx) => {
    const order = requireBuyer(request, await tx.get('orders', asked.orderId), asked.orderId);
    if (isRefusal(order)) return order;
    const offer = await offerFor(app, tx, order, asked.version, app.clock.now());
    if (isRefusal(offer)) return offer;
    const status = await statusOf(app, tx, request, order);
    if (asked.kind === 'swap' && asked.sku !== undefined) {
      const offered = swapOffered(offer, asked.sku);
      return isRefusal(offered) ? offered : { ...status, option: offered.option };
    }
    return offer.remedies[asked.kind] ? status : refuse('choice_expired', { order: order.number });
  });
}
