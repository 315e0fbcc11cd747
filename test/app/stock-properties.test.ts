// Whatever comes in, goes out or is given up: no piece is lost, doubled or offered to others while an order is short of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRemedy, type RemedyAsked } from '../../src/app/choose-remedy.ts';
import { importOrders, type ReadOrder } from '../../src/app/import-orders.ts';
import { reportStockout } from '../../src/app/report-incident.ts';
import { shipOrder } from '../../src/app/ship-order.ts';
import { restock, setStock } from '../../src/app/stock.ts';
import { isOpen, type Order } from '../../src/domain/order/order.ts';
import type { DraftLine, OrderDraft } from '../../src/domain/order-draft.ts';
import { ask, asMerchant, guild, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, draft, lin, linkedTo, order, product, setUpShop } from '../support/orders.ts';

const skus = ['BLACK', 'WHITE'] as const;
const line = (sku: string, quantity: number): DraftLine => ({ sku, name: sku, quantity });

async function bring(app: TestApp, ...drafts: OrderDraft[]): Promise<void> {
  async function* each() {
    for (const one of drafts) yield [{ draft: one }] satisfies ReadOrder<never>[];
  }
  await granted(
    importOrders(app, { guildId: guild, merchantId: lin, source: 'pdd', by: 'system' }, each(), { dryRun: false }),
  );
}

const stored = (app: TestApp, n: number) =>
  app.store.all('orders').find((record) => record.number === draft(n).number) as Order;
const free = (app: TestApp, sku: string) => app.store.all('products').find((item) => item.sku === sku)?.stock ?? 0;
const reservedIn = (record: Order | undefined, sku: string) =>
  (record?.lines ?? []).reduce((sum, one) => sum + (one.sku === sku ? (one.reserved ?? 0) : 0), 0);
const waiting = (app: TestApp) => app.store.all('orders').filter(isOpen);
const onHand = (app: TestApp, sku: string) =>
  waiting(app).reduce((sum, record) => sum + reservedIn(record, sku), free(app, sku));

async function choose(app: TestApp, n: number, choice: RemedyAsked) {
  const { id, version, buyer: owner } = stored(app, n);
  return chooseRemedy(app, ask(owner?.userId ?? buyer(n)), { orderId: id, version, choice });
}

describe('a restock after a stock-out', () => {
  async function soldOut(): Promise<TestApp> {
    const app = testApp();
    const due = (days: number) => ({ shipBy: { at: startOfTest + days * dayMs, basis: 'policy' as const } });
    await setUpShop(app, {
      orders: [
        order(1, { ...linkedTo(buyer(1)), ...due(3) }),
        order(2, { ...linkedTo(buyer(2)), ...due(1) }),
        order(3, { ...linkedTo(buyer(3)), ...due(2) }),
        order(4, { ...linkedTo(buyer(4)), lines: [{ sku: 'WHITE', name: 'White', quantity: 1 }] }),
      ],
      products: [product('BLACK', { stock: 0 }), product('WHITE', { stock: 0 })],
    });
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    return app;
  }
  const reserved = (app: TestApp) => [1, 2, 3].map((n) => reservedIn(stored(app, n), 'BLACK'));

  it('gives pieces to those who wait, the earliest ship-by first, before any is free', async () => {
    const app = await soldOut();
    await granted(choose(app, 1, { kind: 'wait' }));
    const cards = app.store.all('orders').map(({ version }) => version);
    expect(await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 2 }))).toEqual({
      sku: 'BLACK',
      stock: 2,
      given: { pieces: 2, orders: 2 },
    });
    expect(reserved(app)).toEqual([0, 1, 1]);
    expect(free(app, 'BLACK')).toBe(0);
    expect(app.store.all('orders').map(({ version }) => version)).toEqual(cards);
    const said = app.store.all('caseEntries').filter(({ kind }) => kind === 'stock_set_aside');
    expect(said).toMatchObject([
      { orderId: 'order2', by: 'system', data: { sku: 'BLACK', quantity: 1 } },
      { orderId: 'order3', by: 'system', data: { sku: 'BLACK', quantity: 1 } },
    ]);
    await bring(app, draft(9));
    expect(reservedIn(stored(app, 9), 'BLACK')).toBe(0);
    expect(await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 5 }))).toMatchObject({
      given: { pieces: 2 },
    });
    expect([...reserved(app), reservedIn(stored(app, 9), 'BLACK'), free(app, 'BLACK')]).toEqual([1, 1, 1, 1, 3]);
  });

  it('passes on what is given up, and offers to swaps only what is left', async () => {
    const app = await soldOut();
    await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 2 }));
    await granted(reportStockout(app, asMerchant(), { sku: 'WHITE', reason: 'supplier', substitutes: ['BLACK'] }));
    expect(await choose(app, 4, { kind: 'swap', sku: 'BLACK' })).toMatchObject({ refused: 'substitute_gone' });
    await granted(choose(app, 2, { kind: 'refund' }));
    expect(reserved(app)).toEqual([1, 0, 1]);
    expect(await choose(app, 4, { kind: 'swap', sku: 'BLACK' })).toMatchObject({ refused: 'substitute_gone' });
    await granted(choose(app, 3, { kind: 'refund' }));
    expect(free(app, 'BLACK')).toBe(1);
    expect(await choose(app, 4, { kind: 'swap', sku: 'BLACK' })).toMatchObject({ kind: 'swap' });
  });

  it('lets others have their turn while very many are served, and keeps the pieces from them', async () => {
    const app = testApp();
    const many = Array.from({ length: 500 }, (_, n) => order(n));
    await setUpShop(app, { orders: many, products: [product('BLACK', { stock: 0 })] });
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const restocked = granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 501 }));
    const newer = bring(app, draft(900, { lines: [line('BLACK', 2)] }));
    expect(await restocked).toMatchObject({ given: { pieces: 500, orders: 500 } });
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(2);
    await newer;
    expect(waiting(app).reduce((sum, record) => sum + reservedIn(record, 'BLACK'), 0)).toBe(501);
    expect(reservedIn(stored(app, 900), 'BLACK')).toBe(1);
  });

  it('by setting the stock does the same', async () => {
    const app = await soldOut();
    const set = await granted(setStock(app, asMerchant(), { sku: 'BLACK', set: 5 }));
    expect(set).toMatchObject({ products: [{ stock: 2 }], given: { pieces: 3, orders: 3 } });
    expect(reserved(app)).toEqual([1, 1, 1]);
  });

  it('starts a count without guessing for whom: what was not counted is all free', async () => {
    const app = testApp();
    await setUpShop(app, { orders: [order(1)], products: [product('BLACK')] });
    expect(await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 2 }))).toEqual({
      sku: 'BLACK',
      stock: 2,
    });
    expect(free(app, 'BLACK')).toBe(2);
  });
});

describe('a file', () => {
  it('that adds a line, or pieces to one, sets them aside too', async () => {
    const app = testApp();
    await setUpShop(app, { products: [product('BLACK', { stock: 5 }), product('WHITE', { stock: 5 })] });
    await bring(app, draft(1, { lines: [line('BLACK', 1)] }));
    await bring(app, draft(1, { lines: [line('BLACK', 3), line('WHITE', 2)] }));
    expect(stored(app, 1).lines.map(({ reserved }) => reserved)).toEqual([3, 2]);
    expect([free(app, 'BLACK'), free(app, 'WHITE')]).toEqual([2, 3]);
  });

  it('that cancels one order gives its piece to the one that is short, not to a newer one', async () => {
    const app = testApp();
    await setUpShop(app, { products: [product('BLACK', { stock: 1 })] });
    await bring(app, draft(1), draft(2));
    await bring(app, draft(1, { state: 'cancelled' }), draft(3, { paidAt: startOfTest }));
    expect([2, 3].map((n) => reservedIn(stored(app, n), 'BLACK'))).toEqual([1, 0]);
    expect(free(app, 'BLACK')).toBe(0);
  });

  it('that calls off a refund sets aside what came in meanwhile', async () => {
    const app = testApp();
    await setUpShop(app, { products: [product('BLACK', { stock: 0 })] });
    await bring(app, draft(1));
    await bring(app, draft(1, { afterSales: 'refunding' }));
    await granted(restock(app, asMerchant(), { sku: 'BLACK', quantity: 2 }));
    expect(free(app, 'BLACK')).toBe(2);
    await bring(app, draft(1, { afterSales: 'none' }));
    expect([reservedIn(stored(app, 1), 'BLACK'), free(app, 'BLACK')]).toEqual([1, 1]);
  });

  it('that cancels an order of several items passes on each, and says so in the case file', async () => {
    const app = testApp();
    await setUpShop(app, { products: skus.map((of) => product(of, { stock: 2 })) });
    await bring(app, draft(1, { lines: skus.map((of) => line(of, 2)) }), draft(2, { lines: [line('WHITE', 1)] }));
    await bring(app, draft(3, { lines: skus.map((of) => line(of, 1)) }));
    await bring(app, draft(1, { state: 'cancelled' }));
    expect(stored(app, 2).lines.map(({ reserved }) => reserved)).toEqual([1]);
    expect(stored(app, 3).lines.map(({ reserved }) => reserved)).toEqual([1, 1]);
    expect(skus.map((of) => free(app, of))).toEqual([1, 0]);
    const said = app.store.all('caseEntries').filter(({ kind }) => kind === 'stock_set_aside');
    expect(said.map(({ data }) => data)).toEqual(['WHITE', 'BLACK', 'WHITE'].map((of) => ({ sku: of, quantity: 1 })));
  });
});

interface Step {
  readonly name: string;
  readonly run: (app: TestApp) => Promise<unknown>;
  /** What it does to the pieces on hand of a SKU, where that is certain. */
  readonly gives?: (sku: string) => number;
}

const which = fc.constantFrom(1, 2, 3, 4);
const sku = fc.constantFrom(...skus);
const quantity = fc.integer({ min: 1, max: 3 });
const linesOf = fc.array(fc.tuple(sku, quantity), { minLength: 1, maxLength: 3 });

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(which, linesOf, fc.constantFrom('to_ship', 'to_ship', 'cancelled', 'on_hold')).map(([n, lines, state]) => ({
    name: 'file',
    run: async (app: TestApp) => {
      await bring(app, draft(n, { state: state as OrderDraft['state'], lines: lines.map(([of, q]) => line(of, q)) }));
      const { buyer: owner, ...record } = stored(app, n);
      if (!owner) await app.store.transact((tx) => tx.put('orders', { ...record, ...linkedTo(buyer(n)) }));
    },
    gives: () => 0,
  })),
  fc.tuple(sku, quantity).map(([of, q]) => ({
    name: 'restock',
    run: (app: TestApp) => granted(restock(app, asMerchant(), { sku: of, quantity: q })),
    gives: (other: string) => (other === of ? q : 0),
  })),
  sku.map((of) => ({
    name: 'stockout',
    run: (app: TestApp) =>
      reportStockout(app, asMerchant(), { sku: of, reason: 'supplier', substitutes: skus.filter((one) => one !== of) }),
  })),
  which.map((n) => ({
    name: 'ship',
    run: (app: TestApp) =>
      shipOrder(app, asMerchant(), { order: draft(n).number, carrier: 'zto', tracking: '75312345678901' }),
  })),
  fc
    .tuple(
      which,
      fc.oneof(
        fc.constant({ kind: 'refund' as const }),
        fc.constant({ kind: 'wait' as const }),
        sku.map((of) => ({ kind: 'swap' as const, sku: of })),
      ),
    )
    .map(([n, choice]) => ({
      name: choice.kind,
      run: async (app: TestApp) => (stored(app, n) ? choose(app, n, choice) : undefined),
      gives: () => 0,
    })),
);

function checkPieces(app: TestApp): void {
  for (const item of app.store.all('products')) {
    expect(item.stock ?? 0).toBeGreaterThanOrEqual(0);
    if (item.stockOutIncidentId !== undefined) expect(onHand(app, item.sku), 'out of stock').toBe(0);
    const short = waiting(app).filter((record) =>
      record.lines.some((one) => one.sku === item.sku && (one.reserved ?? 0) < one.quantity),
    );
    if ((item.stock ?? 0) > 0) expect(short, 'offered while somebody is short').toEqual([]);
  }
  for (const record of app.store.all('orders')) {
    for (const one of record.lines) expect(one.reserved ?? 0).toBeLessThanOrEqual(one.quantity);
  }
}

it('holds after every step: taken and free make up what is on hand', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const app = testApp();
      await setUpShop(app, { products: skus.map((of) => product(of, { stock: 3 })) });
      for (const { name, run, gives } of steps) {
        const before = skus.map((of) => onHand(app, of));
        const outBefore = app.store.all('products').map((item) => item.stockOutIncidentId !== undefined);
        await run(app);
        checkPieces(app);
        skus.forEach((of, at) => {
          const was = outBefore[at] ? 0 : (before[at] ?? 0);
          const expected = gives && was + gives(of);
          if (expected !== undefined) expect(onHand(app, of), name).toBe(expected);
          else expect(onHand(app, of), name).toBeLessThanOrEqual(before[at] ?? 0);
        });
      }
    }),
    { numRuns: 150 },
  );
});
