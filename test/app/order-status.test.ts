// What a buyer sees: one order, the list, suggestions, what is owed, and messages that could not be delivered.
import { beforeEach, describe, expect, it } from 'vitest';
import { askPerson } from '../../src/app/ask-person.ts';
import { chooseRemedy } from '../../src/app/choose-remedy.ts';
import { confirmCompensation, quoteCompensation } from '../../src/app/compensate.ts';
import { linkOrderByStaff } from '../../src/app/link-order.ts';
import { listOrders, suggestOrders } from '../../src/app/list-orders.ts';
import { orderStatus, orderStatusById } from '../../src/app/order-status.ts';
import { previewRemedy } from '../../src/app/preview-remedy.ts';
import { reportDelay, reportStockout } from '../../src/app/report-incident.ts';
import { seeNotices } from '../../src/app/see-notices.ts';
import type { CompensationReason, PolicyPack } from '../../src/domain/compensation/policy.ts';
import type { Order } from '../../src/domain/order/order.ts';
import {
  ask,
  asMerchant,
  asStaff,
  guild,
  pddPack,
  policyBook,
  startOfTest,
  type TestApp,
  testApp,
} from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, dayMs, hourMs, linkedTo, merchant, order, product, setUpShop } from '../support/orders.ts';

let app: TestApp;
const me = buyer(1);
const due = (inMs: number): Partial<Order> => ({
  ...linkedTo(me),
  shipBy: { at: startOfTest + inMs, basis: 'policy' },
});
const { shipBy: _none, ...undated } = order(3, linkedTo(me));

beforeEach(async () => {
  app = testApp();
  await setUpShop(app, {
    merchants: [merchant(), merchant({ id: 'zhao', memberIds: [] })],
    orders: [
      order(1, due(dayMs)),
      order(2, due(-hourMs)),
      undated,
      order(4, { ...due(0), state: 'shipped', shippedAt: startOfTest - hourMs }),
      order(5, linkedTo(buyer(2))),
      order(6),
      order(7, { number: order(1).number, merchantId: 'zhao' }),
    ],
    products: [product('BLACK'), product('WHITE', { stock: 1, priceMinor: 6000 })],
  });
});

const report = () =>
  granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier', substitutes: ['WHITE'] }));
const delay = () => granted(reportDelay(app, asMerchant(), { sku: 'BLACK', until: '2026-11-30', reason: 'supplier' }));

describe('one order', () => {
  it('is the one named, else the most urgent open one', async () => {
    expect(await granted(orderStatus(app, ask(me), { order: order(1).number }))).toMatchObject({
      order: { id: 'order1' },
      facts: { standing: 'on_time', msLeft: dayMs },
      remedies: { version: 1 },
      timeZone: 'Asia/Shanghai',
    });
    expect(await granted(orderStatus(app, ask(me), {}))).toMatchObject({
      order: { id: 'order2' },
      facts: { standing: 'overdue' },
      expected: [{ reason: 'late_shipment' }],
    });
  });

  it('is the latest where none is open, and none where none is linked', async () => {
    await app.store.transact((tx) => tx.put('orders', order(8, { ...linkedTo(buyer(3)), state: 'delivered' })));
    expect(await granted(orderStatus(app, ask(buyer(3)), {}))).toMatchObject({ order: { id: 'order8' } });
    expect(await orderStatus(app, ask(buyer(4)), {})).toMatchObject({ refused: 'order_not_linked' });
  });

  it('of somebody else is answered like one that does not exist', async () => {
    const theirs = order(5).number;
    const missing = await orderStatus(app, ask(me), { order: 'NONE' });
    expect(missing).toEqual({ refused: 'order_not_found', data: { order: 'NONE' } });
    for (const request of [ask(me), asMerchant(), asStaff(), ask(buyer(2), { guildId: '100000000000000009' })]) {
      expect(await orderStatus(app, request, { order: theirs })).toEqual({
        refused: 'order_not_found',
        data: { order: theirs },
      });
    }
    expect(await orderStatusById(app, ask(me), 'order5')).toMatchObject({ refused: 'order_not_found' });
    expect(await granted(orderStatusById(app, ask(buyer(2)), 'order5'))).toMatchObject({ order: { id: 'order5' } });
  });

  it('tells what is owed for a stock-out whatever is chosen, and a voucher does not close the refund', async () => {
    await report();
    const { order: seen, expected } = await granted(orderStatus(app, ask(me), { order: order(1).number }));
    expect(expected).toMatchObject([{ reason: 'out_of_stock', amountMinor: 500 }]);
    await granted(chooseRemedy(app, ask(me), { orderId: seen.id, version: seen.version, choice: { kind: 'wait' } }));
    const after = await granted(orderStatus(app, ask(me), { order: order(1).number }));
    expect(after).toMatchObject({
      expected: [{ reason: 'out_of_stock' }],
      remedies: { refund: { amountMinor: 6800 } },
    });
  });

  it.each(['wait', 'refund'] as const)(
    'tells what is owed for being late also after the buyer chose to %s',
    async (kind) => {
      await delay();
      const { order: late } = await granted(orderStatus(app, ask(me), { order: order(2).number }));
      await granted(chooseRemedy(app, ask(me), { orderId: late.id, version: late.version, choice: { kind } }));
      const after = await granted(orderStatus(app, ask(me), { order: order(2).number }));
      expect(after).toMatchObject({ expected: [{ reason: 'late_shipment', amountMinor: 300 }] });
      expect(after.order.lateSince).toBe(late.shipBy?.at);
    },
  );

  it('owes nothing for lateness where the goods had left in time after all', async () => {
    const shippedAt = startOfTest - 2 * hourMs;
    const gone = order(8, { ...due(-hourMs), state: 'shipped', shippedAt, lateSince: startOfTest - hourMs });
    await app.store.transact((tx) => tx.put('orders', gone));
    expect((await granted(orderStatus(app, ask(me), { order: gone.number }))).expected).toEqual([]);
  });

  it('owes nothing for lateness where the buyer chose before the promised date', async () => {
    await delay();
    const { order: early } = await granted(orderStatus(app, ask(me), { order: order(1).number }));
    await granted(chooseRemedy(app, ask(me), { orderId: early.id, version: early.version, choice: { kind: 'wait' } }));
    expect((await granted(orderStatus(app, ask(me), { order: order(1).number }))).expected).toEqual([]);
  });

  describe('both out of stock and late', () => {
    const owed = async () => {
      const { expected } = await granted(orderStatus(app, ask(me), { order: order(2).number }));
      return expected.map(({ reason, amountMinor }) => [reason, amountMinor]);
    };
    const give = async (reason: CompensationReason) => {
      const { draftId } = await granted(quoteCompensation(app, asStaff(), { order: `lin/${order(2).number}`, reason }));
      await granted(confirmCompensation(app, asStaff(), { draftId }));
    };
    beforeEach(report);

    it('is owed for each, until it is given', async () => {
      expect(await owed()).toEqual([
        ['out_of_stock', 500],
        ['late_shipment', 300],
      ]);
      await give('out_of_stock');
      expect(await owed()).toEqual([['late_shipment', 300]]);
      await give('late_shipment');
      expect(await owed()).toEqual([]);
    });

    it('is owed the larger where the rule book says so, and nothing that `/compensate` would refuse', async () => {
      const pack: PolicyPack = { ...pddPack, severalReasons: 'largest' };
      app = { ...app, policies: policyBook(pack) };
      expect(await owed()).toEqual([['out_of_stock', 500]]);
      await give('late_shipment');
      expect(await owed()).toEqual([['out_of_stock', 200]]);
      await give('out_of_stock');
      expect(await owed()).toEqual([]);
    });
  });
});

describe('the list', () => {
  it('has the open ones, the most urgent first, those without a date last', async () => {
    const { orders, total } = await listOrders(app, ask(me));
    expect(orders.map((record) => record.id)).toEqual(['order2', 'order1', 'order3']);
    expect(total).toBe(3);
    expect((await listOrders(app, ask(me), { limit: 1 })).orders).toHaveLength(1);
  });
});

describe('suggestions', () => {
  const suggest = async (role: 'buyer' | 'merchant' | 'staff', typed: string, request = ask(me)) =>
    (await suggestOrders(app, request, { typed, role })).map((found) => found.order.id);

  it('are what the person may see in this role', async () => {
    expect(await suggest('buyer', '')).toEqual(['order2', 'order1', 'order3', 'order4']);
    expect(await suggest('merchant', '')).toEqual([]);
    expect(await suggest('merchant', '', asMerchant())).toEqual(['order2', 'order1', 'order5', 'order6', 'order3']);
    expect(await suggest('staff', '', asMerchant())).toEqual([]);
    expect(await suggest('staff', '', asStaff())).toContain('order7');
  });

  it('contain what was typed; an exact number is found also when it is not open', async () => {
    expect(await suggest('buyer', order(2).number.slice(-3))).toEqual(['order2']);
    expect(await suggest('merchant', order(4).number, asMerchant())).toEqual(['order4']);
    expect(await suggest('buyer', order(5).number)).toEqual([]);
  });

  it('are, for staff, also orders whose money is on its way back', async () => {
    await report();
    const { order: seen } = await granted(orderStatus(app, ask(me), { order: order(2).number }));
    const choice = { kind: 'refund' } as const;
    await granted(chooseRemedy(app, ask(me), { orderId: seen.id, version: seen.version, choice }));
    const end = order(2).number.slice(-3);
    expect(await suggest('staff', end, asStaff())).toEqual(['order2']);
    expect(await suggest('merchant', end, asMerchant())).toEqual([]);
  });

  it('name the merchant where two share a number, and can be handed in as they are', async () => {
    const found = await suggestOrders(app, asStaff(), { typed: order(1).number, role: 'staff' });
    expect(found.map((one) => one.number)).toEqual([`lin/${order(1).number}`, `zhao/${order(1).number}`]);
    expect(await granted(orderStatus(app, ask(me), { order: `lin/${order(1).number}` }))).toMatchObject({
      order: { id: 'order1' },
    });
  });
});

describe('the card that asks once more', () => {
  const preview = (more: object) =>
    previewRemedy(app, ask(me), { orderId: 'order1', version: 2, kind: 'refund', ...more });

  it('shows exactly what would be done', async () => {
    await report();
    expect(await granted(preview({}))).toMatchObject({ remedies: { refund: { amountMinor: 6800 } } });
    expect(await granted(preview({ kind: 'swap', sku: 'WHITE' }))).toMatchObject({
      option: { sku: 'WHITE', differenceMinor: 800 },
    });
    expect(await granted(preview({ kind: 'swap' }))).toMatchObject({
      remedies: { swap: { options: [{ sku: 'WHITE' }] } },
    });
  });

  it.each([
    [{ version: 1 }, 'card_outdated'],
    [{ kind: 'swap', sku: 'BLACK' }, 'substitute_gone'],
    [{ orderId: 'order5' }, 'order_not_found'],
    [{ orderId: 'order4', version: 1 }, 'already_shipped'],
  ])('%j is refused: %s', async (more, refused) => {
    await report();
    expect(await preview(more)).toMatchObject({ refused });
  });

  it('offers nothing where nothing is wrong', async () => {
    expect(await preview({ version: 1 })).toMatchObject({ refused: 'choice_expired' });
    expect(await preview({ version: 1, kind: 'swap', sku: 'WHITE' })).toMatchObject({ refused: 'choice_expired' });
  });
});

describe('talking to a person', () => {
  beforeEach(() =>
    app.store.transact(async (tx) => {
      const settings = await tx.get('settings', guild);
      if (settings) await tx.put('settings', { ...settings, staffChannelId: '600000000000000009' });
    }),
  );

  it('tells staff, once an hour for an order and its buyer', async () => {
    app.clock.set(startOfTest + hourMs - 60_000);
    for (let time = 0; time < 3; time++) {
      await granted(askPerson(app, ask(me), { orderId: 'order1' }));
      app.clock.advance(10 * 60_000);
    }
    expect(app.store.all('notices')).toHaveLength(1);
    app.clock.advance(30 * 60_000);
    await granted(askPerson(app, ask(me), { orderId: 'order1' }));
    expect(app.store.all('notices').map((notice) => notice.to)).toEqual([{ type: 'staff' }, { type: 'staff' }]);
    expect(app.store.all('caseEntries').map((entry) => entry.kind)).toEqual(['person_asked', 'person_asked']);
    expect(await askPerson(app, ask(buyer(2)), { orderId: 'order1' })).toMatchObject({ refused: 'order_not_found' });
  });

  it('tells them each hour also where the clock was ahead and has been set back', async () => {
    for (const at of [startOfTest, startOfTest + 9_000 * hourMs, startOfTest + hourMs, startOfTest + 2 * hourMs]) {
      app.clock.set(at);
      await granted(askPerson(app, ask(me), { orderId: 'order1' }));
    }
    expect(app.store.all('notices')).toHaveLength(4);
  });

  it('tells them of another buyer whom the order goes to within that hour', async () => {
    await granted(askPerson(app, ask(me), { orderId: 'order1' }));
    await granted(linkOrderByStaff(app, asStaff(), { order: `lin/${order(1).number}`, userId: buyer(2) }));
    await granted(askPerson(app, ask(buyer(2)), { orderId: 'order1' }));
    const asked = app.store.all('notices').filter(({ kind }) => kind === 'person_asked');
    expect(asked.map(({ data }) => data.userId)).toEqual([me, buyer(2)]);
  });
});

it('does not claim to pass anything on where staff have no channel', async () => {
  expect(await askPerson(app, ask(me), { orderId: 'order1' })).toEqual({ refused: 'staff_channel_missing', data: {} });
  expect([...app.store.all('notices'), ...app.store.all('caseEntries')]).toEqual([]);
});

describe('messages that could not be delivered', () => {
  const unreached = (id: string, userId: string) => ({
    id,
    key: id,
    guildId: guild,
    kind: 'trouble_reported' as const,
    to: { type: 'buyer' as const, userId },
    orderId: 'order1',
    data: {},
    createdAt: startOfTest,
    state: 'undeliverable' as const,
    nextAttemptAt: startOfTest,
    attempts: 3,
  });

  it('are shown with the next command, once, and the case file says so', async () => {
    await app.store.transact(async (tx) => {
      await tx.put('notices', unreached('n1', me));
      await tx.put('notices', unreached('n2', buyer(2)));
    });
    const { unseen } = await granted(orderStatus(app, ask(me), {}));
    expect(unseen.map((notice) => notice.id)).toEqual(['n1']);
    const request = ask(me);
    expect(await seeNotices(app, request, ['n1', 'n2', 'none'])).toBe(1);
    expect(await seeNotices(app, ask(me), ['n1'])).toBe(0);
    expect((await granted(orderStatus(app, ask(me), {}))).unseen).toEqual([]);
    expect(app.store.all('notices').map((notice) => notice.state)).toEqual(['sent', 'undeliverable']);
    expect(app.store.all('caseEntries')).toMatchObject([
      { kind: 'buyer_told', data: { notice: 'trouble_reported', way: 'next_command' } },
    ]);
  });
});
