// Reports that stand while orders come in, and several of them on one order.
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseRemedy, type RemedyAsked } from '../../src/app/choose-remedy.ts';
import { importOrders, type ReadOrder } from '../../src/app/import-orders.ts';
import { linkOrder } from '../../src/app/link-order.ts';
import { orderStatusById } from '../../src/app/order-status.ts';
import { reportDelay, reportStockout } from '../../src/app/report-incident.ts';
import { restock, setStock } from '../../src/app/stock.ts';
import { sweep } from '../../src/app/sweep.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { OrderDraft } from '../../src/domain/order-draft.ts';
import { ask, asMerchant, guild, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, draft, hourMs, lin, linkedTo, order, product, setUpShop } from '../support/orders.ts';

let app: TestApp;
const bring = async (...drafts: OrderDraft[]) => {
  async function* each() {
    for (const one of drafts) yield [{ draft: one }] satisfies ReadOrder<never>[];
  }
  const target = { guildId: guild, merchantId: lin, source: 'pdd', by: 'system' } as const;
  await granted(importOrders(app, target, each(), { dryRun: false }));
};
const stored = (n: number) => app.store.all('orders').find((record) => record.number === order(n).number) as Order;
const told = () => app.store.all('notices').filter(({ kind }) => kind === 'trouble_reported');
const reportsIn = (n: number) =>
  app.store
    .all('caseEntries')
    .filter(({ orderId, kind }) => orderId === stored(n).id && kind.endsWith('_reported'))
    .map(({ kind, data }) => `${kind} ${data.sku}`);
const incident = (sku: string) => app.store.all('incidents').findLast((one) => one.sku === sku);
const delay = (sku: string, until: string) =>
  granted(reportDelay(app, asMerchant(), { until, reason: 'weather', sku }));
const out = (sku: string, restocked?: string, substitutes: string[] = []) =>
  granted(reportStockout(app, asMerchant(), { sku, reason: 'supplier', restock: restocked, substitutes }));
const choose = (n: number, choice: RemedyAsked) =>
  granted(chooseRemedy(app, ask(buyer(n)), { orderId: stored(n).id, version: stored(n).version, choice }));
const status = (n: number) => granted(orderStatusById(app, ask(buyer(n)), stored(n).id));
const endOf = (day: number) => Date.UTC(2026, 10, day, 15, 59);
const lineOf = (sku: string) => ({ sku, name: sku, quantity: 1 });

beforeEach(async () => {
  app = testApp();
  await setUpShop(app, {
    orders: [order(1, { ...linkedTo(buyer(1)), lines: [lineOf('BLACK'), lineOf('GREEN')] })],
    products: ['BLACK', 'GREEN', 'WHITE', 'OOLONG'].map((sku) => product(sku)),
  });
});

describe('a delay of a SKU', () => {
  it('reaches orders that come in later and were to ship sooner, and only those', async () => {
    await delay('WHITE', '2026-11-25');
    const lines = [lineOf('WHITE')];
    await bring(
      draft(2, { lines }),
      draft(3, { lines, promisedShipAt: startOfTest + 9 * dayMs }),
      draft(4, { lines, state: 'shipped' }),
      draft(5),
    );
    expect(stored(2)).toMatchObject({ trouble: { kind: 'delay', sku: 'WHITE', newShipAt: endOf(25) }, version: 1 });
    expect([3, 4, 5].map((n) => stored(n).trouble)).toEqual([undefined, undefined, undefined]);
    expect(reportsIn(2)).toEqual(['delay_reported WHITE']);
    expect(incident('WHITE')).toMatchObject({ affected: 1, told: 0, unlinked: 1 });
    await bring(draft(2, { lines, buyerNote: 'x' }));
    expect(reportsIn(2)).toHaveLength(1);
  });

  it('stands until a newer one, its date, or more pieces come', async () => {
    const lines = [lineOf('WHITE')];
    await delay('WHITE', '2026-11-25');
    await delay('WHITE', '2026-11-27');
    await bring(draft(2, { lines }));
    expect(stored(2).trouble?.newShipAt).toBe(endOf(27));
    await granted(setStock(app, asMerchant(), { sku: 'WHITE', set: 9 }));
    await bring(draft(3, { lines }));
    expect(stored(3).trouble).toBeDefined();
    await granted(restock(app, asMerchant(), { sku: 'WHITE', quantity: 9 }));
    await bring(draft(4, { lines }));
    expect(stored(4).trouble).toBeUndefined();
    expect(app.store.all('incidents').every(({ state }) => state === 'resolved')).toBe(true);
    await delay('WHITE', '2026-11-27');
    app.clock.set(endOf(27));
    await bring(draft(5, { lines }));
    expect(stored(5).trouble).toBeUndefined();
  });

  it('reported again while it stands and no order needs it is nothing new', async () => {
    await delay('WHITE', '2026-11-25');
    const again = { until: '2026-11-25', reason: 'weather', sku: 'WHITE' } as const;
    expect(await reportDelay(app, asMerchant(), again)).toMatchObject({ refused: 'already_reported' });
  });
});

describe('two SKUs out on one order', () => {
  it('are told in one message where the second report comes before the first has left', async () => {
    await out('BLACK', '2026-11-25');
    await out('GREEN', '2026-11-28');
    expect(await status(1)).toMatchObject({
      order: { trouble: { sku: 'GREEN' } },
      also: [{ line: { sku: 'BLACK' }, incident: { newShipAt: endOf(25) } }],
    });
  });

  it('are waited for together, until the last of them is expected', async () => {
    await out('GREEN', '2026-11-28');
    await out('BLACK', '2026-11-25');
    expect((await status(1)).remedies.wait).toEqual({ untilAt: endOf(28), indefinite: false });
    expect(await choose(1, { kind: 'wait' })).toMatchObject({ untilAt: endOf(28) });
    expect(stored(1).shipBy).toEqual({ at: endOf(28), basis: 'agreed' });
  });

  it('are waited for without a date where one of them has none', async () => {
    await out('GREEN');
    await out('BLACK', '2026-11-25');
    expect((await status(1)).remedies.wait).toEqual({ untilAt: startOfTest + 30 * dayMs, indefinite: true });
  });

  it('are swapped one by one; the second is neither reported, counted nor told anew, nor reminded of at once', async () => {
    await out('BLACK', '2026-11-25', ['WHITE']);
    app.clock.advance(hourMs);
    await out('GREEN', undefined, ['OOLONG']);
    const before = [reportsIn(1), incident('BLACK'), told().length];
    app.clock.advance(30 * hourMs);
    await choose(1, { kind: 'swap', sku: 'OOLONG' });
    expect(stored(1)).toMatchObject({ trouble: { sku: 'BLACK' }, lines: [{ sku: 'BLACK' }, { sku: 'OOLONG' }] });
    expect([reportsIn(1), incident('BLACK'), told().length]).toEqual(before);
    await sweep(app);
    expect(app.store.all('notices').filter(({ kind }) => kind === 'choice_reminder')).toEqual([]);
    expect((await status(1)).also).toEqual([]);
    await choose(1, { kind: 'swap', sku: 'WHITE' });
    expect(stored(1).trouble).toBeUndefined();
  });

  it('of an order that comes in are told together, and the second is in its case file when it comes up', async () => {
    await out('WHITE', '2026-11-25', ['GREEN']);
    await out('OOLONG', '2026-11-28', ['GREEN']);
    await bring(draft(2, { lines: [lineOf('WHITE'), lineOf('OOLONG')] }));
    await app.store.transact((tx) => tx.put('orders', { ...stored(2), ...linkedTo(buyer(2)) }));
    expect(await status(2)).toMatchObject({
      order: { trouble: { sku: 'WHITE' } },
      also: [{ line: { sku: 'OOLONG' } }],
    });
    await choose(2, { kind: 'swap', sku: 'GREEN' });
    expect(stored(2).trouble).toMatchObject({ sku: 'OOLONG' });
    expect(reportsIn(2)).toEqual(['stock_out_reported WHITE', 'stock_out_reported OOLONG']);
  });

  it('one of which is back again is no longer spoken of', async () => {
    await out('BLACK', '2026-11-25');
    await out('GREEN', '2026-11-28');
    await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 5 }));
    expect((await status(1)).also).toEqual([]);
  });
});

describe('a line that a later file adds', () => {
  it('and that is out of stock is told of', async () => {
    await out('WHITE', '2026-11-25');
    await bring(draft(2));
    await app.store.transact((tx) => tx.put('orders', { ...stored(2), ...linkedTo(buyer(2)) }));
    await bring(draft(2, { lines: [lineOf('BLACK'), lineOf('WHITE')] }));
    expect(stored(2).trouble).toMatchObject({ kind: 'stock_out', sku: 'WHITE' });
    expect(told()).toMatchObject([{ orderId: stored(2).id }]);
    await bring(draft(2, { lines: [lineOf('BLACK'), lineOf('WHITE')], buyerNote: 'x' }));
    expect(told()).toHaveLength(1);
  });
});

describe('lines that a file changes and changes back', () => {
  it('bring up the report again that stood on them, which nobody hears of twice', async () => {
    await bring(draft(2, { lines: [lineOf('WHITE')] }));
    await out('WHITE');
    await granted(linkOrder(app, ask(buyer(2)), { order: draft(2).number, proof: '5678' }));
    await out('OOLONG');
    await bring(draft(2, { lines: [lineOf('OOLONG')] }));
    await bring(draft(2, { lines: [lineOf('WHITE')] }));
    expect(stored(2).trouble).toMatchObject({ sku: 'WHITE' });
    expect(told().map(({ data }) => data.incidentId)).toEqual([incident('WHITE')?.id, incident('OOLONG')?.id]);
    expect(reportsIn(2)).toEqual(['stock_out_reported WHITE', 'stock_out_reported OOLONG']);
    expect(incident('WHITE')).toMatchObject({ affected: 1 });
  });

  it('bring it to a buyer for whom its message came to nothing, since there was a newer report to tell', async () => {
    await bring(draft(2, { lines: [lineOf('WHITE')] }));
    await granted(linkOrder(app, ask(buyer(2)), { order: draft(2).number, proof: '5678' }));
    await out('WHITE');
    const [unsaid] = told();
    await bring(draft(2, { lines: [lineOf('BLACK')] }));
    await granted(reportDelay(app, asMerchant(), { until: '2026-12-24', reason: 'weather', order: draft(2).number }));
    if (unsaid)
      await app.store.transact((tx) => tx.put('notices', { ...unsaid, state: 'dropped', failure: 'obsolete' }));
    await bring(draft(2, { lines: [lineOf('WHITE')] }));
    expect(told().map(({ data }) => data.kind)).toEqual(['stock_out', 'delay', 'stock_out']);
  });
});

describe('a refund asked for at the marketplace and called off again', () => {
  it('tells the trouble to a buyer who came meanwhile, and to nobody twice', async () => {
    await bring(draft(2), draft(3));
    await granted(linkOrder(app, ask(buyer(3)), { order: draft(3).number, proof: '5678' }));
    await out('BLACK');
    await bring(draft(2, { afterSales: 'refunding' }), draft(3, { afterSales: 'refunding' }));
    await granted(linkOrder(app, ask(buyer(2)), { order: draft(2).number, proof: '5678' }));
    const hear = () =>
      told()
        .filter(({ orderId }) => orderId !== 'order1')
        .map(({ to }) => to);
    expect(hear()).toEqual([{ type: 'buyer', userId: buyer(3) }]);
    await bring(draft(2), draft(3));
    expect(hear()).toEqual([3, 2].map((n) => ({ type: 'buyer', userId: buyer(n) })));
  });
});
