// Which remedies are open, and on what terms.
import { describe, expect, it } from 'vitest';
import type { Order, OrderLine, Trouble } from '../../../src/domain/order/order.ts';
import { refundableMinor, remediesOf, swappedLine } from '../../../src/domain/remedy/remedies.ts';
import type { Product } from '../../../src/domain/stock/product.ts';
import { startOfTest as now, pddPack } from '../../support/app.ts';
import { buyer, dayMs, order, product } from '../../support/orders.ts';

const trouble: Trouble = { incidentId: 'i1', kind: 'stock_out', sku: 'BLACK', reason: 'supplier', reportedAt: now - 1 };
const dated: Trouble = { ...trouble, newShipAt: now + 5 * dayMs };
const waited = { kind: 'wait', at: now, by: buyer(1), incidentId: 'i1', version: 1 } as const;
const overdue = { shipBy: { at: now - 1, basis: 'policy' } } as const;

function remedies(more: Partial<Order>, products: Product[] = [], pack = pddPack) {
  return remediesOf(order(1, more), new Map(products.map((item) => [item.sku, item])), pack, now);
}

const shelf = (substitute: Partial<Product>, black: Partial<Product> = {}) => [
  product('BLACK', { substitutes: ['WHITE'], stock: 0, stockOutIncidentId: 'i1', ...black }),
  product('WHITE', substitute),
];

describe('when remedies are open', () => {
  it.each<[string, Partial<Order>, string[]]>([
    ['nothing wrong', {}, []],
    ['overdue', overdue, ['refund']],
    ['a report with a date', { trouble: dated }, ['wait', 'refund']],
    ['a report without a date', { trouble }, ['wait', 'refund']],
    ['a report whose date has passed', { trouble: { ...trouble, newShipAt: now } }, ['refund']],
    ['the buyer waits', { trouble: dated, choice: waited }, ['refund']],
    ['the buyer waits, trouble over', { choice: waited }, ['refund']],
    [
      'a new report while the buyer waits',
      { trouble: { ...dated, incidentId: 'i2' }, choice: waited },
      ['wait', 'refund'],
    ],
    ['an agreed date was missed', { escalatedAt: now - 1 }, ['refund']],
    ['on hold', { state: 'on_hold', trouble: dated }, ['wait', 'refund']],
    ['shipped', { state: 'shipped', trouble: dated }, []],
    ['closed', { state: 'closed', trouble: dated }, []],
    ['being refunded by the marketplace', { afterSales: 'refunding', trouble: dated }, []],
    ['unpaid', { state: 'unpaid', trouble: dated }, []],
  ])('%s', (_, more, open) => {
    const { version, ...offered } = remedies(more);
    expect(Object.keys(offered).sort()).toEqual([...open].sort());
    expect(version).toBe(1);
  });

  it('waiting is until the date named, else until the shop must ship or name one', () => {
    expect(remedies({ trouble: dated }).wait).toEqual({ untilAt: now + 5 * dayMs, indefinite: false });
    expect(remedies({ trouble }).wait).toEqual({ untilAt: now + 30 * dayMs, indefinite: true });
  });

  it('a refund is everything paid, less differences already on their way', () => {
    expect(remedies(overdue).refund).toEqual({ amountMinor: 6800, dueWithinHours: 24 });
    expect(remedies({ ...overdue, refundedMinor: 800 }).refund?.amountMinor).toBe(6000);
    expect(refundableMinor(order(1, { refundedMinor: 99_999 }))).toBe(0);
  });

  it('what the marketplace gave back before a difference here is added to it; of what it gave back since, the larger counts', () => {
    const left = (more: Partial<Order>) => refundableMinor(order(1, more));
    expect(left({ refundedMinor: 800, refundedElsewhereMinor: 1000 })).toBe(5800);
    const before = { refundedMinor: 800, refundedElsewhereFirstMinor: 1000 };
    expect(left({ ...before, refundedElsewhereMinor: 1000 })).toBe(5000);
    expect(left({ ...before, refundedElsewhereMinor: 1800 })).toBe(5000);
    expect(left({ ...before, refundedElsewhereMinor: 2000 })).toBe(4800);
    expect(left({ ...before, refundedElsewhereMinor: 99_999 })).toBe(0);
  });

  it('a refund of nothing is not offered', () => {
    expect(remedies({ trouble: dated, refundedElsewhereMinor: 6800 })).toMatchObject({ wait: {} });
    expect(remedies({ trouble: dated, refundedElsewhereMinor: 6800 }).refund).toBeUndefined();
  });

  it('what the marketplace gave back leaves the terms of a swap as they were', () => {
    const lines = ['BLACK', 'GREEN'].map((sku): OrderLine => ({ sku, name: sku, quantity: 1, unitPriceMinor: 5000 }));
    const given = { trouble, lines, paidMinor: 10_000, refundedElsewhereMinor: 5000 };
    const { swap, refund } = remedies(given, shelf({ stock: 3, priceMinor: 3000 }));
    expect(swap?.options).toMatchObject([{ sku: 'WHITE', differenceMinor: 2000 }]);
    expect(refund?.amountMinor).toBe(5000);
  });
});

describe('swaps', () => {
  const options = (more: Partial<Order>, products: Product[], pack = pddPack) =>
    remedies({ trouble, ...more }, products, pack).swap?.options;

  it.each<[string, Partial<Product>, number | undefined]>([
    ['same price', {}, 0],
    ['cheaper: the buyer gets the difference', { priceMinor: 6000 }, 800],
    ['dearer: the merchant bears it', { priceMinor: 7000 }, -200],
    ['enough on hand', { stock: 1 }, 0],
    ['none on hand', { stock: 0 }, undefined],
    ['itself reported out of stock', { stockOutIncidentId: 'i9' }, undefined],
    ['another currency: no difference is reckoned', { currency: 'USD', priceMinor: 1 }, 0],
  ])('%s', (_, substitute, differenceMinor) => {
    const offered = options({}, shelf(substitute));
    if (differenceMinor === undefined) expect(offered).toBeUndefined();
    else
      expect(offered).toMatchObject([
        { sku: 'WHITE', differenceMinor, borneBy: differenceMinor < 0 ? 'merchant' : 'nobody' },
      ]);
  });

  it('none where it is still to be paid, on delivery: nobody knows the difference', () => {
    expect(options({ paidMinor: 0 }, shelf({}))).toBeUndefined();
    const gift = [{ sku: 'BLACK', name: 'Black tea', quantity: 1, unitPriceMinor: 0 }];
    expect(options({ paidMinor: 0, lines: gift }, shelf({ priceMinor: 0 }))).toHaveLength(1);
  });

  it('price unknown: no difference is reckoned', () => {
    const { priceMinor: _unknown, ...unpriced } = product('WHITE');
    expect(options({}, [product('BLACK', { substitutes: ['WHITE'] }), unpriced])?.[0]?.differenceMinor).toBe(0);
  });

  it('a dearer one is not listed where the pack does not offer it', () => {
    const strict = { ...pddPack, remedies: { ...pddPack.remedies, dearerSwap: 'not_offered' as const } };
    expect(options({}, shelf({ priceMinor: 7000 }), strict)).toBeUndefined();
    expect(options({}, shelf({ priceMinor: 6000 }), strict)).toHaveLength(1);
  });

  it('needs as many pieces as the line has, and reckons with all of them', () => {
    const lines: OrderLine[] = [{ sku: 'BLACK', name: 'Black', quantity: 2, unitPriceMinor: 3400 }];
    expect(options({ lines }, shelf({ stock: 1, priceMinor: 3000 }))).toBeUndefined();
    expect(options({ lines }, shelf({ stock: 2, priceMinor: 3000 }))?.[0]?.differenceMinor).toBe(800);
  });

  it('gives back no more than was paid: a discount lowers the difference', () => {
    const lines: OrderLine[] = [{ sku: 'BLACK', name: 'Black', quantity: 1, unitPriceMinor: 9900 }];
    expect(options({ lines }, shelf({ priceMinor: 6000 }))?.[0]?.differenceMinor).toBe(800);
  });

  it('a discount on the order falls on each of its lines alike, in one swap after another', () => {
    const line = (sku: string): OrderLine => ({ sku, name: sku, quantity: 2, unitPriceMinor: 3000 });
    const discounted = { paidMinor: 9000, lines: [line('BLACK'), line('GREEN')] };
    const cheap = shelf({ priceMinor: 750 });
    const [first] = options(discounted, cheap) ?? [];
    expect(first?.differenceMinor).toBe(4500 - 1500);
    if (!first) return;
    const lines = [swappedLine(order(1, discounted), line('BLACK'), first, 0), line('GREEN')];
    const green = { ...trouble, sku: 'GREEN' };
    const after = { ...discounted, lines, refundedMinor: first.differenceMinor, trouble: green };
    const [second] =
      options(after, [product('GREEN', { substitutes: ['WHITE'] }), product('WHITE', { priceMinor: 750 })]) ?? [];
    expect(second?.differenceMinor).toBe(4500 - 1500);
  });

  it('where a line has no price, the only line is worth what was paid, and one of several is not reckoned', () => {
    const black: OrderLine = { sku: 'BLACK', name: 'Black', quantity: 1 };
    expect(options({ lines: [black] }, shelf({ priceMinor: 6000 }))?.[0]?.differenceMinor).toBe(800);
    const two = [black, { sku: 'GREEN', name: 'Green', quantity: 1 }];
    expect(options({ lines: two }, shelf({ priceMinor: 6000 }))?.[0]?.differenceMinor).toBe(0);
  });

  it('is about the line with the reported SKU; overdue without a report, about an only line', () => {
    const black: OrderLine = { sku: 'BLACK', name: 'Black', quantity: 1, unitPriceMinor: 100 };
    const two = [{ sku: 'GREEN', name: 'Green', quantity: 1, unitPriceMinor: 100 }, black];
    expect(remedies({ trouble, lines: two }, shelf({})).swap?.line).toEqual(black);
    expect(remedies(overdue, shelf({})).swap?.line.sku).toBe('BLACK');
    expect(remedies({ ...overdue, lines: two }, shelf({})).swap).toBeUndefined();
  });

  it('the line swapped in keeps the lower price, so that a later difference is never paid twice', () => {
    const line = order(1).lines[0] as OrderLine;
    const option = { sku: 'WHITE', name: 'White', differenceMinor: 800, borneBy: 'nobody' } as const;
    expect(swappedLine(order(1), line, option, 1)).toEqual({
      sku: 'WHITE',
      name: 'White',
      quantity: 1,
      unitPriceMinor: 6000,
      swappedFrom: 'BLACK',
      reserved: 1,
    });
    expect(swappedLine(order(1), line, { ...option, differenceMinor: -200 }, 0)).toMatchObject({
      unitPriceMinor: 6800,
      forgoneMinor: 200,
    });
    expect(swappedLine(order(1), { ...line, forgoneMinor: 900 }, option, 0)).not.toHaveProperty('forgoneMinor');
    expect(swappedLine(order(1), { ...line, swappedFrom: 'RED' }, option, 0)).toMatchObject({ swappedFrom: 'RED' });
  });
});
