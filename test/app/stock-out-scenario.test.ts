// A stock-out of a SKU in fifty open orders, from the report to the last choice.
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseRemedy, type RemedyAsked } from '../../src/app/choose-remedy.ts';
import { reportStockout } from '../../src/app/report-incident.ts';
import { balanced } from '../../src/domain/ledger/posting.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { ask, asMerchant, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, hourMs, linkedTo, order, product, setUpShop } from '../support/orders.ts';

let app: TestApp;

const stored = (n: number): Order => {
  const found = app.store.all('orders').find((record) => record.id === `order${n}`);
  if (!found) throw new Error(`no order ${n}`);
  return found;
};
const stock = (sku: string) => app.store.all('products').find((item) => item.sku === sku)?.stock;
const caseOf = (n: number) =>
  app.store
    .all('caseEntries')
    .filter((entry) => entry.orderId === `order${n}`)
    .map((entry) => entry.kind);
const choose = (n: number, choice: RemedyAsked, version = stored(n).version) =>
  chooseRemedy(app, ask(buyer(n)), { orderId: `order${n}`, version, choice });
const noticesOf = (kind: string) => app.store.all('notices').filter((notice) => notice.kind === kind);

beforeEach(async () => {
  app = testApp();
  const fifty = Array.from({ length: 50 }, (_, at) => order(at + 1, linkedTo(buyer(at + 1))));
  await setUpShop(app, {
    orders: [
      ...fifty,
      order(51),
      order(52, { ...linkedTo(buyer(52)), lines: [{ sku: 'GREEN', name: 'Green', quantity: 1 }] }),
      order(53, { ...linkedTo(buyer(53)), state: 'shipped', shippedAt: startOfTest }),
    ],
    products: [
      product('BLACK', { stock: 3 }),
      product('WHITE', { stock: 1, priceMinor: 6000 }),
      product('OOLONG', { stock: 9, priceMinor: 8000 }),
    ],
  });
});

const report = (more: object = {}) =>
  reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier', substitutes: ['WHITE', 'OOLONG'], ...more });

describe('the report', () => {
  it('tells every affected buyer once, counts those who cannot be told, and leaves the others alone', async () => {
    const request = asMerchant();
    const asked = { sku: 'BLACK', reason: 'supplier', restock: '2026-11-25', substitutes: ['WHITE'] } as const;
    const receipt = await granted(reportStockout(app, request, asked));
    expect(receipt).toMatchObject({ affected: 51, told: 50, unlinked: 1 });
    expect(await granted(reportStockout(app, request, asked))).toEqual(receipt);

    const told = noticesOf('trouble_reported').map((notice) => notice.to);
    expect(told).toHaveLength(50);
    expect(new Set(told.map((to) => JSON.stringify(to))).size).toBe(50);
    expect(stored(1).trouble).toMatchObject({ kind: 'stock_out', newShipAt: Date.UTC(2026, 10, 25, 15, 59) });
    expect(stored(1).version).toBe(2);
    expect(stored(52).trouble).toBeUndefined();
    expect(stored(53).trouble).toBeUndefined();
    expect(caseOf(51)).toEqual(['stock_out_reported']);
    expect(app.store.all('incidents')).toMatchObject([{ state: 'open', affected: 51, told: 50, unlinked: 1 }]);
    expect(stock('BLACK')).toBe(0);
  });

  it('again is a new report with a new date, and tells each buyer once more', async () => {
    await granted(report());
    const again = await granted(report({ restock: '2026-11-30' }));
    expect(again.affected).toBe(51);
    expect(noticesOf('trouble_reported')).toHaveLength(100);
    expect(app.store.all('incidents').map((incident) => incident.state)).toEqual(['resolved', 'open']);
    expect(stored(1).trouble?.newShipAt).toBe(Date.UTC(2026, 10, 30, 15, 59));
  });

  it.each([
    [{ sku: 'NONE' }, 'sku_not_found'],
    [{ substitutes: ['WHITE', 'NONE'] }, 'substitute_unknown'],
    [{ substitutes: ['BLACK'] }, 'substitute_unknown'],
    [{ substitutes: Array.from({ length: 26 }, (_, at) => `S${at}`) }, 'list_invalid'],
    [{ restock: '2026-11-19' }, 'date_in_past'],
    [{ restock: '2999-01-01' }, 'date_too_far'],
    [{ restock: 'soon' }, 'date_invalid'],
    [{ note: 'x'.repeat(501) }, 'text_too_long'],
    [{ merchantId: 'other' }, 'not_allowed'],
  ])('%j is refused and changes nothing: %s', async (more, refused) => {
    expect(await report(more)).toMatchObject({ refused });
    expect(app.store.all('incidents')).toEqual([]);
    expect(app.store.all('notices')).toEqual([]);
    expect(stock('BLACK')).toBe(3);
  });

  it('is not for buyers', async () => {
    const refused = await reportStockout(app, ask(buyer(1)), { sku: 'BLACK', reason: 'supplier' });
    expect(refused).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('the choices', () => {
  beforeEach(async () => {
    await granted(report({ restock: '2026-11-25' }));
  });

  it('one waits, two want the last substitute, one is refunded; the books balance and the case files tell', async () => {
    const until = Date.UTC(2026, 10, 25, 15, 59);
    expect(await granted(choose(1, { kind: 'wait' }))).toEqual({ orderId: 'order1', kind: 'wait', untilAt: until });
    const [second, third] = await Promise.all([
      choose(2, { kind: 'swap', sku: 'WHITE' }),
      choose(3, { kind: 'swap', sku: 'WHITE' }),
    ]);
    expect(second).toEqual({ orderId: 'order2', kind: 'swap', sku: 'WHITE', differenceMinor: 800 });
    expect(third).toEqual({ refused: 'substitute_gone', data: { sku: 'WHITE' } });
    expect(await granted(choose(3, { kind: 'swap', sku: 'OOLONG' }))).toMatchObject({ differenceMinor: -1200 });
    expect(await granted(choose(4, { kind: 'refund' }))).toEqual({
      orderId: 'order4',
      kind: 'refund',
      amountMinor: 6800,
    });

    expect(stored(1)).toMatchObject({ shipBy: { at: until, basis: 'agreed' }, choice: { kind: 'wait' } });
    expect(stored(2)).toMatchObject({
      lines: [{ sku: 'WHITE', swappedFrom: 'BLACK', unitPriceMinor: 6000, reserved: 1 }],
      shipBy: { at: startOfTest + 48 * hourMs, basis: 'agreed' },
    });
    expect(stored(4).state).toBe('closed');
    expect([stock('WHITE'), stock('OOLONG')]).toEqual([0, 8]);
    expect(app.store.all('refunds')).toMatchObject([
      { orderId: 'order2', kind: 'difference', amountMinor: 800, dueAt: startOfTest + dayMs },
      { orderId: 'order4', kind: 'full', amountMinor: 6800, dueAt: startOfTest + dayMs },
    ]);
    const ledger = app.store.all('ledger');
    expect(ledger.map((entry) => entry.kind)).toEqual(['refund_opened', 'swap_difference', 'refund_opened']);
    expect(ledger.every((entry) => balanced(entry.postings))).toBe(true);
    expect(app.store.all('balances').reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
    expect(caseOf(2)).toEqual(['stock_out_reported', 'choice_made', 'stock_taken', 'refund_opened']);
    expect(caseOf(4)).toEqual(['stock_out_reported', 'choice_made', 'refund_opened']);
    expect(noticesOf('choice_made_merchant')).toHaveLength(4);
  });

  it('pressed twice, from two devices, or played again has one effect', async () => {
    const version = stored(1).version;
    const request = ask(buyer(1));
    const asked = { orderId: 'order1', version, choice: { kind: 'refund' } } as const;
    const first = await granted(chooseRemedy(app, request, asked));
    expect(await granted(chooseRemedy(app, request, asked))).toEqual(first);
    const { amountMinor, ...again } = first;
    expect(amountMinor).toBe(6800);
    expect(await granted(choose(1, { kind: 'refund' }, version))).toEqual({ ...again, alreadyMade: true });
    expect(await choose(1, { kind: 'wait' }, version)).toMatchObject({
      refused: 'already_decided',
      data: { kind: 'refund' },
    });
    expect(app.store.all('refunds')).toHaveLength(1);
    expect(app.store.all('ledger')).toHaveLength(1);
  });

  it('who waits may still be refunded, or swap, until it ships', async () => {
    await granted(choose(1, { kind: 'wait' }));
    expect(await choose(1, { kind: 'wait' })).toMatchObject({ refused: 'choice_expired' });
    await granted(choose(1, { kind: 'swap', sku: 'OOLONG' }));
    expect(stored(1).trouble).toBeUndefined();
    expect(await choose(1, { kind: 'refund' })).toMatchObject({ refused: 'choice_expired' });
    await granted(choose(2, { kind: 'wait' }));
    await granted(choose(2, { kind: 'refund' }));
    expect(stored(2).state).toBe('closed');
  });

  it('a card from before the newest report is outdated, whatever was chosen on it', async () => {
    const version = stored(1).version;
    await granted(choose(1, { kind: 'wait' }));
    await granted(report());
    expect(await choose(1, { kind: 'wait' }, version)).toMatchObject({ refused: 'card_outdated' });
    expect(await granted(choose(1, { kind: 'wait' }))).toMatchObject({ untilAt: startOfTest + 30 * dayMs });
    expect(stored(1).shipBy).toMatchObject({ indefinite: true });
  });

  it('is for the buyer alone: to anyone else the order does not exist', async () => {
    const asked = { orderId: 'order1', version: 2, choice: { kind: 'refund' } } as const;
    for (const request of [ask(buyer(2)), asMerchant(), ask(buyer(1), { guildId: '100000000000000009' })]) {
      expect(await chooseRemedy(app, request, asked)).toMatchObject({ refused: 'order_not_found' });
    }
  });

  it('a refund after a dearer swap takes the difference the merchant bore out of the books again', async () => {
    await granted(choose(1, { kind: 'swap', sku: 'OOLONG' }));
    expect(stock('OOLONG')).toBe(8);
    app.clock.advance(49 * hourMs);
    await granted(choose(1, { kind: 'refund' }));
    expect(stock('OOLONG')).toBe(9);
    const accounts = app.store.all('balances').filter((balance) => /^(goods|forgone)/.test(balance.account));
    expect(accounts.map((balance) => balance.amountMinor)).toEqual([0, 0]);
  });

  it.each([
    ['RUBY', 7500, -700],
    ['WHITE', 6000, 0],
  ])('a second swap, for %s, takes back what the first had the merchant bear', async (sku, priceMinor, forgone) => {
    await app.store.transact((tx) => tx.put('products', product(sku, { stock: 9, priceMinor })));
    await granted(choose(1, { kind: 'swap', sku: 'OOLONG' }));
    await granted(reportStockout(app, asMerchant(), { sku: 'OOLONG', reason: 'supplier', substitutes: [sku] }));
    await granted(choose(1, { kind: 'swap', sku }));
    const accounts = app.store.all('balances').filter((balance) => /^forgone/.test(balance.account));
    expect(accounts.map((balance) => balance.amountMinor)).toEqual([forgone]);
  });

  it('a second swap of one line leaves what the merchant bears for another', async () => {
    const lines = ['BLACK', 'GREEN'].map((sku) => ({ sku, name: sku, quantity: 1, unitPriceMinor: 3400 }));
    await app.store.transact(async (tx) => {
      await tx.put('orders', order(60, { ...linkedTo(buyer(60)), lines }));
      await tx.put('products', product('GREEN'));
      await tx.put('products', product('RUBY', { stock: 9, priceMinor: 5000 }));
    });
    const swap = async (out: string, sku: string) => {
      await granted(reportStockout(app, asMerchant(), { sku: out, reason: 'supplier', substitutes: [sku] }));
      await granted(choose(60, { kind: 'swap', sku }));
    };
    await swap('BLACK', 'OOLONG');
    await swap('GREEN', 'RUBY');
    await swap('OOLONG', 'WHITE');
    const goods = app.store.all('balances').find((balance) => balance.account === 'goods:order60');
    expect(goods?.amountMinor).toBe(6000 - 3400 + 5000 - 3400);
  });

  it('a refund after a cheaper swap is what has not been given back yet', async () => {
    await granted(choose(1, { kind: 'swap', sku: 'WHITE' }));
    app.clock.advance(49 * hourMs);
    expect(await granted(choose(1, { kind: 'refund' }))).toMatchObject({ amountMinor: 6000 });
    expect(app.store.all('refunds').reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(6800);
  });

  it('a store that cannot be written refuses, and nothing has happened', async () => {
    app.store.broken = true;
    expect(await choose(1, { kind: 'swap', sku: 'WHITE' })).toMatchObject({ refused: 'store_not_writable' });
    app.store.broken = false;
    expect([stock('WHITE'), stored(1).choice]).toEqual([1, undefined]);
    await granted(choose(1, { kind: 'swap', sku: 'WHITE' }));
  });
});

it('where two lines are out of stock, the second comes up when the first is settled', async () => {
  const lines = ['BLACK', 'GREEN'].map((sku) => ({ sku, name: sku, quantity: 1, unitPriceMinor: 3400 }));
  await app.store.transact((tx) => tx.put('orders', order(60, { ...linkedTo(buyer(60)), lines })));
  await app.store.transact((tx) => tx.put('products', product('GREEN')));
  await granted(reportStockout(app, asMerchant(), { sku: 'GREEN', reason: 'supplier' }));
  await granted(report());
  expect(stored(60).trouble?.sku).toBe('BLACK');
  const version = stored(60).version;
  await granted(choose(60, { kind: 'swap', sku: 'OOLONG' }));
  expect(stored(60).trouble?.sku).toBe('GREEN');
  expect(await choose(60, { kind: 'swap', sku: 'OOLONG' }, version)).toMatchObject({ refused: 'card_outdated' });
  await granted(choose(60, { kind: 'wait' }));
});
