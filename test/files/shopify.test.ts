import { describe, expect, it } from 'vitest';
import { type ShopifyOrder, shopifyCsv } from '../support/shopify-file.ts';
import { readUsable } from './read-all.ts';

const line = { name: 'Tea set - Red', sku: 'TEA-R', quantity: 2, price: '10.00' };
const order = (cells: Record<string, string>): ShopifyOrder => ({ name: '#1001', lines: [line], cells });

async function draftOf(cells: Record<string, string>) {
  const { taken, rejected } = await readUsable(shopifyCsv([order(cells)]));
  expect(rejected).toEqual([]);
  return taken[0]?.draft;
}

describe('a Shopify order', () => {
  it('is joined from its lines, the first of which holds the order’s own cells', async () => {
    const lines = [line, { name: 'Cup', quantity: 1, price: '5.00' }, { name: 'Cup', quantity: 1, price: '5.00' }];
    const { file, taken } = await readUsable(shopifyCsv([{ name: '#1001', lines }, order({})].slice(0, 1)));
    expect(file.source).toBe('shopify');
    expect(file.notes).toEqual([{ code: 'no_promised_date' }]);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.draft).toEqual({
      number: '#1001',
      state: 'to_ship',
      afterSales: 'none',
      currency: 'USD',
      paidMinor: 2500,
      lines: [
        { sku: 'TEA-R', name: 'Tea set - Red', quantity: 2, unitPriceMinor: 1000 },
        { sku: 'Cup', name: 'Cup', quantity: 1, unitPriceMinor: 500 },
        { sku: 'Cup', name: 'Cup', quantity: 1, unitPriceMinor: 500 },
      ],
      paidAt: Date.parse('2026-06-05T14:00:00Z'),
      recipient: {
        name: 'Ada Example',
        phone: '+1 413 555 0100',
        email: 'buyer@example.invalid',
        address: '1 Main St, Apt 2, Springfield, MA, 01101, US',
        region: 'MA',
      },
    });
  });

  it.each([
    [
      { 'Financial Status': 'pending', 'Paid at': '' },
      { state: 'unpaid', paidMinor: 0 },
    ],
    [
      { 'Financial Status': 'partially_paid', 'Outstanding Balance': '5.00' },
      { state: 'to_ship', paidMinor: 2000 },
    ],
    [{ 'Financial Status': 'refunded' }, { afterSales: 'refunded' }],
    [
      { 'Financial Status': 'partially_refunded', 'Refunded Amount': '7.50' },
      { state: 'to_ship', paidMinor: 2500, refundedMinor: 750 },
    ],
    [{ 'Financial Status': 'voided' }, { state: 'cancelled' }],
    [{ 'Cancelled at': '2026-06-06 10:00:00 -0400' }, { state: 'cancelled' }],
    [{ 'Fulfillment Status': '' }, { state: 'to_ship' }],
    [{ 'Fulfillment Status': 'fulfilled', 'Financial Status': 'pending' }, { state: 'shipped' }],
    [{ 'Fulfillment Status': 'restocked' }, { state: 'cancelled' }],
    [{ 'Fulfillment Status': 'on_hold' }, { state: 'on_hold' }],
    [
      { Currency: 'JPY', Total: '2500', 'Lineitem price': '1000' },
      { currency: 'JPY', paidMinor: 2500 },
    ],
    [{ 'Paid at': '' }, { paidAt: Date.parse('2026-06-05T13:59:00Z') }],
  ])('%j', async (cells, expected) => {
    expect(await draftOf(cells)).toMatchObject(expected);
  });

  const cod = { 'Financial Status': 'pending', 'Paid at': '', 'Payment Method': 'Cash on Delivery (COD)' };

  it.each([
    [{}, { paysOnDelivery: true, paidAt: Date.parse('2026-06-05T13:59:00Z') }, ['pays_on_delivery']],
    [{}, { state: 'to_ship', paidMinor: 0 }, ['pays_on_delivery']],
    [{ 'Outstanding Balance': '25.00' }, { state: 'to_ship', paidMinor: 0 }, ['pays_on_delivery']],
    [{ 'Payment Method': 'cash on delivery' }, { state: 'to_ship', paidMinor: 0 }, ['pays_on_delivery']],
    [{ 'Fulfillment Status': 'on_hold' }, { state: 'on_hold', paidMinor: 0 }, ['pays_on_delivery']],
    [{ 'Cancelled at': '2026-06-06 10:00:00 -0400' }, { state: 'cancelled' }, []],
    [{ 'Fulfillment Status': 'fulfilled' }, { state: 'shipped', paidMinor: 0, paysOnDelivery: true }, []],
    [{ 'Financial Status': 'paid' }, { state: 'to_ship', paidMinor: 2500 }, []],
    [{ 'Financial Status': 'voided' }, { state: 'cancelled' }, []],
    [{ 'Payment Method': 'Bank Deposit' }, { state: 'unpaid', paidMinor: 0 }, []],
    [{ 'Payment Method': '' }, { state: 'unpaid', paidMinor: 0 }, []],
  ])('paid for on delivery is to be shipped: %j', async (cells, expected, notes) => {
    const { taken, rejected } = await readUsable(shopifyCsv([order({ ...cod, ...cells })]));
    expect(rejected).toEqual([]);
    expect(taken[0]?.draft).toMatchObject(expected);
    expect(taken[0]?.notes.map(({ code }) => code)).toEqual(notes);
  });

  it('once paid for on delivery owes nothing more', async () => {
    expect(await draftOf({ ...cod, 'Financial Status': 'paid' })).not.toHaveProperty('paysOnDelivery');
  });

  it('counts once where all of it comes again, as in two exports put together', async () => {
    const lines = [line, { name: 'Cup', quantity: 1, price: '5.00' }, { name: 'Cup', quantity: 1, price: '5.00' }];
    const [header = '', ...rows] = shopifyCsv([{ name: '#1001', lines }])
      .trimEnd()
      .split('\n');
    const { taken } = await readUsable([header, ...rows, header, ...rows, ''].join('\n'));
    expect(taken).toHaveLength(1);
    expect(taken[0]?.draft.lines).toHaveLength(3);
    expect(taken[0]?.notes).toEqual([6, 7, 8].map((row) => ({ code: 'duplicate_row', row })));
    const cut = await readUsable([header, ...rows, ...rows.slice(0, 2), ''].join('\n'));
    expect(cut.taken[0]?.draft.lines).toHaveLength(5);
  });

  it('says what is done in part', async () => {
    const cells = { 'Fulfillment Status': 'partial', 'Financial Status': 'partially_refunded' };
    const { taken } = await readUsable(shopifyCsv([order(cells)]));
    expect(taken[0]?.notes.map((note) => note.code).sort()).toEqual(['part_refunded', 'part_shipped']);
  });

  it('is rejected for an unknown state or currency', async () => {
    const files = [{ 'Financial Status': 'teapot' }, { Currency: 'XXZ' }].map((cells) => shopifyCsv([order(cells)]));
    const results = await Promise.all(files.map((text) => readUsable(text)));
    expect(results.map((result) => result.rejected)).toEqual([
      [{ row: 2, column: 'Financial Status', reason: { code: 'state_unknown', value: 'teapot' } }],
      [{ row: 2, column: 'Currency', reason: { code: 'currency_unknown', value: 'XXZ' } }],
    ]);
  });
});
