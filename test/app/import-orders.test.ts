// Orders come in from files: new, known, the same again, and into trouble that is already there.
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseRemedy } from '../../src/app/choose-remedy.ts';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import type { ImportTarget } from '../../src/app/import-batch.ts';
import { importOrders, type ReadOrder, requireImportTarget } from '../../src/app/import-orders.ts';
import { linkOrder } from '../../src/app/link-order.ts';
import { reportStockout } from '../../src/app/report-incident.ts';
import { shipOrder } from '../../src/app/ship-order.ts';
import type { OrderDraft } from '../../src/domain/order-draft.ts';
import { ask, asMerchant, guild, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, draft, lin, merchant, product, setUpShop } from '../support/orders.ts';
import { discord } from '../support/outbox-world.ts';

let app: TestApp;
const target: ImportTarget = { guildId: guild, merchantId: lin, source: 'pdd', by: 'system' };

/** Some at a time, as a file hands them out. */
async function* each<T>(items: readonly T[]) {
  for (let at = 0; at < items.length; at += 70) yield items.slice(at, at + 70);
}
const bring = (drafts: readonly OrderDraft[], options = { dryRun: false }, to = target) =>
  granted(importOrders<string>(app, to, each(drafts.map((one): ReadOrder<string> => ({ draft: one }))), options));
const counts = (imported: number, updated: number, unchanged: number) =>
  expect.objectContaining({ imported, updated, unchanged });
const stored = (n: number) => app.store.all('orders').find((record) => record.number === draft(n).number);
const stock = (sku: string) => app.store.all('products').find((item) => item.sku === sku)?.stock;
const many = (count: number) => Array.from({ length: count }, (_, at) => draft(at + 1));

beforeEach(async () => {
  app = testApp();
  await setUpShop(app);
});

describe('a file', () => {
  it('brings orders in once; again, it changes nothing', async () => {
    expect(await bring(many(600))).toEqual(counts(600, 0, 0));
    const before = JSON.stringify(app.store.all('orders'));
    expect(await bring(many(600))).toEqual(counts(0, 0, 600));
    expect(JSON.stringify(app.store.all('orders'))).toBe(before);
    expect(app.store.all('caseEntries')).toEqual([]);
  });

  it('run dry says the same and keeps nothing', async () => {
    expect(await bring(many(300), { dryRun: true }, { ...target, merchantId: 'new' })).toEqual(counts(300, 0, 0));
    expect(app.store.all('orders')).toEqual([]);
    expect(app.store.all('merchants').map((shop) => shop.id)).toEqual([lin]);
  });

  it('makes a merchant not yet known, and products from its lines', async () => {
    const lines = [{ sku: 'BLACK', name: 'Tea', spec: 'large', quantity: 2, unitPriceMinor: 3400 }];
    await bring([draft(1, { lines })], undefined, { ...target, merchantId: 'new', merchantName: 'New shop' });
    expect(app.store.all('merchants').at(-1)).toMatchObject({ id: 'new', name: 'New shop', memberIds: [] });
    expect(app.store.all('products')).toMatchObject([
      { merchantId: 'new', sku: 'BLACK', name: 'Tea large', priceMinor: 3400, currency: 'CNY' },
    ]);
  });

  it('hands rejected rows through, all counted', async () => {
    const seen: number[] = [];
    const rows: ReadOrder<number>[] = [
      { draft: draft(1) },
      ...Array.from({ length: 600 }, (_, at) => ({ rejected: [2 * at, 2 * at + 1] })),
    ];
    const report = await granted(
      importOrders(app, target, each(rows), { dryRun: false, onReject: (rejects) => seen.push(...rejects) }),
    );
    expect(report).toMatchObject({ imported: 1, rejectedTotal: 1200 });
    expect(report.rejected).toHaveLength(1000);
    expect(seen).toHaveLength(1200);
  });

  it('reports its progress', async () => {
    const seen: number[] = [];
    const rows = each(many(600).map((one) => ({ draft: one })));
    await importOrders(app, target, rows, { dryRun: false, onProgress: ({ imported }) => seen.push(imported) });
    expect(seen.at(-1)).toBe(600);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
  });

  it('lets others have their turn after each batch', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const seen: number[] = [];
    const rows = each(many(600).map((one) => ({ draft: one })));
    await importOrders(app, target, rows, { dryRun: false, onProgress: () => seen.push(turns) });
    clearImmediate(next);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is refused for a merchant id that cannot be one, and where the store cannot be written', async () => {
    const rows = () => each([{ draft: draft(1) }]);
    const bad = { ...target, merchantId: 'no/slash' };
    expect(await importOrders(app, bad, rows(), { dryRun: false })).toMatchObject({ refused: 'id_invalid' });
    app.store.broken = true;
    expect(await importOrders(app, target, rows(), { dryRun: false })).toEqual({
      refused: 'store_not_writable',
      data: { imported: 0, updated: 0, unchanged: 0 },
    });
  });

  it('says what was saved where the store cannot be written after a while', async () => {
    async function* rows() {
      for (const one of many(400)) yield [{ draft: one }];
      app.store.broken = true;
      for (const one of many(800).slice(400)) yield [{ draft: one }];
    }
    const report = await importOrders(app, target, rows(), { dryRun: false });
    const saved = app.store.all('orders').length;
    expect(saved).toBeGreaterThan(0);
    expect(report).toEqual({
      refused: 'store_not_writable',
      data: { kind: 'partly', imported: saved, updated: 0, unchanged: 0 },
    });
  });

  it('of one merchant does not touch an order of the same number at another', async () => {
    await bring([draft(1)]);
    await bring([draft(1, { paidMinor: 1 })], undefined, { ...target, merchantId: 'zhao' });
    expect(app.store.all('orders').map((record) => record.paidMinor)).toEqual([6800, 1]);
  });
});

describe('a known order', () => {
  it('is brought up to date, with what changed in its case file', async () => {
    await bring([draft(1)]);
    expect(await bring([draft(1, { buyerNote: 'soon', promisedShipAt: startOfTest + dayMs })])).toEqual(
      counts(0, 1, 0),
    );
    expect(stored(1)).toMatchObject({ buyerNote: 'soon', shipBy: { basis: 'promised' }, version: 2 });
    expect(app.store.all('caseEntries').at(-1)).toMatchObject({ kind: 'updated', data: { changes: 'ship_by,notes' } });
  });

  it('shipped in the file is shipped here, and its buyer is told once', async () => {
    await bring([draft(1)]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    await bring([draft(1, { state: 'shipped', carrier: 'zto', tracking: '75312345678901' })]);
    await bring([draft(1, { state: 'shipped', carrier: 'zto', tracking: '75312345678901', buyerNote: 'x' })]);
    expect(stored(1)).toMatchObject({ state: 'shipped', buyer: { userId: buyer(1) } });
    expect(app.store.all('notices').map((notice) => notice.kind)).toEqual(['order_shipped']);
    expect(app.store.all('caseEntries').map((entry) => entry.kind)).toEqual([
      'linked',
      'updated',
      'shipped',
      'updated',
    ]);
  });

  it('with another tracking number in a newer file tells its buyer the right one', async () => {
    await bring([draft(1)]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    await bring([draft(1, { state: 'shipped', carrier: 'zto', tracking: '75312345678901' })]);
    await deliverNotices(app, discord(app));
    const right = draft(1, { state: 'shipped', carrier: 'zto', tracking: '75312345678902' });
    await bring([right]);
    await bring([right]);
    expect(stored(1)).toMatchObject({ tracking: '75312345678902' });
    expect(app.store.all('notices').map(({ kind, data }) => ({ kind, data }))).toEqual([
      { kind: 'order_shipped', data: {} },
      { kind: 'waybill_corrected', data: { oldTracking: '75312345678901' } },
    ]);
    expect(app.store.all('caseEntries').at(-1)).toMatchObject({
      kind: 'waybill_corrected',
      data: { carrier: 'zto', reference: '75312345678902', oldReference: '75312345678901' },
    });
  });

  it('shipped here is not dragged back by an older file', async () => {
    await bring([draft(1)]);
    const waybill = { order: draft(1).number, carrier: 'zto', tracking: '75312345678901' };
    await granted(shipOrder(app, asMerchant(), waybill));
    expect(await bring([draft(1)])).toEqual(counts(0, 0, 1));
    await bring([draft(1, { state: 'shipped', carrier: 'sf', tracking: 'SF1234567890123', buyerNote: 'x' })]);
    expect(stored(1)).toMatchObject({ state: 'shipped', carrier: 'zto', tracking: '75312345678901' });
  });

  it('refunded by the marketplace is closed and never looked at again', async () => {
    await bring([draft(1)]);
    expect(stored(1)?.wakeAt).toBeDefined();
    await bring([draft(1, { afterSales: 'refunded' })]);
    expect(stored(1)).toMatchObject({ state: 'closed' });
    expect(stored(1)?.wakeAt).toBeUndefined();
  });

  it('with a choice made keeps it', async () => {
    await bring([draft(1)]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier', restock: '2026-11-25' }));
    const { id = '', version = 0 } = stored(1) ?? {};
    await granted(chooseRemedy(app, ask(buyer(1)), { orderId: id, version, choice: { kind: 'wait' } }));
    await bring([draft(1, { promisedShipAt: startOfTest + 9 * dayMs })]);
    expect(stored(1)).toMatchObject({
      choice: { kind: 'wait' },
      shipBy: { basis: 'agreed' },
      trouble: { sku: 'BLACK' },
    });
  });

  it('whose buyer was promised a refund here: staff hear once what the file says otherwise, and nothing is paid twice', async () => {
    await bring([draft(1)]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    const { id = '', version = 0 } = stored(1) ?? {};
    await granted(chooseRemedy(app, ask(buyer(1)), { orderId: id, version, choice: { kind: 'refund' } }));
    const said = () => app.store.all('notices').filter(({ kind }) => kind === 'refund_conflict');
    await bring([draft(1, { buyerNote: 'x' })]);
    expect(said()).toEqual([]);
    await bring([draft(1, { state: 'shipped' })]);
    await bring([draft(1, { state: 'delivered' })]);
    await bring([draft(1, { afterSales: 'refunded' })]);
    expect(said()).toMatchObject([
      { to: { type: 'staff' }, orderId: id, data: { says: 'shipped' } },
      { to: { type: 'staff' }, orderId: id, data: { says: 'refunded' } },
    ]);
    expect(stored(1)?.state).toBe('closed');
    expect(app.store.all('refunds')).toMatchObject([{ state: 'due', amountMinor: 6800 }]);
  });

  it('whose refund is due here while some of it went back there: staff hear of each sum once', async () => {
    await bring([draft(1)]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    const { id = '', version = 0 } = stored(1) ?? {};
    await granted(chooseRemedy(app, ask(buyer(1)), { orderId: id, version, choice: { kind: 'refund' } }));
    for (const refundedMinor of [3000, 3000, 4000]) await bring([draft(1, { refundedMinor })]);
    const said = () =>
      app.store.all('notices').flatMap(({ kind, data }) => (kind === 'refund_conflict' ? [data.says] : []));
    expect(said()).toEqual(['refunded_part', 'refunded_part']);
    expect(stored(1)?.refundedElsewhereMinor).toBe(4000);
    const left = draft(1, { refundedMinor: 5000, state: 'shipped' });
    await bring([left]);
    await bring([left]);
    expect(said()).toEqual(['refunded_part', 'refunded_part', 'refunded_part', 'shipped']);
  });

  it('swapped for something dearer and refunded by the marketplace costs the merchant no difference', async () => {
    await bring([draft(1)]);
    await app.store.transact((tx) => tx.put('products', product('WHITE', { priceMinor: 7800 })));
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    const report = { sku: 'BLACK', reason: 'supplier', substitutes: ['WHITE'] } as const;
    await granted(reportStockout(app, asMerchant(), report));
    const { id = '', version = 0 } = stored(1) ?? {};
    await granted(chooseRemedy(app, ask(buyer(1)), { orderId: id, version, choice: { kind: 'swap', sku: 'WHITE' } }));
    const balances = () =>
      Object.fromEntries(app.store.all('balances').map(({ account, amountMinor }) => [account, amountMinor]));
    expect(balances()).toEqual({ 'forgone:lin': -1000, [`goods:${id}`]: 1000 });
    await bring([draft(1, { afterSales: 'refunded' })]);
    expect(balances()).toEqual({ 'forgone:lin': 0, [`goods:${id}`]: 0 });
    await bring([draft(1, { afterSales: 'refunded', buyerNote: 'x' })]);
    expect(app.store.all('ledger')).toHaveLength(2);
  });
});

describe('stock', () => {
  beforeEach(() => app.store.transact((tx) => tx.put('products', product('BLACK', { stock: 3, warnBelow: 2 }))));

  it('is set aside for orders to be shipped, never below zero, and the merchant is warned once', async () => {
    await bring([...many(5), draft(6, { state: 'unpaid' }), draft(7, { state: 'shipped' })]);
    expect(stock('BLACK')).toBe(0);
    expect(app.store.all('orders').map((record) => record.lines[0]?.reserved)).toEqual([
      1,
      1,
      1,
      ...Array(4).fill(undefined),
    ]);
    expect(app.store.all('notices')).toMatchObject([{ kind: 'low_stock', data: { sku: 'BLACK', stock: 0 } }]);
  });

  it('comes back when an order is cancelled, also by way of a refund under way, and not twice', async () => {
    await bring(many(2));
    expect(stock('BLACK')).toBe(1);
    await bring([draft(1, { afterSales: 'refunding' }), draft(2, { state: 'cancelled' })]);
    expect(stock('BLACK')).toBe(2);
    await bring([draft(1, { afterSales: 'refunded' }), draft(2, { state: 'cancelled', buyerNote: 'x' })]);
    expect(stock('BLACK')).toBe(3);
  });

  it('comes back in part when a line shrinks', async () => {
    const lines = (quantity: number) => [{ sku: 'BLACK', name: 'b', quantity }];
    await bring([draft(1, { lines: lines(3) })]);
    expect(stock('BLACK')).toBe(0);
    await bring([draft(1, { lines: lines(1) })]);
    expect(stock('BLACK')).toBe(2);
  });
});

describe('an open stock-out', () => {
  it('is waiting for orders that come in later; their buyers are told when they link', async () => {
    await app.store.transact((tx) => tx.put('products', product('BLACK')));
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    await bring([draft(1), draft(2), draft(3, { state: 'shipped' })]);
    expect(stored(1)).toMatchObject({ trouble: { kind: 'stock_out', sku: 'BLACK' }, version: 1 });
    expect(stored(3)?.trouble).toBeUndefined();
    expect(app.store.all('incidents')).toMatchObject([{ affected: 2, told: 0, unlinked: 2 }]);
    await granted(linkOrder(app, ask(buyer(1)), { order: draft(1).number, proof: '5678' }));
    expect(app.store.all('notices')).toMatchObject([{ kind: 'trouble_reported', orderId: stored(1)?.id }]);
  });
});

it('a member imports for the merchant acted for', async () => {
  expect(await granted(requireImportTarget(app, asMerchant()))).toEqual(merchant());
  expect(await requireImportTarget(app, ask(buyer(1)))).toMatchObject({ refused: 'not_allowed' });
  expect(await requireImportTarget(app, asMerchant(), 'zhao')).toMatchObject({ refused: 'not_allowed' });
});
