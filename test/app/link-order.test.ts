// Linking: proof, the same answer for every miss, the lock, and what comes with the order.
import { beforeEach, describe, expect, it } from 'vitest';
import { linkOrder, linkOrderByStaff } from '../../src/app/link-order.ts';
import { openRefund } from '../../src/app/open-refund.ts';
import { reportStockout } from '../../src/app/report-incident.ts';
import {
  ask,
  asMerchant,
  asStaff,
  guild,
  pddPack,
  staffMember,
  startOfTest,
  type TestApp,
  testApp,
} from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, hourMs, lin, linkedTo, merchant, order, product, setUpShop } from '../support/orders.ts';

let app: TestApp;
const me = buyer(1);
const link = (number: string, proof: string, userId = me) => linkOrder(app, ask(userId), { order: number, proof });
const stored = (n: number) => app.store.all('orders').find((record) => record.id === `order${n}`);

beforeEach(async () => {
  app = testApp();
  await setUpShop(app, {
    orders: [order(1), order(2, linkedTo(buyer(2))), order(3)],
    products: [product('BLACK')],
    merchants: [merchant(), merchant({ id: 'zhao', memberIds: [] })],
  });
});

describe('by proof', () => {
  it.each(['5678', 'WANG@example.com'])('%s links', async (proof) => {
    expect(await granted(link(order(1).number, proof))).toEqual({ orderId: 'order1' });
    expect(stored(1)).toMatchObject({ buyer: { userId: me, linkedAt: startOfTest, by: 'proof' }, version: 2 });
    expect(app.store.all('caseEntries')).toMatchObject([
      { kind: 'linked', by: me, data: { userId: me, how: 'proof' } },
    ]);
  });

  it.each([
    ['1001', '#1001'],
    ['＃１００１', '#1001'],
    [' 1001 ', '1001'],
  ])('finds an order typed as %j: %s', async (typed, number) => {
    await app.store.transact(async (tx) => {
      for (const [at, known] of ['#1001', ...(number === '1001' ? ['1001'] : [])].entries()) {
        await tx.put('orders', order(20 + at, { number: known }));
      }
    });
    const { orderId } = await granted(link(typed, '5678'));
    expect(app.store.all('orders').find(({ id }) => id === orderId)?.number).toBe(number);
  });

  it('answers alike for a wrong proof, no such order, another server and an order of somebody else', async () => {
    const answers = [
      await link(order(1).number, '0000', buyer(11)),
      await link('NONE', '5678', buyer(12)),
      await link(order(2).number, '5678', buyer(13)),
      await linkOrder(app, ask(buyer(14), { guildId: '100000000000000009' }), {
        order: order(1).number,
        proof: '5678',
      }),
    ];
    for (const answer of answers) expect(answer).toEqual({ refused: 'link_failed', data: { left: 4 } });
  });

  it('five failures within an hour lock the account, also for the right proof, until the first is an hour old', async () => {
    for (let left = 4; left >= 0; left--) {
      expect(await link(order(1).number, '0000')).toEqual({ refused: 'link_failed', data: { left } });
      app.clock.advance(60_000);
    }
    expect(await link(order(1).number, '5678')).toEqual({
      refused: 'link_locked',
      data: { untilAt: startOfTest + hourMs },
    });
    expect(await link(order(3).number, '5678', buyer(3))).toEqual({ orderId: 'order3' });
    app.clock.set(startOfTest + hourMs);
    expect(await granted(link(order(1).number, '5678'))).toEqual({ orderId: 'order1' });
  });

  it('lock nobody out until a time that a clock set back has still to reach', async () => {
    app.clock.set(startOfTest + 9_000 * hourMs);
    for (let n = 0; n < 25; n++) await link(order(1).number, '0000', n < 5 ? me : buyer(100 + n));
    app.clock.set(startOfTest);
    expect(await granted(link(order(1).number, '5678'))).toEqual({ orderId: 'order1' });
  });

  it('a replayed failure is one failure', async () => {
    const request = ask(me);
    for (let time = 0; time < 9; time++) await linkOrder(app, request, { order: 'NONE', proof: '1' });
    expect(app.store.all('people')).toMatchObject([{ userId: me, failedLinksAt: [startOfTest] }]);
  });

  it('guesses at once are counted one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => link(order(1).number, `900${at}`)));
    expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'link_locked')).toHaveLength(15);
  });

  it('twenty failures within a day, from any accounts, close the order to proof until the day has passed', async () => {
    const guess = (n: number) => link(order(1).number, `90${n}`, buyer(100 + n));
    for (let n = 0; n < 20; n++) expect(await guess(n)).toMatchObject({ refused: 'link_failed' });
    app.clock.advance(hourMs);
    expect(await link(order(1).number, '5678')).toEqual({ refused: 'link_failed', data: { left: 4 } });
    expect(await granted(link(order(3).number, '5678', buyer(3)))).toEqual({ orderId: 'order3' });
    for (let n = 20; n < 30; n++) await guess(n);
    app.clock.set(startOfTest + 24 * hourMs);
    expect(await granted(link(order(1).number, '5678'))).toEqual({ orderId: 'order1' });
  });

  it('staff link by hand what is closed to proof', async () => {
    await app.store.transact((tx) =>
      tx.put('linkFailures', { id: 'order1', failedAt: Array.from({ length: 20 }, () => startOfTest) }),
    );
    expect(await link(order(1).number, '5678')).toMatchObject({ refused: 'link_failed' });
    expect(await granted(linkOrderByStaff(app, asStaff(), { order: order(1).number, userId: me }))).toEqual({
      orderId: 'order1',
    });
  });

  it('of two orders with one number, the one closed to proof is not told from another', async () => {
    const twin = order(4, { number: order(1).number, merchantId: 'zhao' });
    await app.store.transact(async (tx) => {
      await tx.put('orders', twin);
      await tx.put('linkFailures', { id: 'order4', failedAt: Array.from({ length: 20 }, () => startOfTest) });
    });
    expect(await granted(link(order(1).number, '5678'))).toEqual({ orderId: 'order1' });
  });

  it('writes as much for an order there is not', async () => {
    await link('NONE', '5678', buyer(11));
    await link(order(1).number, '0000', buyer(12));
    await link(order(2).number, '5678', buyer(13));
    expect(app.store.all('linkFailures')).toEqual(
      [`none/${guild}`, 'order1', 'order2'].map((id) => ({ id, failedAt: [startOfTest] })),
    );
  });

  it('keeps the language of the person', async () => {
    await app.store.transact((tx) => tx.put('people', { userId: me, locale: 'en-US' }));
    await link('NONE', '1');
    expect(app.store.all('people')).toMatchObject([{ locale: 'en-US' }]);
  });

  it('says so to the one it is linked to already', async () => {
    expect(await link(order(2).number, 'whatever', buyer(2))).toMatchObject({ refused: 'already_linked' });
    expect(app.store.all('people')).toEqual([]);
  });

  it('the same number at two merchants is told apart only to who proves both', async () => {
    const twin = order(4, { number: order(1).number, merchantId: 'zhao', recipient: { phone: '13900005678' } });
    await app.store.transact((tx) => tx.put('orders', twin));
    expect(await link(order(1).number, '5678')).toMatchObject({ refused: 'order_ambiguous' });
    expect(await granted(link(`zhao/${order(1).number}`, '5678'))).toEqual({ orderId: 'order4' });
    expect(await granted(link(order(1).number, 'wang@example.com', buyer(3)))).toEqual({ orderId: 'order1' });
  });
});

describe('what comes with the order', () => {
  it('its vouchers and refunds', async () => {
    await app.store.transact(async (tx) => {
      await openRefund(app, tx, {
        order: order(1),
        kind: 'full',
        amountMinor: 100,
        by: me,
        now: startOfTest,
        pack: pddPack,
      });
      await tx.put('vouchers', {
        id: 'v1',
        guildId: guild,
        merchantId: lin,
        orderId: 'order1',
        orderNumber: order(1).number,
        amountMinor: 500,
        currency: 'CNY',
        minSpendMinor: 0,
        reason: 'out_of_stock',
        issuedAt: startOfTest,
        expiresAt: startOfTest + hourMs,
        entryNumber: 1,
      });
    });
    await granted(link(order(1).number, '5678'));
    expect(app.store.all('vouchers')).toMatchObject([{ buyerId: me }]);
    expect(app.store.all('refunds')).toMatchObject([{ buyerId: me }]);
  });

  it('the trouble it is in, told once', async () => {
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    const told = () => app.store.all('notices').filter((notice) => notice.kind === 'trouble_reported');
    expect(told()).toHaveLength(1);
    await granted(link(order(1).number, '5678'));
    expect(told().at(-1)).toMatchObject({ to: { type: 'buyer', userId: me }, orderId: 'order1' });
    expect(app.store.all('incidents')).toMatchObject([{ affected: 3, told: 2, unlinked: 1 }]);
  });
});

describe('by staff', () => {
  it('links by hand, also away from another account, whose trouble the new one then hears of', async () => {
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    await granted(linkOrderByStaff(app, asStaff(), { order: order(2).number, userId: me }));
    expect(stored(2)?.buyer).toMatchObject({ userId: me, by: 'staff' });
    const told = app.store.all('notices').filter((notice) => notice.orderId === 'order2');
    expect(told.map((notice) => notice.to)).toEqual([
      { type: 'buyer', userId: buyer(2) },
      { type: 'buyer', userId: me },
    ]);
    expect(app.store.all('caseEntries').at(-1)).toMatchObject({
      kind: 'linked',
      data: { from: buyer(2), how: 'staff' },
    });
  });

  it('there and back again: who has heard of its trouble is not told twice', async () => {
    await granted(reportStockout(app, asMerchant(), { sku: 'BLACK', reason: 'supplier' }));
    for (const userId of [me, buyer(2), me]) {
      await granted(linkOrderByStaff(app, asStaff(), { order: order(2).number, userId }));
    }
    const told = app.store.all('notices').filter((notice) => notice.orderId === 'order2');
    expect(told.map(({ to }) => to)).toEqual([buyer(2), me].map((userId) => ({ type: 'buyer', userId })));
  });

  it.each([
    [{ order: 'NONE', userId: me }, 'order_not_found'],
    [{ order: order(1).number, userId: 'someone' }, 'user_unknown'],
    [{ order: order(2).number, userId: buyer(2) }, 'already_linked'],
    [{ order: order(1).number, userId: staffMember }, 'link_to_oneself'],
  ])('%j: %s', async (asked, refused) => {
    expect(await linkOrderByStaff(app, asStaff(), asked)).toMatchObject({ refused });
  });

  it('is for staff alone', async () => {
    const asked = { order: order(1).number, userId: me };
    expect(await linkOrderByStaff(app, ask(me), asked)).toMatchObject({ refused: 'not_allowed' });
    expect(await linkOrderByStaff(app, asMerchant(), asked)).toMatchObject({ refused: 'not_allowed' });
  });
});
