// A buyer's open orders, and the orders a person may mean while typing a number.
import { isOpen, type Order } from '../domain/order/order.ts';
import { standingOf } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { byUrgency, mostUrgent } from './most-urgent.ts';
import type { ReadTx } from './ports.ts';

const maxSuggestions = 25;
/** Only so many of the most urgent orders are looked through for a part of a number: an answer is due at once. */
const maxSearched = 2000;

/** The open orders linked to this account, the most urgent first. */
export function listOrders(
  app: App,
  request: Request,
  { limit = 25 }: { readonly limit?: number } = {},
): Promise<{ orders: Order[]; total: number }> {
  return app.store.read(async (tx) => {
    const group = keyOf(request.guildId, request.userId);
    const orders = await mostUrgent(tx, 'openByBuyer', group, limit);
    return { orders, total: await tx.count('orders', 'openByBuyer', { group }) };
  });
}

export interface OrderSuggestion {
  /** What to hand in: the order's number, or `merchant/number` where two merchants share it. */
  readonly number: string;
  readonly order: Order;
}

/**
 * Up to 25 orders whose number contains what was typed, the most urgent first, among those the person may see in this role;
 * for staff also those being refunded. An exact number is always found.
 */
export function suggestOrders(
  app: App,
  request: Request,
  { typed, role }: { readonly typed: string; readonly role: 'buyer' | 'merchant' | 'staff' },
): Promise<OrderSuggestion[]> {
  return app.store.read(async (tx) => {
    const text = typed.trim();
    const scope = await scopeOf(tx, request, role);
    const exact = text === '' ? [] : await tx.list('orders', 'byNumber', { group: keyOf(request.guildId, text) });
    const some = await scope.search(text === '' ? maxSuggestions : maxSearched);
    const found = new Map(
      [...exact.filter(scope.sees), ...some.filter((order) => order.number.includes(text))].map((order) => [
        order.id,
        order,
      ]),
    );
    return named([...found.values()].slice(0, maxSuggestions));
  });
}

interface Scope {
  readonly sees: (order: Order) => boolean;
  readonly search: (limit: number) => Promise<Order[]>;
}

async function scopeOf(tx: ReadTx, request: Request, role: 'buyer' | 'merchant' | 'staff'): Promise<Scope> {
  const { guildId, userId } = request;
  if (role === 'buyer') return buyerScope(tx, keyOf(guildId, userId), userId);
  const standing = await standingOf(tx, request);
  const merchants =
    role === 'merchant'
      ? standing.merchants
      : standing.staff
        ? await tx.list('merchants', 'byGuild', { group: guildId })
        : [];
  const ids = new Set(merchants.map((merchant) => merchant.id));
  return {
    sees: (order) => ids.has(order.merchantId),
    search: async (limit) => {
      // Those that are shown may all be one merchant's.
      const ofEach = Math.max(maxSuggestions, Math.ceil(limit / ids.size));
      const each = await Promise.all(
        [...ids].map((id) => mostUrgent(tx, 'openByMerchant', keyOf(guildId, id), ofEach)),
      );
      const refunded = role === 'staff' && standing.staff ? await refundedIn(tx, guildId, limit) : [];
      return [...each.flat().sort(byUrgency), ...refunded];
    },
  };
}

/** Those whose money is on its way back: staff have still to do with them, though they are closed. */
async function refundedIn(tx: ReadTx, guildId: string, limit: number): Promise<Order[]> {
  const refunds = await tx.list('refunds', 'due', { group: guildId, limit });
  const orders = await Promise.all(refunds.map(({ orderId }) => tx.get('orders', orderId)));
  return orders.filter((order) => order !== undefined);
}

/** Open orders, and behind them those that came in last. */
function buyerScope(tx: ReadTx, group: string, userId: string): Scope {
  return {
    sees: (order) => order.buyer?.userId === userId,
    search: async (limit) => {
      const latest = await tx.list('orders', 'byBuyer', { group, newestFirst: true, limit });
      return [...(await mostUrgent(tx, 'openByBuyer', group, limit)), ...latest.filter((order) => !isOpen(order))];
    },
  };
}

function named(orders: Order[]): OrderSuggestion[] {
  const times = new Map<string, number>();
  for (const { number } of orders) times.set(number, (times.get(number) ?? 0) + 1);
  return orders.map((order) => ({
    number: times.get(order.number) === 1 ? order.number : `${order.merchantId}/${order.number}`,
    order,
  }));
}
