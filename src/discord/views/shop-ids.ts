// The buttons, selects and forms of a merchant's cards. They name orders and merchants; the use cases decide who may.
import { customId, field } from '../custom-id.ts';

/** Which list of due orders a button belongs to: the merchant's, as far ahead as `minutes`. */
const list = { merchant: field.code, minutes: field.integer };

export const duePage = customId('shop.due', { ...list, page: field.integer });
export const duePick = customId('shop.pick', { ...list, page: field.integer });
export const dueSnooze = customId('shop.later', list);
export const dueDelay = customId('shop.slip', list);
export const dueStockout = customId('shop.out', list);

const one = { order: field.id };

export const orderShip = customId('shop.ship', one);
export const orderDelay = customId('shop.delay', one);
export const orderStockout = customId('shop.stockout', one);
export const orderSnooze = customId('shop.snooze', one);

export const shipForm = customId('shop.ship_form', one);
export const orderDelayForm = customId('shop.delay_form', one);
export const skuDelayForm = customId('shop.slip_form', { merchant: field.code });
export const stockoutForm = customId('shop.out_form', { merchant: field.code });
