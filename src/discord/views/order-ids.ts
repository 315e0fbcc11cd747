// The buttons and selects of a buyer's order card. They name an order and the version shown; the use cases decide who may.
import { createHash } from 'node:crypto';
import { customId, field } from '../custom-id.ts';

/** The version is the one the card was made from: a newer report or a choice made meanwhile raises it. */
const shown = { order: field.id, version: field.integer };

export const orderWait = customId('order.wait', shown);
export const orderSwap = customId('order.swap', shown);
export const orderSwapPick = customId('order.swap_pick', shown);
/** `item`: the tag of the SKU, which itself may be too long for an id. */
export const orderSwapYes = customId('order.swap_yes', { ...shown, item: field.code });
export const orderRefund = customId('order.refund', shown);
export const orderRefundYes = customId('order.refund_yes', shown);
export const orderPerson = customId('order.person', { order: field.id });
/** Shows the card as it now is: the way back from a question. */
export const orderShow = customId('order.show', { order: field.id });
export const orderPick = customId('order.pick', {});

/** Tells the few substitutes of one order apart. */
export function skuTag(sku: string): string {
  return createHash('sha256').update(sku).digest('hex').slice(0, 10);
}
