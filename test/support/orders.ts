// Builders: a shop, its products and its orders, as tests need them.
import type { Merchant } from '../../src/domain/merchant.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { OrderDraft } from '../../src/domain/order-draft.ts';
import type { Product } from '../../src/domain/stock/product.ts';
import { guild, merchantMember, pddPack, staffRole, startOfTest, type TestApp } from './app.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const lin = 'lin';

/** Account number n of a buyer. */
export const buyer = (n: number): string => String(400000000000000000n + BigInt(n));

export function merchant(more: Partial<Merchant> = {}): Merchant {
  return { guildId: guild, id: lin, name: '林记', memberIds: [merchantMember], roleIds: [], ...more };
}

export function product(sku: string, more: Partial<Product> = {}): Product {
  return {
    guildId: guild,
    merchantId: lin,
    sku,
    name: `Product ${sku}`,
    priceMinor: 6800,
    currency: 'CNY',
    substitutes: [],
    ...more,
  };
}

/** An open order for one black tea, 68.00 paid a day ago, due in a day; `n` makes id and number. */
export function order(n: number, more: Partial<Order> = {}): Order {
  return {
    id: `order${n}`,
    guildId: guild,
    merchantId: lin,
    number: `260517-${600_000_000_000_000 + n}`,
    source: 'pdd',
    state: 'to_ship',
    afterSales: 'none',
    currency: 'CNY',
    paidMinor: 6800,
    lines: [{ sku: 'BLACK', name: 'Black tea', quantity: 1, unitPriceMinor: 6800 }],
    paidAt: startOfTest - dayMs,
    shipBy: { at: startOfTest + dayMs, basis: 'policy' },
    recipient: { name: '王小明', phone: '13812345678', email: 'wang@example.com' },
    policy: { pack: pddPack.id, version: pddPack.version },
    importedAt: startOfTest - dayMs,
    version: 1,
    ...more,
  };
}

export function linkedTo(userId: string): Pick<Order, 'buyer'> {
  return { buyer: { userId, linkedAt: startOfTest - hourMs, by: 'proof' } };
}

export function draft(n: number, more: Partial<OrderDraft> = {}): OrderDraft {
  return {
    number: `260517-${600_000_000_000_000 + n}`,
    state: 'to_ship',
    afterSales: 'none',
    currency: 'CNY',
    paidMinor: 6800,
    lines: [{ sku: 'BLACK', name: 'Black tea', quantity: 1, unitPriceMinor: 6800 }],
    paidAt: startOfTest - dayMs,
    recipient: { name: '王小明', phone: '13812345678' },
    ...more,
  };
}

/** Server settings with a staff role, the merchant `lin`, and whatever is given. */
export async function setUpShop(
  app: TestApp,
  given: { orders?: readonly Order[]; products?: readonly Product[]; merchants?: readonly Merchant[] } = {},
): Promise<void> {
  await app.store.transact(async (tx) => {
    await tx.put('settings', {
      guildId: guild,
      staffRoleId: staffRole,
      policyPack: pddPack.id,
      reminders: { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' },
    });
    for (const shop of given.merchants ?? [merchant()]) await tx.put('merchants', shop);
    for (const item of given.products ?? []) await tx.put('products', item);
    for (const record of given.orders ?? []) await tx.put('orders', record);
  });
}
