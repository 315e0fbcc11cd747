// Whatever buyers, merchants and files do in whatever order: pieces, money and choices stay right.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseRemedy, type RemedyAsked } from '../../src/app/choose-remedy.ts';
import { importOrders } from '../../src/app/import-orders.ts';
import { reportDelay, reportStockout } from '../../src/app/report-incident.ts';
import { shipOrder } from '../../src/app/ship-order.ts';
import { restock } from '../../src/app/stock.ts';
import { balanced } from '../../src/domain/ledger/posting.ts';
import type { DraftState } from '../../src/domain/order-draft.ts';
import { refundableMinor } from '../../src/domain/remedy/remedies.ts';
import { ask, asMerchant, guild, type TestApp, testApp } from '../support/app.ts';
import { buyer, draft, hourMs, lin, linkedTo, order, product, setUpShop } from '../support/orders.ts';

type Step = (app: TestApp) => Promise<unknown>;

const orders = [1, 2, 3];
const prices: Readonly<Record<string, number>> = { BLACK: 6800, WHITE: 6000, GREEN: 8000 };
const skus = Object.keys(prices);
const whichOrder = fc.constantFrom(...orders);
const whichSku = fc.constantFrom(...skus);
/** How far behind the newest version the pressed card is. */
const staleness = fc.constantFrom(0, 0, 0, 1, 2);

const remedy: fc.Arbitrary<RemedyAsked> = fc.oneof(
  fc.constant({ kind: 'wait' as const }),
  fc.constant({ kind: 'refund' as const }),
  whichSku.map((sku) => ({ kind: 'swap' as const, sku })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(whichOrder, remedy, staleness).map(([n, choice, behind]) => press(n, choice, behind)),
  },
  { weight: 2, arbitrary: whichSku.map((sku) => stockOut(sku)) },
  { weight: 3, arbitrary: fc.tuple(whichOrder, whichSku).map(([n, sku]) => swapAgain(n, sku)) },
  whichOrder.map<Step>(
    (n) => (app) => reportDelay(app, asMerchant(), { until: '2026-12-24', reason: 'weather', order: order(n).number }),
  ),
  whichOrder.map<Step>(
    (n) => (app) =>
      shipOrder(app, asMerchant(), { order: order(n).number, carrier: 'zto', tracking: '75312345678901' }),
  ),
  whichSku.map<Step>((sku) => (app) => restock(app, asMerchant(), { sku, quantity: 2 })),
  fc
    .tuple(whichOrder, fc.constantFrom<DraftState>('to_ship', 'shipped', 'cancelled', 'on_hold'))
    .map(([n, state]) => file(n, state)),
  fc.integer({ min: 1, max: 60 }).map<Step>((hours) => async (app) => app.clock.advance(hours * hourMs)),
);

function press(n: number, choice: RemedyAsked, behind: number): Step {
  return async (app) => {
    const version = (app.store.all('orders').find((record) => record.id === `order${n}`)?.version ?? 1) - behind;
    return Promise.all([1, 2].map(() => chooseRemedy(app, ask(buyer(n)), { orderId: `order${n}`, version, choice })));
  };
}

/** What the order is for runs out, and its buyer takes something else: perhaps not for the first time. */
function swapAgain(n: number, sku: string): Step {
  return async (app) => {
    const present = app.store.all('orders').find((record) => record.id === `order${n}`)?.lines[0]?.sku ?? '';
    await stockOut(present)(app);
    await press(n, { kind: 'swap', sku }, 0)(app);
  };
}

function stockOut(sku: string): Step {
  return (app) =>
    reportStockout(app, asMerchant(), { sku, reason: 'supplier', substitutes: skus.filter((other) => other !== sku) });
}

function file(n: number, state: DraftState): Step {
  async function* one() {
    yield [{ draft: draft(n, { state }) }];
  }
  return (app) =>
    importOrders(app, { guildId: guild, merchantId: lin, source: 'pdd', by: 'system' }, one(), { dryRun: false });
}

async function shop(): Promise<TestApp> {
  const app = testApp();
  await setUpShop(app, {
    orders: orders.map((n) => order(n, linkedTo(buyer(n)))),
    products: [
      product('BLACK', { stock: 5 }),
      product('WHITE', { stock: 1, priceMinor: prices.WHITE }),
      product('GREEN', { stock: 2, priceMinor: prices.GREEN }),
    ],
  });
  return app;
}

function checkOrders(app: TestApp, versions: Map<string, number>, before: Map<string, string>): void {
  for (const record of app.store.all('orders')) {
    const { version: _version, wakeAt: _wake, ...visible } = record;
    const lines = record.lines.map(({ reserved: _pieces, ...line }) => line);
    const text = JSON.stringify({ ...visible, lines });
    const rose = record.version > (versions.get(record.id) ?? 0);
    expect(rose, 'the version rises with every change one can see').toBe(text !== before.get(record.id));
    versions.set(record.id, record.version);
    before.set(record.id, text);
    expect(record.shippedAt !== undefined && record.choice?.kind === 'refund', 'refunded and shipped').toBe(false);
  }
}

function checkMoney(app: TestApp): void {
  expect(app.store.all('ledger').every((entry) => balanced(entry.postings))).toBe(true);
  expect(app.store.all('balances').reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  for (const record of app.store.all('orders')) {
    const refunds = app.store.all('refunds').filter((refund) => refund.orderId === record.id);
    const inAll = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(inAll, 'given back is never more than paid').toBeLessThanOrEqual(record.paidMinor);
    expect(refunds.filter((refund) => refund.kind === 'full').length).toBe(record.choice?.kind === 'refund' ? 1 : 0);
  }
}

function checkForgone(app: TestApp): void {
  for (const record of app.store.all('orders')) {
    const costs = record.lines.reduce((sum, { sku }) => sum + (prices[sku] ?? 0), 0);
    const borne = record.state === 'closed' ? 0 : Math.max(0, costs - refundableMinor(record));
    const [booked] = app.store.all('balances').filter(({ account }) => account === `goods:${record.id}`);
    expect(booked?.amountMinor ?? 0, 'the merchant forgoes what the goods now sent cost more').toBe(borne);
  }
}

function checkPieces(app: TestApp): void {
  for (const item of app.store.all('products')) expect(item.stock ?? 0).toBeGreaterThanOrEqual(0);
  const keys = app.store.all('notices').map((notice) => notice.key);
  expect(new Set(keys).size).toBe(keys.length);
}

it('holds after every step', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const app = await shop();
      const versions = new Map<string, number>();
      const before = new Map<string, string>();
      checkOrders(app, versions, before);
      for (const take of steps) {
        await take(app);
        checkOrders(app, versions, before);
        checkMoney(app);
        checkForgone(app);
        checkPieces(app);
      }
    }),
    { numRuns: 150 },
  );
});
