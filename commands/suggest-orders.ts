// What is suggested while those who work for the shop type an order's number.
import { suggestOrders } from '../src/app/list-orders.ts';
import type { Suggest } from '../src/discord/command.ts';

function suggestOrdersTo(role: 'merchant' | 'staff'): Suggest {
  return async ({ app, request }, typed) => {
    const found = await suggestOrders(app, request, { typed, role });
    return found.map(({ number, order }) => ({ name: `${number} ${order.lines[0]?.name ?? ''}`, value: number }));
  };
}

export const suggestStaffOrders = suggestOrdersTo('staff');
export const suggestShopOrders = suggestOrdersTo('merchant');
