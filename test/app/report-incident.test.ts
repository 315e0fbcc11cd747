// Delays, reports larger than one transaction, and reports that a stop of the bot interrupted.
import { describe, expect, it } from 'vitest';
import { reportDelay, reportStockout } from '../../src/app/report-incident.ts';
import { spreadIncidents } from '../../src/app/spread-incidents.ts';
import { restock, setStock } from '../../src/app/stock.ts';
import { refusalText } from '../../src/discord/views/refusal.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { formatsIn } from '../../src/i18n/format.ts';
import { textsIn } from '../../src/i18n/texts.ts';
import { ask, asMerchant, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, linkedTo, merchant, order, product, setUpShop } from '../support/orders.ts';

const shopWith = async (count: number, more: object = {}): Promise<TestApp> => {
  const app = testApp();
  const orders = Array.from({ length: count }, (_, at) => order(at + 1, linkedTo(buyer(at + 1))));
  await setUpShop(app, { orders, products: [product('BLACK'), product('GREEN')], ...more });
  return app;
};
const troubled = (app: TestApp) => app.store.all('orders').filter((record) => record.trouble);

describe('a delay', () => {
  it('of a SKU reaches every open order with it', async () => {
    const app = await shopWith(3);
    const receipt = await granted(
      reportDelay(app, asMerchant(), { until: '2026-11-25 18:00', reason: 'weather', sku: 'BLACK' }),
    );
    expect(receipt).toMatchObject({ affected: 3, told: 3, unlinked: 0 });
    expect(troubled(app)[0]?.trouble).toMatchObject({
      kind: 'delay',
      sku: 'BLACK',
      newShipAt: Date.UTC(2026, 10, 25, 10),
    });
    expect(app.store.all('caseEntries').map((entry) => entry.kind)).toEqual(Array(3).fill('delay_reported'));
    expect(app.store.all('products').every((item) => item.stockOutIncidentId === undefined)).toBe(true);
  });

  it('reported just like that again tells nobody twice, and those who came later once', async () => {
    const app = await shopWith(2);
    const asked = { until: '2026-11-25', reason: 'weather', sku: 'BLACK' } as const;
    await granted(reportDelay(app, asMerchant(), asked));
    expect(await reportDelay(app, asMerchant(), asked)).toMatchObject({
      refused: 'already_reported',
      data: { reportedAt: app.clock.now() },
    });
    expect(app.store.all('notices')).toHaveLength(2);
    await app.store.transact((tx) => tx.put('orders', order(3, linkedTo(buyer(3)))));
    expect(await granted(reportDelay(app, asMerchant(), asked))).toMatchObject({ affected: 1, told: 1 });
    expect(await granted(reportDelay(app, asMerchant(), { ...asked, until: '2026-11-26' }))).toMatchObject({ told: 3 });
  });

  it('of one order reaches that order alone', async () => {
    const app = await shopWith(3);
    await granted(reportDelay(app, asMerchant(), { until: '2026-11-25', reason: 'weather', order: order(2).number }));
    expect(troubled(app).map((record) => record.id)).toEqual(['order2']);
  });

  it.each([
    [{}, 'sku_missing'],
    [{ sku: 'NONE' }, 'sku_not_found'],
    [{ sku: 'BLACK', until: '2026-11-20 11:00' }, 'date_in_past'],
    [{ sku: 'BLACK', until: '2999-01-01' }, 'date_too_far'],
    [{ sku: 'BLACK', until: '2027-11-22' }, 'date_too_far'],
    [{ sku: 'BLACK', until: '' }, 'date_invalid'],
    [{ order: 'NONE' }, 'order_not_found'],
    [{ order: order(1).number, sku: 'GREEN' }, 'sku_not_found'],
    [{ order: order(2).number }, 'already_shipped'],
    [{ order: order(3).number }, 'order_closed'],
  ])('%j is refused: %s', async (more, refused) => {
    const app = await shopWith(1, {
      orders: [order(1), order(2, { state: 'shipped' }), order(3, { state: 'closed' })],
    });
    expect(await reportDelay(app, asMerchant(), { until: '2026-11-25', reason: 'other', ...more })).toMatchObject({
      refused,
    });
    expect(app.store.all('incidents')).toEqual([]);
  });

  it('is none for orders that were to ship no sooner anyway', async () => {
    const early = order(1, linkedTo(buyer(1)));
    const late = order(2, { ...linkedTo(buyer(2)), shipBy: { at: Date.UTC(2026, 10, 30), basis: 'promised' } });
    const app = await shopWith(0, { orders: [early, late] });
    const asked = { until: '2026-11-25', reason: 'weather' } as const;
    expect(await reportDelay(app, asMerchant(), { ...asked, order: late.number })).toMatchObject({
      refused: 'date_not_later',
      data: { order: late.number, shipByAt: Date.UTC(2026, 10, 30) },
    });
    expect(app.store.all('incidents')).toEqual([]);
    expect(await granted(reportDelay(app, asMerchant(), { ...asked, sku: 'BLACK' }))).toMatchObject({ affected: 1 });
    expect(troubled(app).map((record) => record.id)).toEqual(['order1']);
  });

  it('gives a buyer who waits for news the date, however far off the news was due', async () => {
    const app = await shopWith(1);
    const [told] = app.store.all('orders');
    const waiting = {
      ...order(1, linkedTo(buyer(1))),
      shipBy: { at: Date.UTC(2026, 11, 22), basis: 'agreed' as const },
    };
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    const { trouble } = troubled(app)[0] ?? {};
    if (!told || !trouble) throw new Error('nothing was reported');
    await app.store.transact((tx) => tx.put('orders', { ...waiting, trouble }));
    const asked = { until: '2026-11-25', reason: 'weather', order: told.number } as const;
    expect(await granted(reportDelay(app, asMerchant(), asked))).toMatchObject({ affected: 1, told: 1 });
  });

  it('with a note that does not show has none', async () => {
    const app = await shopWith(1);
    const asked = { until: '2026-11-25', reason: 'weather', order: order(1).number, note: '\u200b' } as const;
    await granted(reportDelay(app, asMerchant(), asked));
    expect(troubled(app)[0]?.trouble?.note).toBeUndefined();
  });

  it.each(['2026-11-20 11:00', '2999-01-01', 'soon'])(
    'dated %s is refused with a date that would do',
    async (until) => {
      const app = await shopWith(1);
      const refused = await reportDelay(app, asMerchant(), { until, reason: 'other', sku: 'BLACK' });
      expect(refused).toMatchObject({ data: { text: until, example: '2026-11-21' } });
      for (const locale of ['en-US', 'zh-CN'] as const) {
        const words = { t: textsIn(locale), f: formatsIn(locale) };
        expect(isRefusal(refused) && refusalText(words, refused).text).toContain('`2026-11-21');
      }
    },
  );

  it('of another merchant, or asked for by a buyer, is refused as if it did not exist', async () => {
    const other = merchant({ id: 'zhao', memberIds: [buyer(9)] });
    const app = await shopWith(1, { orders: [order(1)], merchants: [merchant(), other] });
    const asked = { until: '2026-11-25', reason: 'other', order: order(1).number } as const;
    expect(await reportDelay(app, ask(buyer(9)), asked)).toMatchObject({ refused: 'order_not_found' });
    expect(await reportDelay(app, ask(buyer(1)), asked)).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('a stock-out reported again', () => {
  it('reported just like that again tells nobody twice, until it says something new', async () => {
    const app = await shopWith(2);
    const asked = { sku: 'BLACK', reason: 'supplier', restock: '2026-11-25', substitutes: ['GREEN'] } as const;
    await granted(reportStockout(app, asMerchant(), asked));
    expect(await reportStockout(app, asMerchant(), asked)).toMatchObject({ refused: 'already_reported' });
    expect(app.store.all('incidents')).toHaveLength(1);
    expect(app.store.all('notices')).toHaveLength(2);
    const changed = { ...asked, restock: '2026-11-26' };
    expect(await granted(reportStockout(app, asMerchant(), changed))).toMatchObject({ told: 2 });
    await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 5 }));
    expect(await granted(reportStockout(app, asMerchant(), changed))).toMatchObject({ told: 2 });
  });
});

describe('a report larger than one transaction', () => {
  it('reaches everybody once, and its receipt says how many', async () => {
    const app = await shopWith(450);
    const receipt = await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'demand' }));
    expect(receipt).toMatchObject({ affected: 450, told: 450 });
    expect(troubled(app)).toHaveLength(450);
    expect(app.store.all('incidents')).toMatchObject([{ state: 'open', affected: 450, told: 450 }]);
    expect(app.store.all('notices')).toHaveLength(450);
  });

  it('is carried on by the sweep where the store gave out, once for each order', async () => {
    const app = await shopWith(450);
    const { transact } = app.store;
    let left = 2;
    app.store.transact = (work) => {
      app.store.broken = left-- <= 0;
      return transact(work);
    };
    const receipt = await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'demand' }));
    expect(receipt.affected).toBe(450);
    expect(troubled(app)).toHaveLength(400);
    expect(app.store.all('incidents')[0]?.state).toBe('spreading');

    left = 99;
    const reached = await Promise.all([spreadIncidents(app), spreadIncidents(app)]);
    expect(reached.reduce((sum, count) => sum + count, 0)).toBe(50);
    expect(app.store.all('notices')).toHaveLength(450);
    expect(app.store.all('incidents')).toMatchObject([{ state: 'open', affected: 450 }]);
    expect(await spreadIncidents(app)).toBe(0);
  });
});

describe('a report that is spreading', () => {
  it('is left where it is when asked to stop, and carried on', async () => {
    const app = await shopWith(650);
    const { transact } = app.store;
    let left = 1;
    app.store.transact = (work) => {
      app.store.broken = left-- <= 0;
      return transact(work);
    };
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'demand' }));
    left = 99;
    let asked = 0;
    expect(await spreadIncidents(app, () => ++asked > 1)).toBe(200);
    expect(app.store.all('incidents')[0]?.state).toBe('spreading');
    expect(await spreadIncidents(app)).toBe(250);
    expect(app.store.all('incidents')).toMatchObject([{ state: 'open', affected: 650, told: 650 }]);
  });
});

describe('a stock-out', () => {
  it.each([
    ['restocked', (app: TestApp) => granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 5 }))],
    ['set above zero', (app: TestApp) => granted(setStock(app, asMerchant(), { sku: 'BLACK', set: 5 }))],
  ])('ends when %s; those told keep their choice', async (_, end) => {
    const app = await shopWith(1);
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'demand' }));
    await end(app);
    expect(app.store.all('incidents')[0]?.state).toBe('resolved');
    const black = app.store.all('products').find((item) => item.sku === 'BLACK');
    expect(black?.stock).toBe(4);
    expect(troubled(app)[0]?.lines[0]?.reserved).toBe(1);
    expect(black?.stockOutIncidentId).toBeUndefined();
    expect(troubled(app)).toHaveLength(1);
  });

  it('of a SKU that only an order knows makes the product', async () => {
    const app = await shopWith(1, { products: [] });
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'demand' }));
    expect(app.store.all('products')).toMatchObject([{ sku: 'BLACK', name: 'Black tea' }]);
  });
});
