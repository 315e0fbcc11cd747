// What is suggested while staff type an order's number.
import { suggestOrders } from '../src/app/list-orders.ts';
import type { Suggest } from '../src/discord/command.ts';

export const suggestStaffOrders: Suggest = async ({ app, request }, typed) => {
  const found = await suggestOrders(app, request, { typed, role: 'staff' });
  return found.map(({ number, order }) => ({ name: `${number} ${order.lines[0]?.name ?? ''}`, value: number }));
};
