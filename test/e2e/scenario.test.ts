// A stock-out of fifty orders, from the merchant's report to balanced books: who chose what, and that each was told once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order/order.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';
import { read } from '../support/reading.ts';

const count = 50;
let shop: TestBot;
const buyers: PersonView[] = [];
const orders: Order[] = [];

beforeAll(async () => {
  shop = await startTestBot();
  const now = shop.clock.now();
  await shop.putProduct({ sku: 'TEA-1', name: '手工红茶礼盒', stock: count, priceMinor: 6800, currency: 'CNY' });
  await shop.putProduct({ sku: 'TEA-2', name: '白茶礼盒', stock: 1, priceMinor: 6800, currency: 'CNY' });
  await read(await shop.manager.command(shop.here, '/setup deposit', { merchant: 'linji', amount: '10000' }));
  for (let index = 0; index < count; index++) {
    const buyer = shop.newBuyer(`buyer-${index}`, index % 2 === 0 ? 'zh-CN' : 'en-US');
    // A word with the bot first, so that it knows the buyer's language.
    await read(await buyer.command(shop.here, '/order list'));
    buyers.push(buyer);
    const order = {
      number: `260517-60719897435${1000 + index}`,
      buyer: { userId: buyer.id, linkedAt: now, by: 'proof' },
    };
    orders.push(await shop.putOrder(order as Partial<Order> & { number: string }));
  }
}, 60_000);
afterAll(() => shop?.stop());

/** The buyer's card as it came by DM. */
function dmOf(index: number) {
  const [message] = buyers[index]?.dms() ?? [];
  if (!message) throw new Error(`buyer ${index} was not told`);
  return message;
}

async function press(index: number, label: string) {
  const buyer = buyers[index] as PersonView;
  const pressed = await buyer.press(dmOf(index), label);
  await pressed.response();
  return pressed;
}

/** With one substitute there is nothing to pick: the question comes at once. */
async function swapOf(index: number) {
  const question = await press(index, '换货…');
  return (buyers[index] as PersonView).press(question, '换成白茶礼盒');
}

it('tells fifty buyers once, each in their language, through a restart', { timeout: 60_000 }, async () => {
  const report = await shop.merchant.command(shop.here, '/shop stockout', {
    sku: 'TEA-1',
    reason: 'supplier',
    restock: '2026-11-25',
    substitutes: 'TEA-2',
  });
  expect(await read(report)).toContain('影响 50 单');
  shop.discord.gateway.repeat('INTERACTION_CREATE');
  await shop.restart();
  await shop.discord.until(() => buyers.every((buyer) => buyer.dms().length > 0), { timeoutMs: 40_000 });
  await shop.bot.jobs.tick();
  expect(buyers.map((buyer) => buyer.dms().length)).toEqual(buyers.map(() => 1));
  expect(textOf(dmOf(0))).toContain('缺货');
  expect(textOf(dmOf(1), 'en-US')).toContain('out of stock');
});

it('one waits, two want the last substitute, one is refunded', { timeout: 30_000 }, async () => {
  expect(await read(await press(0, '等到 11月25日'))).toContain('你选了');
  const swaps = await Promise.all([swapOf(2), swapOf(4)]);
  const answers = await Promise.all(swaps.map((swap) => read(swap)));
  const taken = await Promise.all([2, 4].map(async (index) => (await shop.order(orders[index]?.id ?? ''))?.choice));
  expect(taken.filter((choice) => choice?.kind === 'swap')).toHaveLength(1);
  const loser = taken[0] === undefined ? 0 : 1;
  expect(answers[loser]).toContain('刚被别人换走');
  const question = await press(6, '退款 ¥68.00');
  await read(await (buyers[6] as PersonView).press(question, '退款 ¥68.00'));
  expect((await shop.order(orders[6]?.id ?? ''))?.choice?.kind).toBe('refund');
  const product = await shop.app.store.read((tx) => tx.get('products', `${shop.guildId}/linji/TEA-2`));
  expect(product?.stock).toBe(0);
});

it('pays the refund, compensates once, and the books balance', { timeout: 30_000 }, async () => {
  const number = orders[6]?.number ?? '';
  await read(await shop.staff.command(shop.here, '/case paid', { order: number, reference: 'ALIPAY-1' }));
  const preview = await shop.staff.command(shop.here, '/compensate', { order: number, reason: 'out_of_stock' });
  await preview.response();
  const twice = await Promise.all([
    shop.staff.press(preview, '确认赔 ¥5.00'),
    shop.staff.press(preview, '确认赔 ¥5.00'),
  ]);
  await Promise.all(twice.map((pressed) => pressed.response()));
  const entries = await shop.app.store.read((tx) => tx.list('ledger', 'byGuild', { group: shop.guildId }));
  expect(entries.map(({ kind }) => kind).sort()).toEqual(['compensation', 'deposit', 'refund_opened', 'refund_paid']);
  for (const { postings } of entries) expect(postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  const balances = await shop.app.store.read((tx) => tx.list('balances', 'byGuild', { group: shop.guildId }));
  expect(balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  expect(balances.find(({ account }) => account === 'merchant:linji')?.amountMinor).toBe(1_000_000 - 6800 - 500);
  const wallet = await read(await (buyers[6] as PersonView).command(shop.here, '/wallet'));
  expect(wallet).toContain('¥5.00');
  expect(wallet).toContain('2076年');
});

it('has it all in the case files', async () => {
  for (const [index, kind] of [[0, 'wait'] as const, [6, 'refund'] as const]) {
    const group = orders[index]?.id ?? '';
    const entries = await shop.app.store.read((tx) => tx.list('caseEntries', 'byOrder', { group }));
    const kinds = entries.map((entry) => entry.kind);
    expect(kinds).toContain('stock_out_reported');
    expect(
      entries.filter((entry) => entry.kind === 'buyer_told' && entry.data.notice === 'trouble_reported'),
    ).toHaveLength(1);
    expect(entries.find((entry) => entry.kind === 'choice_made')?.data.kind).toBe(kind);
  }
  const shown = await read(await shop.staff.command(shop.here, '/case show', { order: orders[6]?.number ?? '' }));
  expect(shown).toContain('报缺货');
  expect(shown).toContain('ALIPAY-1');
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
