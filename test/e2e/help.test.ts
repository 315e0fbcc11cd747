// /help through the real client: what each person is told they can do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
afterAll(() => shop?.stop());

async function help(person: TestBot['staff'], locale: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<string> {
  const asked = await person.command(shop.here, '/help');
  await asked.response();
  expect(asked.ephemeral).toBe(true);
  return textOf(asked.message, locale);
}

describe('/help', () => {
  it('tells a buyer about orders and nothing else', async () => {
    const text = await help(shop.newBuyer('mei'));
    expect(text).toContain('`/订单 状态`');
    expect(text).not.toMatch(/\/(?:compensate|赔付|shop|店铺|setup|设置)/);
  });

  it('speaks English to whoever does', async () => {
    const text = await help(shop.newBuyer('anna', 'de'), 'en-US');
    expect(text).toContain('ask here when an order is late');
    expect(text).toContain('`/order status`');
  });

  it('tells a merchant, staff and a manager what each can do', async () => {
    expect(await help(shop.merchant)).toContain('林记');
    expect(await help(shop.staff)).toContain('`/赔付`');
    expect(await help(shop.manager)).toContain('`/设置 商家`');
  });

  it('is refused by Discord in no request', () => {
    expect(shop.discord.refusals).toEqual([]);
  });
});
