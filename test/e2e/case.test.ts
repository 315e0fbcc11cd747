// /case through the real client: the whole story of an order for staff, with names masked, and the refunds to pay.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order/order.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';
import { read } from '../support/reading.ts';

const hour = 3_600_000;
let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
afterAll(() => shop?.stop());

let numbers = 0;
async function refundedOrder(buyer: PersonView): Promise<Order> {
  const now = shop.clock.now();
  const order = await shop.putOrder({
    number: `260517-607198974344${String(++numbers).padStart(3, '0')}`,
    buyer: { userId: buyer.id, linkedAt: now, by: 'proof' },
    shipBy: { at: now - 3 * hour, basis: 'promised' },
  });
  const asked = await buyer.command(shop.here, '/order status', { order: order.number });
  await asked.response();
  const question = await buyer.press(asked, '退款 ¥68.00');
  await question.response();
  await read(await buyer.press(question, '退款 ¥68.00'));
  return order;
}

const staffSays = async (path: string, values: Record<string, string> = {}) =>
  read(await shop.staff.command(shop.here, path, values));

describe('/case', () => {
  it('shows facts and what happened, in order, and hides whom it is about', async () => {
    const order = await refundedOrder(shop.newBuyer('mei'));
    expect(await staffSays('/case note', { order: order.number, text: '**打过**电话 @everyone' })).toContain(
      order.number,
    );
    const text = await staffSays('/case show', { order: order.number });
    expect(text).toContain(`订单 ${order.number} 的档案`);
    expect(text).toContain('林记');
    expect(text).not.toContain('王小明');
    expect(text).not.toContain('13812341234');
    expect(text.indexOf('买家要退款 ¥68.00')).toBeGreaterThan(0);
    expect(text.indexOf('退款 ¥68.00 已登记')).toBeGreaterThan(text.indexOf('买家要退款'));
    expect(text).toContain('备注：');
    expect(text).not.toContain('@everyone');
  });

  it('turns pages, also after a restart, and for staff alone', async () => {
    const order = await refundedOrder(shop.newBuyer('mei'));
    for (let note = 1; note <= 12; note++) await staffSays('/case note', { order: order.number, text: `note ${note}` });
    const first = await shop.staff.command(shop.here, '/case show', { order: order.number });
    const latest = await read(first);
    expect(latest).toContain('第 1 页，共 3 页');
    expect(latest).toContain('note 12');
    await shop.restart();
    const second = await shop.staff.press(first, '更早');
    expect(await read(second)).toContain('第 2 页，共 3 页');
    const beginning = await shop.staff.press(second, '更早');
    expect(await read(beginning)).toContain('· 导入 · ');
    expect(await read(await shop.staff.press(beginning, '最新'))).toContain('note 12');
    for (const person of [shop.merchant, shop.newBuyer('x'), shop.manager]) {
      const refused = await read(await person.command(shop.here, '/case show', { order: order.number }));
      expect(refused).not.toContain('档案');
      expect(refused).toContain('客服');
    }
  });

  it('records a refund as paid once, and tells the buyer', async () => {
    const mei = shop.newBuyer('mei');
    const order = await refundedOrder(mei);
    expect(await staffSays('/case refunds')).toContain(order.number);
    const done = await staffSays('/case paid', { order: order.number, reference: 'ALIPAY-77' });
    expect(done).toContain('退款 ¥68.00 已记为付清');
    const again = await staffSays('/case paid', { order: order.number, reference: 'ALIPAY-78' });
    expect(again).toContain('ALIPAY-77');
    const told = await shop.discord.until(() => mei.dms().find((message) => textOf(message).includes('ALIPAY-77')));
    expect(textOf(told)).toContain('退款 ¥68.00 已付');
  });

  it('lists what is overdue first', async () => {
    const late = await refundedOrder(shop.newBuyer('mei'));
    shop.clock.advance(25 * hour);
    const fresh = await refundedOrder(shop.newBuyer('mei'));
    const text = await staffSays('/case refunds');
    expect(text).toMatch(new RegExp(`🔴 ${late.number}.*超时`));
    expect(text).toMatch(new RegExp(`🟢 ${fresh.number}.*来得及`));
    expect(text.indexOf(late.number)).toBeLessThan(text.indexOf(fresh.number));
  });

  it('binds an order to its buyer by hand', async () => {
    const mei = shop.newBuyer('mei', 'en-US');
    const order = await shop.putOrder({ number: '260517-by-hand' });
    expect(await staffSays('/case link', { order: order.number, user: mei.id })).toContain(order.number);
    expect((await shop.order(order.id))?.buyer).toMatchObject({ userId: mei.id, by: 'staff' });
    expect(await read(await mei.command(shop.here, '/order status'), 'en-US')).toContain(order.number);
  });

  it('says when there is nothing, and when there is no such order', async () => {
    expect(await staffSays('/case show', { order: '999' })).toContain('999');
    const english = shop.discord.person(shop.staff.id, { locale: 'en-US' });
    expect(await read(await english.command(shop.here, '/case show', { order: '260517-by-hand' }), 'en-US')).toContain(
      'File on order 260517-by-hand',
    );
  });
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
