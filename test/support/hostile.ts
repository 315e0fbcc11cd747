// Arbitraries: orders and all that belongs to them, with the worst text that could stand in a marketplace's file.
import fc from 'fast-check';
import type { Voucher } from '../../src/domain/ledger/voucher.ts';
import type { Order, Trouble } from '../../src/domain/order/order.ts';
import type { Product } from '../../src/domain/stock/product.ts';
import { pddPack, startOfTest } from './app.ts';

const hour = 3_600_000;

export const hostileText = (maxLength: number) =>
  fc.oneof(
    fc
      .constantFrom(
        '@everyone',
        '<@123456789012345678>',
        '[free](https://evil.example)',
        '```',
        '# big',
        '||x||',
        '<t:0:R>',
        '\u202egnp.exe',
        '😀'.repeat(150).slice(0, maxLength),
        '[x](y)'.repeat(100).slice(0, maxLength),
        '\\'.repeat(maxLength),
      )
      .map((text) => text.slice(0, maxLength)),
    fc.string({ unit: 'grapheme', maxLength }).map((text) => text.slice(0, maxLength)),
    fc.string({ unit: fc.constantFrom(...'@<>[]()*_~`|#-\\ \n\u200b:/'), maxLength }),
  );

const some = (maxLength: number) => hostileText(maxLength).filter((text) => text.length > 0);

const instant = fc.integer({ min: startOfTest - 100 * hour, max: startOfTest + 100 * hour });

const trouble: fc.Arbitrary<Trouble> = fc.record(
  {
    incidentId: fc.constant('incident'),
    kind: fc.constantFrom('stock_out', 'delay'),
    sku: fc.constant('SKU'),
    reason: fc.constantFrom('supplier', 'weather', 'other'),
    note: hostileText(500),
    newShipAt: instant,
    reportedAt: instant,
  },
  { requiredKeys: ['incidentId', 'kind', 'reason', 'reportedAt'] },
);

export const hostileOrder: fc.Arbitrary<Order> = fc.record(
  {
    id: fc.constant('01ARZ3NDEKTSV4RR'),
    guildId: fc.constant('123456789012345678'),
    merchantId: fc.constant('linji'),
    number: some(64),
    source: fc.constant('generic'),
    state: fc.constantFrom('unpaid', 'on_hold', 'to_ship', 'shipped', 'delivered', 'closed'),
    afterSales: fc.constantFrom('none', 'processing', 'refunding', 'refunded'),
    currency: fc.constantFrom('CNY', 'USD', 'JPY', 'XTS'),
    paidMinor: fc.integer({ min: 0, max: 10 ** 12 }),
    lines: fc.array(
      fc.record({
        sku: fc.constantFrom('SKU', 'OTHER'),
        name: hostileText(300),
        quantity: fc.integer({ min: 1, max: 10 ** 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    shipBy: fc.record({ at: instant, basis: fc.constantFrom('promised', 'policy', 'agreed') }),
    shippedAt: instant,
    carrier: hostileText(60),
    tracking: hostileText(60),
    recipient: fc.constant({ name: '王小明', phone: '13812341234' }),
    policy: fc.constant({ pack: pddPack.id, version: pddPack.version }),
    trouble,
    escalatedAt: instant,
    importedAt: fc.constant(startOfTest),
    version: fc.integer({ min: 1, max: 10 ** 6 }),
  },
  {
    requiredKeys: [
      'id',
      'guildId',
      'merchantId',
      'number',
      'source',
      'state',
      'afterSales',
      'currency',
      'paidMinor',
      'lines',
      'recipient',
      'policy',
      'importedAt',
      'version',
    ],
  },
);

/** Products that may be sent instead of `SKU`. */
export const hostileSubstitutes: fc.Arbitrary<Product[]> = fc.uniqueArray(
  fc.record({
    guildId: fc.constant('123456789012345678'),
    merchantId: fc.constant('linji'),
    sku: some(64),
    name: hostileText(300),
    stock: fc.integer({ min: 1, max: 10 ** 6 }),
    priceMinor: fc.integer({ min: 0, max: 10 ** 8 }),
    substitutes: fc.constant([]),
  }),
  { selector: ({ sku }) => sku, maxLength: 25 },
);

export const hostileVoucher: fc.Arbitrary<Voucher> = fc.record({
  id: fc.constant('v'),
  guildId: fc.constant('123456789012345678'),
  merchantId: fc.constant('linji'),
  orderId: fc.constant('o'),
  orderNumber: some(64),
  amountMinor: fc.integer({ min: 1, max: 10 ** 12 }),
  currency: fc.constantFrom('CNY', 'USD', 'JPY'),
  minSpendMinor: fc.integer({ min: 0, max: 10 ** 9 }),
  reason: hostileText(40),
  issuedAt: instant,
  expiresAt: fc.integer({ min: startOfTest, max: startOfTest + 50 * 365 * 24 * hour }),
  entryNumber: fc.integer({ min: 1, max: 10 ** 9 }),
});
