// Who may do what: the one guard, called by every use case, from stored links and roles and never from names.
import type { GuildSettings, Merchant } from '../domain/merchant.ts';
import { defaultBeforeMs } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import type { ReadTx } from './ports.ts';

/** The server's settings, or the ones a new server starts with. */
export async function settingsOf(app: App, tx: ReadTx, guildId: string): Promise<GuildSettings> {
  return (
    (await tx.get('settings', guildId)) ?? {
      guildId,
      policyPack: app.policies.defaultPack.id,
      reminders: { beforeMs: [...defaultBeforeMs], timeZone: app.defaults.timeZone },
    }
  );
}

/** What a person is on this server. A person may be several of these at once. */
export interface Standing {
  readonly manager: boolean;
  readonly staff: boolean;
  /** The merchants this person acts for. */
  readonly merchants: readonly Merchant[];
}

export async function standingOf(tx: ReadTx, request: Request): Promise<Standing> {
  const settings = await tx.get('settings', request.guildId);
  const merchants = await tx.list('merchants', 'byGuild', { group: request.guildId });
  return {
    manager: request.manager,
    staff: settings?.staffRoleId !== undefined && request.roleIds.includes(settings.staffRoleId),
    merchants: merchants.filter((merchant) => actsFor(request, merchant)),
  };
}

/** True where the person is a member of the merchant, by account or by role. */
export function actsFor(request: Request, merchant: Merchant): boolean {
  return (
    merchant.memberIds.includes(request.userId) || merchant.roleIds.some((roleId) => request.roleIds.includes(roleId))
  );
}

/** Staff of this server only. Refuses `not_allowed` ({needs: 'staff'}), or `staff_role_missing` where none is set. */
export async function requireStaff(tx: ReadTx, request: Request): Promise<Outcome<GuildSettings>> {
  const settings = await tx.get('settings', request.guildId);
  if (!settings?.staffRoleId) return refuse('staff_role_missing');
  if (!request.roleIds.includes(settings.staffRoleId)) return refuse('not_allowed', { needs: 'staff' });
  return settings;
}

/** Holders of Manage Server only. Refuses `not_allowed` ({needs: 'manager'}). */
export function requireManager(request: Request): Outcome<true> {
  return request.manager || refuse('not_allowed', { needs: 'manager' });
}

/**
 * The merchant a person acts for: the one named, else the only one. Refuses `not_allowed` ({needs: 'merchant'}) to anyone
 * who acts for none (or not for the one named), `merchant_ambiguous` ({merchants}) where several are possible.
 */
export async function requireMerchant(tx: ReadTx, request: Request, merchantId?: string): Promise<Outcome<Merchant>> {
  const { merchants } = await standingOf(tx, request);
  const candidates = merchantId === undefined ? merchants : merchants.filter((merchant) => merchant.id === merchantId);
  const [only, another] = candidates;
  if (!only) return refuse('not_allowed', { needs: 'merchant' });
  if (another) return refuse('merchant_ambiguous', { merchants: candidates.map((merchant) => merchant.id) });
  return only;
}

/** Any merchant this person acts for that has this order. Refuses like an order that does not exist. */
export async function requireMerchantOfOrder(tx: ReadTx, request: Request, order: Order): Promise<Outcome<Merchant>> {
  const merchant = await tx.get('merchants', keyOf(order.guildId, order.merchantId));
  if (order.guildId !== request.guildId || !merchant || !actsFor(request, merchant)) {
    return refuse('order_not_found', { order: order.number });
  }
  return merchant;
}

/** The buyer the order is linked to, and nobody else. Refuses like an order that does not exist. */
export function requireBuyer(request: Request, order: Order | undefined, asked: string): Outcome<Order> {
  if (!order || order.guildId !== request.guildId || order.buyer?.userId !== request.userId) {
    return refuse('order_not_found', { order: asked });
  }
  return order;
}

/** Orders named where several share a number: whoever may read more knows how to write the others. */
const maxNamed = 25;

/**
 * Finds an order by what a person typed: its number, or `merchant/number` where two merchants share one, among those that
 * `mayRead` lets through. Refuses `order_not_found`, or `order_ambiguous` ({orders}).
 */
export async function findOrder(
  tx: ReadTx,
  guildId: string,
  typed: string,
  mayRead: (order: Order) => boolean | Promise<boolean>,
): Promise<Outcome<Order>> {
  const text = typed.trim();
  const found: Order[] = [];
  for (const order of await ordersMeant(tx, guildId, text)) if (await mayRead(order)) found.push(order);
  const exact = found.filter(({ merchantId, number }) => text === number || text === `${merchantId}/${number}`);
  const meant = exact.length > 0 ? exact : found;
  const [only, another] = meant;
  if (!only) return refuse('order_not_found', { order: text.slice(0, 64) });
  if (!another) return only;
  return refuse('order_ambiguous', {
    orders: meant.slice(0, maxNamed).map((one) => `${one.merchantId}/${one.number}`),
  });
}

/** Those of that number; failing that, those of a merchant and a number of theirs. */
async function ordersMeant(tx: ReadTx, guildId: string, text: string): Promise<readonly Order[]> {
  const orders = await ordersNumbered(tx, guildId, text);
  const slash = text.indexOf('/');
  if (orders.length > 0 || slash <= 0) return orders;
  const numbered = await ordersNumbered(tx, guildId, text.slice(slash + 1));
  return numbered.filter(({ merchantId }) => merchantId === text.slice(0, slash));
}

/** Of that number as typed, and as it may be meant: in full-width digits, or one of Shopify's without its `#`. */
async function ordersNumbered(tx: ReadTx, guildId: string, typed: string): Promise<readonly Order[]> {
  const plain = typed.normalize('NFKC');
  const spellings = [...new Set([typed, plain, `#${plain}`])];
  const found = await Promise.all(
    spellings.map((number) => tx.list('orders', 'byNumber', { group: keyOf(guildId, number) })),
  );
  return found.flat();
}

/** The order of that number at one merchant. */
export async function orderOfMerchant(
  tx: ReadTx,
  guildId: string,
  merchantId: string,
  number: string,
): Promise<Order | undefined> {
  const orders = await tx.list('orders', 'byNumber', { group: keyOf(guildId, number) });
  return orders.find((order) => order.merchantId === merchantId);
}

/** Those who work for the shop are not advised to link an order to themselves. */
function forShop(found: Outcome<Order>): Outcome<Order> {
  if (!isRefusal(found) || found.refused !== 'order_not_found') return found;
  return refuse('order_not_found', { ...found.data, kind: 'shop' });
}

/** For staff: any order of this server. */
export async function findOrderForStaff(tx: ReadTx, request: Request, typed: string): Promise<Outcome<Order>> {
  const staff = await requireStaff(tx, request);
  return isRefusal(staff) ? staff : forShop(await findOrder(tx, request.guildId, typed, () => true));
}

/** For a merchant: the orders of the merchants this person acts for. */
export async function findOrderForMerchant(tx: ReadTx, request: Request, typed: string): Promise<Outcome<Order>> {
  const { merchants } = await standingOf(tx, request);
  if (merchants.length === 0) return refuse('not_allowed', { needs: 'merchant' });
  const ids = new Set(merchants.map((merchant) => merchant.id));
  return forShop(await findOrder(tx, request.guildId, typed, (order) => ids.has(order.merchantId)));
}

/** For a buyer: the orders linked to this account. */
export function findOrderForBuyer(tx: ReadTx, request: Request, typed: string): Promise<Outcome<Order>> {
  return findOrder(tx, request.guildId, typed, (order) => order.buyer?.userId === request.userId);
}
