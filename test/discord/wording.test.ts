// What cards say in cases a person would stumble over: each sentence as it is read, in both languages.
import { expect, it } from 'vitest';
import { importCard } from '../../commands/shop/import-card.ts';
import type { Card } from '../../src/discord/card.ts';
import { givenCard, previewCard } from '../../src/discord/views/compensate.ts';
import { type OrderView, orderCard } from '../../src/discord/views/order-card.ts';
import { stateLabel } from '../../src/discord/views/order-label.ts';
import { policyCard } from '../../src/discord/views/policy.ts';
import { merchantOrderCard } from '../../src/discord/views/shop-order.ts';
import type { Quote } from '../../src/domain/compensation/quote.ts';
import { factsOf } from '../../src/domain/order/facts.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { remediesOf } from '../../src/domain/remedy/remedies.ts';
import { unusablePlain } from '../../src/i18n/file-words.ts';
import { formatsIn } from '../../src/i18n/format.ts';
import { textsIn } from '../../src/i18n/texts.ts';
import { guild, pddPack, startOfTest } from '../support/app.ts';
import { acceptsCard, textsOf } from '../support/discord-rules.ts';
import { hourMs, order } from '../support/orders.ts';

const now = startOfTest;
const [zh, en] = (['zh-CN', 'en-US'] as const).map((locale) => ({ t: textsIn(locale), f: formatsIn(locale) })) as [
  Words,
  Words,
];
type Words = { t: ReturnType<typeof textsIn>; f: ReturnType<typeof formatsIn> };

function textOf(card: Card): string {
  acceptsCard(card);
  return textsOf(card).all.join('\n');
}

function viewOf(of: Order, pack = pddPack): OrderView {
  return {
    order: of,
    facts: factsOf(of, now),
    remedies: remediesOf(of, new Map(), pack, now),
    also: [],
    vouchers: [],
    refunds: [],
    expected: [],
    timeZone: 'Asia/Shanghai',
    now,
  };
}

it('says a refund within days where it takes weeks of hours', () => {
  const pack = { ...pddPack, refund: { dueWithinHours: 168 }, shipWithinHours: 720 };
  const late = viewOf(order(1, { shipBy: { at: now - hourMs, basis: 'policy' } }), pack);
  expect(textOf(orderCard(zh, late))).toContain('退款 ¥68.00（7 天内退回）');
  expect(textOf(orderCard(en, late))).toContain('get ¥68.00 back within 7 days');
  const book = { ...pack, inForce: true };
  expect(textOf(policyCard(zh, guild, book))).toContain('付款后 30 天内发货');
  expect(textOf(policyCard(en, guild, book))).toContain('ship within 30 days of payment');
});

it('says what each voucher still owed is for, and whether one order can have several', () => {
  const owed = [quote, { ...quote, reason: 'late_shipment' as const, amountMinor: 300 }];
  const view = { ...viewOf(order(1)), expected: owed };
  expect(textOf(orderCard(zh, view))).toMatch(/¥5\.00 无门槛券（缺货）.*\n.*¥3\.00 无门槛券（延迟发货）/);
  expect(textOf(orderCard(en, view))).toMatch(/¥5\.00 voucher \(out of stock\).*\n.*¥3\.00 voucher \(late shipment\)/);
  const book = { ...pddPack, inForce: true };
  expect(textOf(policyCard(zh, guild, book))).toContain('每种都赔');
  expect(textOf(policyCard(en, guild, { ...book, severalReasons: 'largest' }))).toContain('the largest of them');
});

it('gives the time left once, as a reader’s own Discord counts it', () => {
  const soon = viewOf(order(1, { shipBy: { at: now + 2 * hourMs - 60_000, basis: 'promised' } }));
  expect(textOf(orderCard(zh, soon))).toMatch(/快到时限\*\*。承诺发货：<t:\d+:f>（<t:\d+:R>）/);
  expect(textOf(orderCard(en, soon))).not.toContain('1 hour');
});

it('speaks of a refund only where there is something to give back', () => {
  const trouble = { incidentId: 'i', kind: 'stock_out', reason: 'supplier', reportedAt: now } as const;
  const waits = { kind: 'wait', at: now, by: '1', version: 1, incidentId: 'i' } as const;
  const shipBy = { at: now + 90 * hourMs, basis: 'agreed' } as const;
  const cases: readonly Partial<Order>[] = [
    { trouble },
    { trouble: { ...trouble, newShipAt: now + 90 * hourMs } },
    { choice: waits, shipBy },
    { choice: waits, shipBy: { ...shipBy, indefinite: true } },
    { choice: waits, shipBy: { ...shipBy, at: now - hourMs }, escalatedAt: now },
  ];
  for (const more of cases) {
    const [paid, onDelivery] = [order(1, more), order(1, { ...more, paidMinor: 0 })];
    for (const [words, refund] of [
      [zh, '退款'],
      [en, 'refund'],
    ] as const) {
      expect(textOf(orderCard(words, viewOf(paid)))).toContain(refund);
      expect(textOf(orderCard(words, viewOf(onDelivery)))).not.toContain(refund);
    }
  }
});

it('does not call on time what a buyer waits longer for', () => {
  const agreed = viewOf(order(1, { shipBy: { at: now + 90 * hourMs, basis: 'agreed' } }));
  expect(textOf(orderCard(zh, agreed))).toContain('按新的时间发');
  const open = viewOf(order(1, { shipBy: { at: now + 90 * hourMs, basis: 'agreed', indefinite: true } }));
  expect(textOf(orderCard(zh, open))).toContain('在等消息');
  expect(stateLabel(zh, open.order, now)).toBe('在等消息');
  for (const view of [agreed, open]) expect(textOf(orderCard(en, view))).not.toContain('On time');
});

it('speaks of no other item where an order has one, and its swap is late too', () => {
  const swapped = order(1, {
    choice: { kind: 'swap', sku: 'WHITE', at: now - hourMs, incidentId: 'first' },
    trouble: { incidentId: 'second', kind: 'delay', reason: 'weather', reportedAt: now },
  } as Partial<Order>);
  const text = textOf(orderCard(zh, viewOf(swapped)));
  expect(text).toContain('换成的这件也晚了');
  expect(text).not.toContain('前面那件');
});

it('names what an order of several items consists of, to its buyer and to its merchant', () => {
  const lines = ['Pot', 'Cup', 'Tray', 'Spoon', 'Cloth'].map((name, n) => ({ sku: `S${n}`, name, quantity: n + 1 }));
  const several = order(1, { lines });
  for (const card of [orderCard(en, viewOf(several)), merchantOrderCard(en, several, { now })]) {
    expect(textOf(card)).toContain('Pot × 1, Cup × 2, Tray × 3 and 2 more items');
  }
  expect(textOf(orderCard(zh, viewOf({ ...several, lines: lines.slice(0, 2) })))).toContain('Pot × 1、Cup × 2 ·');
});

const quote: Quote = {
  pack: 'pdd',
  version: pddPack.version,
  reason: 'out_of_stock',
  ruleId: 'out_of_stock',
  amountMinor: 500,
  currency: 'CNY',
  minSpendMinor: 0,
  expiresAt: now + 1000 * hourMs,
  verified: true,
  steps: [
    { code: 'fixed', data: { amountMinor: 500 } },
    { code: 'no_cap', data: {} },
  ],
} as unknown as Quote;

it('numbers the steps of a sum without making a list of the first', () => {
  const preview = {
    quote,
    order: order(1),
    draftId: 'draft00000000001',
    merchantName: '林记',
    balanceBeforeMinor: 1000,
    balanceAfterMinor: 500,
    leftTodayMinor: 100,
  };
  const text = textOf(previewCard(zh, guild, preview as Parameters<typeof previewCard>[2]));
  expect(text).toContain('\n怎么算的：1. 每单固定 ¥5.00  2. 没有封顶');
  expect(text).toContain('**赔 ¥5.00 给这单的买家**');
  const rest: Quote = { ...quote, steps: [...quote.steps, { code: 'remaining', data: { amountMinor: 200 } }] };
  const less = { ...preview, quote: rest } as Parameters<typeof previewCard>[2];
  expect(textOf(previewCard(zh, guild, less))).toContain('已赔的算在内，还差 ¥2.00');
  expect(textOf(previewCard(en, guild, less))).toContain('which counts, so ¥2.00 is left');
});

it('writes no blank within Chinese where nobody is linked', () => {
  const given = { order: order(1), reason: 'out_of_stock', amountMinor: 500, currency: 'CNY', entryNumber: 4 };
  const card = givenCard(zh, { ...given, hash: 'a'.repeat(64), by: '123456789012345678', at: now, expiresAt: now });
  expect(textOf(card)).toContain('**已赔 ¥5.00 给这单的买家**');
});

it('lists the rows that were not taken from the top of the file', () => {
  const reject = (row: number) => ({ row, reason: { code: 'order_number_missing' } as const });
  const result = { file: 'x.csv', source: 'generic', imported: 1, updated: 0, unchanged: 0, notes: [] };
  const card = importCard(en.t, {
    ...result,
    rejected: [reject(41), reject(40), reject(7)],
    rejectedTotal: 3,
    rejectedRows: 3,
  });
  expect(textOf(card).match(/Row \d+/g)).toEqual(['Row 7', 'Row 40', 'Row 41']);
});

it('puts sentences together as each language does', () => {
  expect(unusablePlain(zh.t, { unusable: 'empty' }, 'nothing_changed')).toBe('文件是空的。什么都没有改。');
  expect(unusablePlain(en.t, { unusable: 'empty' }, 'nothing_changed')).toBe('The file is empty. Nothing was changed.');
});
