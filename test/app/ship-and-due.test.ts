// A merchant's day: what is due, shipping it, snoozing it, and the stock behind it.
import { beforeEach, describe, expect, it } from 'vitest';
import { dueOrders } from '../../src/app/due-orders.ts';
import { shipOrder } from '../../src/app/ship-order.ts';
import { snoozeOrders } from '../../src/app/snooze.ts';
import { restock, setStock, suggestSkus } from '../../src/app/stock.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { maxPieces } from '../../src/domain/stock/product.ts';
import { ask, asMerchant, asStaff, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, hourMs, linkedTo, merchant, order, product, setUpShop } from '../support/orders.ts';

let app: TestApp;
const due = (inMs: number): Partial<Order> => ({ shipBy: { at: startOfTest + inMs, basis: 'policy' } });
const { shipBy: _none, ...undated } = order(5);
const stored = (id: string) => app.store.all('orders').find((record) => record.id === id);
const other = merchant({ id: 'zhao', memberIds: [buyer(9)] });

beforeEach(async () => {
  app = testApp();
  await setUpShop(app, {
    merchants: [merchant(), other],
    orders: [
      order(1, { ...due(10 * hourMs), ...linkedTo(buyer(1)) }),
      order(2, due(-hourMs)),
      order(3, due(3 * dayMs)),
      order(4, { state: 'shipped', carrier: 'sf', tracking: 'SF1234567890123' }),
      undated,
      order(6, { ...due(hourMs), merchantId: 'zhao' }),
      order(7, { ...due(hourMs), afterSales: 'refunding' }),
      order(8, { state: 'closed' }),
      order(9, { state: 'unpaid' }),
    ],
    products: [product('BLACK', { stock: 5, warnBelow: 2 }), product('GREEN', { stock: 0 }), product('WHITE')],
  });
});

describe('what is due', () => {
  it('overdue first, no date last, and nothing that is not to be shipped', async () => {
    const found = await granted(dueOrders(app, asMerchant()));
    expect(found.orders.map((record) => record.id)).toEqual(['order2', 'order1', 'order5']);
    expect(found).toMatchObject({ total: 3, timeZone: 'Asia/Shanghai', merchant: { id: 'lin' } });
  });

  it('looks as far as asked, and shows no more than asked', async () => {
    const found = await granted(dueOrders(app, asMerchant(), { withinMs: 4 * dayMs, limit: 2 }));
    expect(found.orders.map((record) => record.id)).toEqual(['order2', 'order1']);
    expect(found.total).toBe(4);
  });

  it('is for the merchant alone', async () => {
    for (const request of [ask(buyer(1)), asStaff(), asMerchant({ guildId: '100000000000000009' })]) {
      expect(await dueOrders(app, request)).toMatchObject({ refused: 'not_allowed' });
    }
    expect(await dueOrders(app, asMerchant(), { merchantId: 'zhao' })).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('shipping', () => {
  const ship = (n: number, more: object = {}, request = asMerchant()) =>
    shipOrder(app, request, { order: order(n).number, carrier: '中通', tracking: ' 7531 2345 6789 01 ', ...more });

  it('records the waybill, tells the buyer, and stops the pings', async () => {
    expect(await granted(ship(1))).toEqual({ orderId: 'order1' });
    expect(stored('order1')).toMatchObject({
      state: 'shipped',
      shippedAt: startOfTest,
      carrier: 'zto',
      tracking: '75312345678901',
    });
    expect(stored('order1')?.wakeAt).toBeUndefined();
    expect(app.store.all('notices')).toMatchObject([{ kind: 'order_shipped', to: { userId: buyer(1) } }]);
    expect(app.store.all('caseEntries')).toMatchObject([{ kind: 'shipped', data: { carrier: 'zto' } }]);
  });

  it('takes an unusual number, and says so', async () => {
    expect(await granted(ship(1, { tracking: '1234' }))).toEqual({ orderId: 'order1', warning: 'tracking_unusual' });
  });

  it.each([
    [1, { carrier: 'Pigeon post' }, 'carrier_unknown'],
    [1, { tracking: 'none' }, 'tracking_invalid'],
    [1, { tracking: '<@everyone> 1' }, 'tracking_invalid'],
    [4, { carrier: 'sf', tracking: 'SF1234567890123' }, 'already_shipped'],
    [6, {}, 'order_not_found'],
    [7, {}, 'order_closed'],
    [8, {}, 'order_closed'],
    [9, {}, 'unpaid_order'],
  ])('order %i with %j is refused: %s', async (n, more, refused) => {
    const before = JSON.stringify(app.store.all('orders'));
    expect(await ship(n, more)).toMatchObject({ refused });
    expect(JSON.stringify(app.store.all('orders'))).toBe(before);
  });

  it('takes a carrier that is not in the table as another one', async () => {
    await granted(ship(1, { carrier: '其他', tracking: 'RM123456785GB' }));
    expect(stored('order1')).toMatchObject({ carrier: 'other', tracking: 'RM123456785GB' });
  });

  it('shows what was recorded before', async () => {
    const same = await ship(4, { carrier: 'sf', tracking: 'SF1234567890123' });
    expect(same).toMatchObject({ data: { carrier: 'sf', tracking: 'SF1234567890123' } });
  });

  it('is not for buyers', async () => {
    expect(await ship(1, {}, ask(buyer(1)))).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('correcting a waybill', () => {
  const ship = (n: number, carrier: string, tracking: string, request = asMerchant()) =>
    shipOrder(app, request, { order: order(n).number, carrier, tracking });
  const kinds = () => app.store.all('notices').map(({ kind, state }) => [kind, state]);
  const delivered = () =>
    app.store.transact(async (tx) => {
      for (const row of app.store.all('notices')) {
        if (row.state === 'pending') await tx.put('notices', { ...row, state: 'sent', sentAt: app.clock.now() });
      }
    });

  it('is the same command: the buyer hears of it once, and the case file has both numbers', async () => {
    await granted(ship(1, 'zto', '75312345678901'));
    await delivered();
    const request = asMerchant();
    const corrected = { orderId: 'order1', corrected: { carrier: 'zto', tracking: '75312345678901' } };
    expect(await granted(ship(1, '顺丰', 'SF1234567890123', request))).toEqual(corrected);
    expect(await granted(ship(1, '顺丰', 'SF1234567890123', request))).toEqual(corrected);
    expect(stored('order1')).toMatchObject({
      state: 'shipped',
      shippedAt: startOfTest,
      carrier: 'sf',
      tracking: 'SF1234567890123',
    });
    expect(kinds()).toEqual([
      ['order_shipped', 'sent'],
      ['waybill_corrected', 'pending'],
    ]);
    expect(app.store.all('caseEntries').at(-1)).toMatchObject({
      kind: 'waybill_corrected',
      by: merchant().memberIds[0],
      data: {
        carrier: 'sf',
        reference: 'SF1234567890123',
        oldCarrier: 'zto',
        oldReference: '75312345678901',
      },
    });
  });

  it('said just like that again changes nothing', async () => {
    await granted(ship(1, 'zto', '75312345678901'));
    const before = JSON.stringify([app.store.all('orders'), app.store.all('notices'), app.store.all('caseEntries')]);
    expect(await ship(1, '中通', ' 7531 2345 6789 01')).toMatchObject({
      refused: 'already_shipped',
      data: { kind: 'same', carrier: 'zto', tracking: '75312345678901' },
    });
    expect(JSON.stringify([app.store.all('orders'), app.store.all('notices'), app.store.all('caseEntries')])).toBe(
      before,
    );
  });

  it('before the buyer was told is told with the news itself', async () => {
    await granted(ship(1, 'zto', '75312345678901'));
    await granted(ship(1, 'zto', '75312345678902'));
    expect(kinds()).toEqual([['order_shipped', 'pending']]);
  });

  it('back to the first number is news again', async () => {
    for (const tracking of ['75312345678901', '75312345678902', '75312345678901']) {
      await granted(ship(1, 'zto', tracking));
      await delivered();
    }
    expect(kinds().map(([kind]) => kind)).toEqual(['order_shipped', 'waybill_corrected', 'waybill_corrected']);
  });

  it('fills in what a file left out', async () => {
    await app.store.transact((tx) => tx.put('orders', order(4, { state: 'shipped', ...linkedTo(buyer(4)) })));
    expect(await granted(ship(4, 'sf', 'SF1234567890123'))).toEqual({ orderId: 'order4', corrected: {} });
    expect(stored('order4')).toMatchObject({ carrier: 'sf', tracking: 'SF1234567890123' });
  });

  it('is refused once it has arrived, and to who may not', async () => {
    await app.store.transact((tx) => tx.put('orders', order(4, { state: 'delivered' })));
    expect(await ship(4, 'zto', '75312345678901')).toMatchObject({ refused: 'already_shipped' });
    expect(await ship(6, 'zto', '75312345678901')).toMatchObject({ refused: 'order_not_found' });
  });
});

describe('snoozing', () => {
  const snooze = (orderIds: string[], forMs = hourMs, request = asMerchant()) =>
    snoozeOrders(app, request, { orderIds, forMs });

  it('holds the pings of what is still to be shipped, and leaves cards valid', async () => {
    expect(await granted(snooze(['order1', 'order2', 'order4', 'order1']))).toEqual({
      count: 2,
      untilAt: startOfTest + hourMs,
    });
    expect(stored('order2')).toMatchObject({
      snoozedUntil: startOfTest + hourMs,
      wakeAt: startOfTest + hourMs,
      version: 1,
    });
  });

  it.each([
    [['order1', 'order6'], hourMs, 'order_not_found'],
    [['order1', 'none'], hourMs, 'order_not_found'],
    [['order1'], 0, 'duration_invalid'],
    [['order1'], 8 * dayMs, 'duration_invalid'],
    [['order1'], Number.NaN, 'duration_invalid'],
  ])('%j for %d is refused: %s', async (ids, forMs, refused) => {
    expect(await snooze(ids, forMs)).toMatchObject({ refused });
    expect(stored('order1')?.snoozedUntil).toBeUndefined();
  });
});

describe('stock', () => {
  it('lists what is low or out first', async () => {
    const listed = await granted(setStock(app, asMerchant(), {}));
    expect(listed.products.map((item) => item.sku)).toEqual(['GREEN', 'BLACK', 'WHITE']);
    expect(listed.total).toBe(3);
    expect(await granted(setStock(app, asMerchant(), { sku: 'BLACK' }))).toMatchObject({
      products: [{ stock: 5 }],
      setAside: 0,
    });
  });

  it('is set, and warned of once when it falls below the level', async () => {
    await granted(setStock(app, asMerchant(), { sku: 'BLACK', set: 1 }));
    await granted(setStock(app, asMerchant(), { sku: 'BLACK', set: 0 }));
    await granted(setStock(app, asMerchant(), { sku: 'WHITE', set: 3, warnBelow: 4 }));
    expect(app.store.all('notices').map((notice) => notice.data.sku)).toEqual(['BLACK', 'WHITE']);
  });

  it('grows by what comes in', async () => {
    expect(await granted(restock(app, asMerchant(), { sku: 'GREEN', quantity: 7 }))).toEqual({
      sku: 'GREEN',
      stock: 7,
    });
    expect(await granted(restock(app, asMerchant(), { sku: 'WHITE', quantity: 2 }))).toEqual({
      sku: 'WHITE',
      stock: 2,
    });
  });

  it.each([
    [() => restock(app, asMerchant(), { sku: 'NONE', quantity: 1 }), 'sku_not_found'],
    [() => restock(app, asMerchant(), { sku: 'BLACK', quantity: 0 }), 'number_invalid'],
    [() => restock(app, asMerchant(), { sku: 'BLACK', quantity: 1.5 }), 'number_invalid'],
    [() => restock(app, asMerchant(), { sku: 'BLACK', quantity: maxPieces + 1 }), 'number_invalid'],
    [() => restock(app, ask(buyer(1)), { sku: 'BLACK', quantity: 1 }), 'not_allowed'],
    [() => setStock(app, asMerchant(), { set: 1 }), 'sku_missing'],
    [() => setStock(app, asMerchant(), { sku: 'BLACK', set: -1 }), 'number_invalid'],
    [() => setStock(app, asMerchant(), { sku: 'BLACK', set: maxPieces + 1 }), 'number_invalid'],
    [() => setStock(app, asMerchant(), { sku: 'NONE' }), 'sku_not_found'],
    [() => setStock(app, ask(buyer(1)), {}), 'not_allowed'],
  ])('%s is refused: %s', async (ask_for, refused) => {
    expect(await ask_for()).toMatchObject({ refused });
  });

  it('suggests SKUs by code or name, to the merchant alone', async () => {
    expect((await suggestSkus(app, asMerchant(), 'whi')).map((item) => item.sku)).toEqual(['WHITE']);
    expect(await suggestSkus(app, asMerchant(), '')).toHaveLength(3);
    expect(await suggestSkus(app, ask(buyer(1)), '')).toEqual([]);
  });
});
