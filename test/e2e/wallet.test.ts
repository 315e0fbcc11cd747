// /wallet through the real client: vouchers, refunds and what is past, for the asker alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Voucher } from '../../src/domain/ledger/voucher.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

const day = 86_400_000;
let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
afterAll(() => shop?.stop());

async function walletOf(person: PersonView, locale: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<string> {
  const asked = await person.command(shop.here, '/wallet');
  await asked.response();
  expect(asked.ephemeral).toBe(true);
  return textOf(asked.message, locale);
}

let vouchers = 0;
async function giveVoucher(buyer: PersonView, more: Partial<Voucher> = {}): Promise<void> {
  const voucher: Voucher = {
    id: `voucher-${++vouchers}`,
    guildId: shop.guildId,
    merchantId: 'linji',
    orderId: 'order-1',
    orderNumber: '260517-1',
    buyerId: buyer.id,
    amountMinor: 500,
    currency: 'CNY',
    minSpendMinor: 0,
    reason: 'out_of_stock',
    issuedAt: shop.clock.now(),
    expiresAt: Date.UTC(2076, 10, 20),
    entryNumber: vouchers,
    ...more,
  };
  await shop.app.store.transact((tx) => tx.put('vouchers', voucher));
}

describe('/wallet', () => {
  it('is empty for a newcomer, in both languages', async () => {
    expect(await walletOf(shop.newBuyer('new'))).toContain('没有券');
    expect(await walletOf(shop.newBuyer('new2', 'en-US'), 'en-US')).toContain('no vouchers');
  });

  it('shows vouchers with their end, their sum, and what has expired', async () => {
    const mei = shop.newBuyer('mei');
    await giveVoucher(mei);
    await giveVoucher(mei, { amountMinor: 1200, currency: 'USD', minSpendMinor: 5000 });
    await giveVoucher(mei, { amountMinor: 300, expiresAt: shop.clock.now() - day });
    const text = await walletOf(mei);
    expect(text).toContain('¥5.00 无门槛');
    expect(text).toContain('2076年11月20日');
    expect(text).toMatch(/(US)?\$12\.00/);
    expect(text).toContain('已过期');
    expect(text).toContain('¥3.00');
  });

  it('shows refunds due, overdue and paid', async () => {
    const anna = shop.newBuyer('anna', 'en-US');
    const base = {
      guildId: shop.guildId,
      merchantId: 'linji',
      orderId: 'order-1',
      orderNumber: '260517-2',
      buyerId: anna.id,
      kind: 'full',
      amountMinor: 6800,
      currency: 'CNY',
      requestedAt: shop.clock.now(),
      reminded: 'none',
    } as const;
    await shop.app.store.transact(async (tx) => {
      await tx.put('refunds', { ...base, id: 'r1', state: 'due', dueAt: shop.clock.now() + day });
      await tx.put('refunds', { ...base, id: 'r2', state: 'due', dueAt: shop.clock.now() - day });
      const paidAt = shop.clock.now();
      await tx.put('refunds', { ...base, id: 'r3', state: 'paid', dueAt: paidAt, paidAt, reference: 'ALI-77' });
    });
    const text = await walletOf(anna, 'en-US');
    expect(text).toContain('under way ¥68.00');
    expect(text).toContain('overdue ¥68.00');
    expect(text).toContain('reference ALI-77');
  });

  it('shows nobody else’s', async () => {
    await giveVoucher(shop.newBuyer('mei'));
    expect(await walletOf(shop.newBuyer('stranger'))).not.toContain('¥5.00');
  });

  it('fits a phone however much there is', async () => {
    const mei = shop.newBuyer('mei');
    for (let i = 0; i < 12; i++) await giveVoucher(mei, { orderNumber: `260517-${'9'.repeat(50)}${i}` });
    const text = await walletOf(mei);
    expect(text.split('\n').length).toBeLessThanOrEqual(12);
    expect(text).toContain('还有 8 张');
  });

  it('is refused by Discord in no request', () => {
    expect(shop.discord.refusals).toEqual([]);
  });
});
