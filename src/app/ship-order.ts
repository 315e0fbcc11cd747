// A merchant marks an order shipped, or corrects the waybill of one that is.
import { findCarrier, normaliseTracking, trackingWarning } from '../domain/carrier.ts';
import type { Order } from '../domain/order/order.ts';
import { decide, evolve } from '../domain/order/state.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { findOrderForMerchant } from './access.ts';
import type { App, Request } from './context.ts';
import { noteCorrected, noteShipped } from './note-shipped.ts';
import { perform } from './perform.ts';
import { saveOrder } from './save-order.ts';

export interface Shipment {
  readonly order: string;
  /** A carrier's name, code or id, as people write it. */
  readonly carrier: string;
  readonly tracking: string;
}

export interface ShipReceipt {
  readonly orderId: string;
  /** The number does not look like one of this carrier's; it was taken all the same. */
  readonly warning?: 'tracking_unusual';
  /** It had shipped: what was recorded before and is corrected now. */
  readonly corrected?: { readonly carrier?: string; readonly tracking?: string };
}

/**
 * Records carrier and tracking number, and tells the buyer; for an order on its way, corrects them and tells the buyer the
 * right ones. Refuses `order_not_found`, `carrier_unknown` ({carrier}), `tracking_invalid`, `already_shipped`
 * ({carrier, tracking}) where nothing is different or it has arrived, `order_closed`, `unpaid_order`.
 */
export function shipOrder(app: App, request: Request, shipment: Shipment): Promise<Outcome<ShipReceipt>> {
  return perform(app, request, async (tx, now) => {
    const order = await findOrderForMerchant(tx, request, shipment.order);
    if (isRefusal(order)) return order;
    const carrier = findCarrier(shipment.carrier);
    if (!carrier) return refuse('carrier_unknown', { carrier: shipment.carrier.trim().slice(0, 40) });
    const tracking = normaliseTracking(shipment.tracking);
    if (tracking === undefined) return refuse('tracking_invalid', { tracking: shipment.tracking.slice(0, 40) });
    const isNew = order.state !== 'shipped';
    const type = isNew ? 'ship' : 'correct_waybill';
    const events = decide(order, { type, carrier: carrier.id, tracking }, now);
    if (isRefusal(events)) return events;

    const after = await saveOrder(app, tx, order, events.reduce(evolve, order), now);
    await (isNew
      ? noteShipped(app, tx, after, request.userId, now)
      : noteCorrected(app, tx, order, after, request.userId, now));
    const warning = trackingWarning(carrier, tracking);
    return {
      orderId: after.id,
      ...(warning && { warning: warning.code }),
      ...(!isNew && { corrected: waybill(order) }),
    };
  });
}

function waybill({ carrier, tracking }: Order): { carrier?: string; tracking?: string } {
  return { ...(carrier !== undefined && { carrier }), ...(tracking !== undefined && { tracking }) };
}
