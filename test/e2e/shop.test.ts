// /shop through the real client: a busy merchant sees what is due, ships, reports, keeps stock; nobody else may.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order/order.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';
import { read } from '../support/reading.ts';

const hour = 3_600_000;
let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
  await shop.putProduct({ sku: 'TEA-1', name: '手工红茶礼盒', stock: 9 });
  await shop.putProduct({ sku: 'TEA-2', name: '白茶礼盒', stock: 5 });
});
afterAll(() => shop?.stop());

let numbers = 0;

/** An order due this many hours from now, which the next sweep looks at. */
function dueIn(hours: number, more: Partial<Order> = {}): Promise<Order> {
  const at = shop.clock.now() + hours * hour;
  const number = `260517-607198974342${String(++numbers).padStart(3, '0')}`;
  return shop.putOrder({ number, shipBy: { at, basis: 'promised' }, wakeAt: shop.clock.now(), ...more });
}

function boughtBy(buyer: PersonView): Pick<Order, 'buyer'> {
  return { buyer: { userId: buyer.id, linkedAt: shop.clock.now(), by: 'proof' } };
}

/** Ships whatever the tests before have left open. */
async function clearOrders(): Promise<void> {
  const due = await shop.app.store.read((tx) =>
    tx.list('orders', 'openByMerchant', { group: `${shop.guildId}/linji` }),
  );
  await shop.app.store.transact(async (tx) => {
    for (const { wakeAt: _, ...order } of due) await tx.put('orders', { ...order, state: 'shipped' });
  });
}

describe('/shop due', () => {
  it('lists what must ship, most urgent first, with mark and word, and the whole number', async () => {
    await clearOrders();
    const later = await dueIn(8);
    const late = await dueIn(-2);
    const soon = await dueIn(1);
    const text = await read(await shop.merchant.command(shop.here, '/shop due'));
    expect(text).toContain('3 单要到发货时限');
    expect(text).toContain('最急的已经超时');
    expect(text).toMatch(new RegExp(`🔴 ${late.number}.*超时`));
    expect(text).toMatch(new RegExp(`🟠 ${soon.number}.*快到了`));
    expect(text).toMatch(new RegExp(`🟢 ${later.number}.*来得及`));
    expect(text.indexOf(late.number)).toBeLessThan(text.indexOf(soon.number));
    expect(text).toContain('预计赔付 ¥9.00');
  });

  it('speaks English to who does, and looks as far ahead as asked', async () => {
    await clearOrders();
    await dueIn(-1);
    await dueIn(30);
    const lin = shop.discord.person(shop.merchant.id, { locale: 'en-US' });
    const day = await read(await lin.command(shop.here, '/shop due'), 'en-US');
    expect(day).toContain('1 order is due to ship');
    expect(day).toContain('late already');
    const longer = await read(await lin.command(shop.here, '/shop due', { within: '2d' }), 'en-US');
    expect(longer).toContain('2 orders are due to ship');
    const wrong = await read(await lin.command(shop.here, '/shop due', { within: 'soon' }), 'en-US');
    expect(wrong).toContain('not a length of time');
  });

  it('turns pages', async () => {
    await clearOrders();
    const orders = await Promise.all(Array.from({ length: 9 }, (_, index) => dueIn(index + 1)));
    const listed = await shop.merchant.command(shop.here, '/shop due');
    expect(await read(listed)).toContain('第 1 页，共 2 页');
    const second = await read(await shop.merchant.press(listed, '下一页'));
    expect(second).toContain(orders[8]?.number ?? '-');
    expect(second).not.toContain(orders[0]?.number ?? '-');
  });

  it('says so where nothing is due', async () => {
    await clearOrders();
    expect(await read(await shop.merchant.command(shop.here, '/shop due'))).toContain('没有要发的单');
  });

  it('is for merchants, and their buttons are too', async () => {
    await dueIn(2);
    const stranger = shop.newBuyer('stranger');
    expect(await read(await stranger.command(shop.here, '/shop due'))).toContain('只有商家');
    expect(await stranger.autocomplete(shop.here, '/shop ship', 'order', '2605')).toEqual([]);
  });
});

describe('an order picked from the list', () => {
  it('is shipped by a form, with a warning for an odd number, and its buyer is told', async () => {
    await clearOrders();
    const mei = shop.newBuyer('mei');
    const order = await dueIn(2, boughtBy(mei));
    const listed = await shop.merchant.command(shop.here, '/shop due');
    await listed.response();
    const card = await shop.merchant.select(listed, '选一单…', [order.id]);
    const text = await read(card);
    expect(text).toContain(order.number);
    expect(text).not.toContain('王小明');
    const form = await shop.merchant.press(card, '填快递单号');
    expect((await form.response()).kind).toBe('modal');
    const shipped = await read(await shop.merchant.submitModal(form, { carrier: 'sf', tracking: 'abc123456' }));
    expect(shipped).toContain('已记为发货');
    expect(shipped).toContain('不太像');
    expect((await shop.order(order.id))?.tracking).toBe('ABC123456');
    const told = await shop.discord.until(() => mei.dms()[0]);
    expect(textOf(told)).toContain('已发货');
    expect(textOf(told)).toContain('顺丰速运 ABC123456');
  });

  it('is delayed by a form: the buyer hears the new date', async () => {
    await clearOrders();
    const mei = shop.newBuyer('mei');
    const order = await dueIn(2, boughtBy(mei));
    const listed = await shop.merchant.command(shop.here, '/shop due');
    await listed.response();
    const card = await shop.merchant.select(listed, '选一单…', [order.id]);
    await card.response();
    const form = await shop.merchant.press(card, '报延迟');
    await form.response();
    const past = await shop.merchant.submitModal(form, { until: '2020-01-01', reason: 'weather' });
    expect(await read(past)).toContain('已经过去');
    const again = await shop.merchant.press(card, '报延迟');
    await again.response();
    const done = await shop.merchant.submitModal(again, { until: '2026-11-26', reason: 'weather', note: '路上有雪' });
    expect(await read(done)).toContain('影响 1 单');
    const told = await shop.discord.until(() => mei.dms()[0]);
    expect(textOf(told)).toContain('路上有雪');
    expect(textOf(told)).toContain('等到 11月26日');
  });

  it('is left alone for an hour', async () => {
    await clearOrders();
    const order = await dueIn(2);
    const listed = await shop.merchant.command(shop.here, '/shop due');
    await listed.response();
    const card = await shop.merchant.select(listed, '选一单…', [order.id]);
    await card.response();
    expect(await read(await shop.merchant.press(card, '回到清单'))).toContain('1 单要到发货时限');
    const again = await shop.merchant.select(listed, '选一单…', [order.id]);
    await again.response();
    expect(await read(await shop.merchant.press(again, '1 小时后再说'))).toContain('不再提醒');
    expect((await shop.order(order.id))?.snoozedUntil).toBe(shop.clock.now() + hour);
  });

  it('does not open for others, whatever they press', async () => {
    await clearOrders();
    const order = await dueIn(1);
    await shop.bot.jobs.tick();
    const digest = await shop.discord.until(() =>
      shop.discord.messages(shop.shopChannelId).findLast((message) => textOf(message).includes(order.number)),
    );
    const stranger = shop.newBuyer('stranger');
    const picked = await stranger.select(digest, '选一单…', [order.id]);
    expect(await read(picked)).not.toContain(order.number);
    expect(picked.ephemeral).toBe(true);
    expect(await read(await stranger.press(digest, '1 小时后再说'))).toContain('只有商家');
    expect((await shop.order(order.id))?.snoozedUntil).toBeUndefined();
  });
});

describe('the digest in the channel', () => {
  it('answers the one who presses alone, and shows a snooze to all', async () => {
    await clearOrders();
    const order = await dueIn(5);
    await shop.bot.jobs.tick();
    const digest = await shop.discord.until(() =>
      shop.discord.messages(shop.shopChannelId).findLast((message) => textOf(message).includes(order.number)),
    );
    expect(textOf(digest)).not.toMatch(/王|1381234/);
    await shop.restart();
    const picked = await shop.merchant.select(digest, '选一单…', [order.id]);
    expect(await read(picked)).toContain('填快递单号');
    expect(picked.ephemeral).toBe(true);
    const snoozed = await shop.merchant.press(digest, '1 小时后再说');
    expect(await read(snoozed)).toContain('不再提醒');
    expect(textOf(shop.discord.messages(shop.shopChannelId).find(({ id }) => id === digest.id))).toContain('不再提醒');
  });

  it('takes a stock-out report for one of its SKUs', async () => {
    await clearOrders();
    const mei = shop.newBuyer('mei');
    const order = await dueIn(1, { ...boughtBy(mei), lines: [{ sku: 'CUP-1', name: '茶杯', quantity: 1 }] });
    await shop.bot.jobs.tick();
    const digest = await shop.discord.until(() =>
      shop.discord.messages(shop.shopChannelId).findLast((message) => textOf(message).includes(order.number)),
    );
    const form = await shop.merchant.press(digest, '报缺货');
    await form.response();
    const done = await shop.merchant.submitModal(form, { sku: 'CUP-1', reason: 'demand', substitutes: 'TEA-2' });
    expect(await read(done)).toContain('影响 1 单');
    const told = await shop.discord.until(() => mei.dms()[0]);
    expect(textOf(told)).toContain('换白茶礼盒');
  });
});

describe('/shop ship, delay and stockout typed', () => {
  it('suggests orders and carriers, and refuses a second shipping', async () => {
    await clearOrders();
    const order = await dueIn(3);
    const orders = await shop.merchant.autocomplete(shop.here, '/shop ship', 'order', order.number.slice(-5));
    expect(orders.map(({ value }) => value)).toContain(order.number);
    const carriers = await shop.merchant.autocomplete(shop.here, '/shop ship', 'carrier', '圆通');
    expect(carriers).toContainEqual({ name: '圆通速递', value: 'yto' });
    const shipping = { order: order.number, carrier: '圆通', tracking: 'YT1234567890123' };
    expect(await read(await shop.merchant.command(shop.here, '/shop ship', shipping))).toContain('圆通速递');
    expect(await read(await shop.merchant.command(shop.here, '/shop ship', shipping))).toContain('已经发货');
    const odd = { order: order.number, carrier: 'pigeon', tracking: 'YT1234567890123' };
    expect(await read(await shop.merchant.command(shop.here, '/shop ship', odd))).toContain('pigeon');
  });

  it('corrects a waybill typed wrong: the buyer hears the right one once, and the case file has both', async () => {
    await clearOrders();
    const anna = shop.newBuyer('anna', 'en-US');
    const order = await dueIn(3, boughtBy(anna));
    await read(await anna.command(shop.here, '/order status'), 'en-US');
    const say = async (tracking: string, locale: 'zh-CN' | 'en-US' = 'zh-CN') => {
      const lin = shop.discord.person(shop.merchant.id, { locale });
      const asked = await lin.command(shop.here, '/shop ship', { order: order.number, carrier: '圆通', tracking });
      return read(asked, locale);
    };
    await say('YT1234567890123');
    await shop.discord.until(() => anna.dms().length === 1);
    expect(await say('YT1234567890132')).toContain('从 圆通速递 YT1234567890123 改为 圆通速递 YT1234567890132');
    const told = await shop.discord.until(() => anna.dms()[1]);
    expect(textOf(told, 'en-US')).toContain('these are the right tracking details');
    expect(textOf(told, 'en-US')).toContain('YTO Express YT1234567890132');
    expect(await say('YT1234567890132', 'en-US')).toContain('has already shipped with just this number');
    await shop.bot.jobs.tick();
    expect(anna.dms()).toHaveLength(2);
    const file = await read(await shop.staff.command(shop.here, '/case show', { order: order.number }));
    expect(file).toContain('快递信息从 圆通速递 YT1234567890123 改为 圆通速递 YT1234567890132');
    expect(file).toContain('更正快递单号');
  });

  it('refuses an unknown SKU, a wrong date and a delay of nothing, and changes nothing', async () => {
    await clearOrders();
    const order = await dueIn(3);
    const say = async (path: string, values: Record<string, string>) =>
      read(await shop.merchant.command(shop.here, path, values));
    expect(await say('/shop stockout', { sku: 'NONE', reason: 'other' })).toContain('NONE');
    expect(await say('/shop delay', { until: '2026-13-40', reason: 'other', order: order.number })).toContain(
      '2026-13-40',
    );
    expect(await say('/shop delay', { until: '2026-12-01', reason: 'other' })).toContain('货号');
    expect(await shop.order(order.id)).toEqual(order);
  });

  it('tells each buyer once however often the event comes', async () => {
    await clearOrders();
    const mei = shop.newBuyer('mei');
    await dueIn(3, boughtBy(mei));
    const asked = await shop.merchant.command(shop.here, '/shop stockout', { sku: 'TEA-1', reason: 'supplier' });
    shop.discord.gateway.repeat('INTERACTION_CREATE');
    expect(await read(asked)).toContain('1 位买家');
    await shop.discord.until(() => mei.dms().length > 0);
    await shop.bot.jobs.tick();
    expect(mei.dms()).toHaveLength(1);
  });
});

describe('two SKUs out on one order', () => {
  it.each([
    [
      'zh-CN',
      '换货…',
      '换成',
      ['红茶杯**缺货', '这单里没法按时发的还有：绿茶杯（预计 2026年11月28日 到货）', '等到 2026年11月28日'],
      ['同一单里还有一件：绿茶杯', '前面那件已按你选的**换好**', '等到 2026年11月28日'],
    ],
    [
      'en-US',
      'Swap…',
      'Swap for',
      [
        '**红茶杯.** It is out of stock',
        'Also late or out of stock on this order: 绿茶杯 (expected',
        'wait until November 28',
      ],
      ['One more item of this order: 绿茶杯', 'The previous item is', 'wait until November 28'],
    ],
  ] as const)(
    'are one card with both, then one question after the other (%s)',
    async (locale, swap, take, one, two) => {
      await clearOrders();
      await shop.putProduct({ sku: 'CUP-RED', name: '红茶杯' });
      await shop.putProduct({ sku: 'CUP-GREEN', name: '绿茶杯' });
      await shop.putProduct({ sku: 'CUP-WHITE', name: '白茶杯' });
      const mei = shop.newBuyer('mei', locale);
      await read(await mei.command(shop.here, '/order list'), locale);
      const lines = ['RED', 'GREEN'].map((of) => ({
        sku: `CUP-${of}`,
        name: of === 'RED' ? '红茶杯' : '绿茶杯',
        quantity: 1,
      }));
      await dueIn(3, { ...boughtBy(mei), lines });
      const report = { reason: 'supplier', substitutes: 'CUP-WHITE' };
      await read(
        await shop.merchant.command(shop.here, '/shop stockout', {
          ...report,
          sku: 'CUP-GREEN',
          restock: '2026-11-28',
        }),
      );
      await shop.discord.until(() => mei.dms().length === 1);
      await read(
        await shop.merchant.command(shop.here, '/shop stockout', { ...report, sku: 'CUP-RED', restock: '2026-11-25' }),
      );
      const told = await shop.discord.until(() => mei.dms()[1]);
      for (const said of one) expect(textOf(told, locale)).toContain(said);
      const question = await mei.press(told, swap);
      await question.response();
      const after = await read(await mei.press(question, `${take}${locale === 'en-US' ? ' ' : ''}白茶杯`), locale);
      for (const said of two) expect(after).toContain(said);
      expect(after.split('\n').length).toBeLessThanOrEqual(12);
      await shop.bot.jobs.tick();
      expect(mei.dms()).toHaveLength(2);
    },
  );
});

describe('/shop stock and restock', () => {
  it('lists low ones first, sets and adds', async () => {
    const say = async (path: string, values: Record<string, string | number> = {}) =>
      read(await shop.merchant.command(shop.here, path, values));
    expect(await say('/shop stock', { sku: 'TEA-2', set: 2, 'warn-below': 3 })).toContain('快没了 · 2 件');
    const list = await say('/shop stock');
    expect(list).toMatch(/🟠 TEA-2/);
    expect(await say('/shop restock', { sku: 'TEA-1', quantity: 7 })).toContain('现有 7 件');
    await clearOrders();
    for (const hours of [3, 2]) await dueIn(hours, boughtBy(shop.newBuyer('mei')));
    await say('/shop stockout', { sku: 'TEA-1', reason: 'demand' });
    const back = await say('/shop restock', { sku: 'TEA-1', quantity: 3 });
    expect(back).toContain('现有 3 件');
    expect(back).toContain('其中 2 件留给了等货的买家');
    expect(back).toContain('够 · 1 件 · 另有 2 件已留给没发的订单');
    const lin = shop.discord.person(shop.merchant.id, { locale: 'en-US' });
    await say('/shop stockout', { sku: 'TEA-1', reason: 'demand' });
    const again = await read(await lin.command(shop.here, '/shop restock', { sku: 'TEA-1', quantity: 1 }), 'en-US');
    expect(again).toContain('1 of them is set aside for buyers who wait');
    expect(await say('/shop stock', { set: 2 })).toContain('货号');
    expect(await say('/shop restock', { sku: 'NONE', quantity: 7 })).toContain('NONE');
  });
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
