import { describe, expect, it } from 'vitest';
import { openRefund } from '../../src/app/open-refund.ts';
import { postEntry } from '../../src/app/post-entry.ts';
import { dueRefunds, recordPaid } from '../../src/app/refunds.ts';
import { verifyChain } from '../../src/domain/ledger/chain.ts';
import { transfer } from '../../src/domain/ledger/posting.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { ask, asMerchant, asStaff, guild, pddPack, staffMember, type TestApp, testApp } from '../support/app.ts';
import { buyer, dayMs, hourMs, linkedTo, order, setUpShop } from '../support/orders.ts';

const first = order(1, linkedTo(buyer(1)));

async function shop(...orders: readonly Order[]): Promise<TestApp> {
  const app = testApp();
  await setUpShop(app, { orders });
  return app;
}

function open(app: TestApp, of: Order, amountMinor = of.paidMinor, kind: 'full' | 'difference' = 'full') {
  return app.store.transact((tx) =>
    openRefund(app, tx, { order: of, kind, amountMinor, by: buyer(1), now: app.clock.now(), pack: pddPack }),
  );
}

const balances = (app: TestApp) =>
  Object.fromEntries(app.store.all('balances').map(({ account, amountMinor }) => [account, amountMinor]));

describe('opening a refund', () => {
  it('owes the money from the merchant, due when the rule book says, and tells the buyer', async () => {
    const app = await shop(first);
    const now = app.clock.now();
    const refund = await open(app, first);
    expect(refund).toMatchObject({
      amountMinor: 6800,
      buyerId: buyer(1),
      dueAt: now + dayMs,
      wakeAt: now + 18 * hourMs,
    });
    expect(app.store.all('refunds')).toEqual([refund]);
    expect(balances(app)).toEqual({ 'merchant:lin': -6800, [`refund:${refund.id}`]: 6800 });
    expect(app.store.all('caseEntries')).toMatchObject([{ kind: 'refund_opened', data: { refundId: refund.id } }]);
    expect(app.store.all('notices')).toMatchObject([{ kind: 'refund_opened', to: { userId: buyer(1) } }]);
  });

  it('tells nobody of an order that is not linked', async () => {
    const app = await shop(order(1));
    await open(app, order(1));
    expect(app.store.all('notices')).toEqual([]);
  });
});

describe('recordPaid', () => {
  it('closes all refunds of the order, once', async () => {
    const app = await shop(first);
    await open(app, first, 800, 'difference');
    await open(app, first, 6000);
    const paidAt = app.clock.now() + hourMs;
    app.clock.set(paidAt);
    const paid = await recordPaid(app, asStaff(), { order: first.number, reference: ' WX-1 ' });
    expect(paid).toMatchObject({ orderId: first.id, amountMinor: 6800, currency: 'CNY' });
    expect(app.store.all('refunds')).toMatchObject([
      { state: 'paid', reference: 'WX-1', paidBy: staffMember, paidAt },
      { state: 'paid', reference: 'WX-1' },
    ]);
    expect(app.store.all('refunds').some((refund) => 'wakeAt' in refund)).toBe(false);
    expect(balances(app)).toMatchObject({ 'merchant:lin': -6800, outside: 6800 });
    expect(Object.values(balances(app)).reduce((sum, amount) => sum + amount, 0)).toBe(0);
    expect(verifyChain(app.store.all('ledger'))).toBeUndefined();
    expect(app.store.all('notices').filter(({ kind }) => kind === 'refund_paid')).toHaveLength(2);

    expect(await recordPaid(app, asStaff(), { order: first.number, reference: 'WX-2' })).toEqual({
      refused: 'already_paid',
      data: { order: first.number, reference: 'WX-1', paidAt },
    });
    expect(app.store.all('ledger')).toHaveLength(4);
  });

  it('refuses an order without a refund, and a reference that is none', async () => {
    const app = await shop(first, order(2));
    await open(app, first);
    const paid = (of: Order, reference: string) => recordPaid(app, asStaff(), { order: of.number, reference });
    expect(await paid(order(2), 'WX-1')).toMatchObject({ refused: 'refund_not_found' });
    expect(await paid(first, '  ')).toMatchObject({ refused: 'text_missing' });
    expect(await paid(first, 'x'.repeat(101))).toMatchObject({ refused: 'text_too_long', data: { max: 100 } });
  });

  it('is for staff alone', async () => {
    const app = await shop(first);
    await open(app, first);
    for (const request of [ask(buyer(1)), asMerchant(), ask(staffMember, { manager: true })]) {
      expect(await recordPaid(app, request, { order: first.number, reference: 'x' })).toMatchObject({
        refused: 'not_allowed',
      });
      expect(await dueRefunds(app, request)).toMatchObject({ refused: 'not_allowed' });
    }
  });
});

describe('dueRefunds', () => {
  it('lists what is not paid, the first due first, and counts what is not shown', async () => {
    const orders = Array.from({ length: 30 }, (_, n) => order(n + 1));
    const app = await shop(...orders);
    for (const of of orders.toReversed()) {
      await open(app, of);
      app.clock.advance(1000);
    }
    await recordPaid(app, asStaff(), { order: order(30).number, reference: 'WX' });
    const due = await dueRefunds(app, asStaff());
    if ('refused' in due) throw new Error(due.refused);
    expect(due.total).toBe(29);
    expect(due.refunds).toHaveLength(25);
    expect(due.refunds[0]?.orderNumber).toBe(order(29).number);
  });
});

describe('postEntry', () => {
  it('numbers and chains each server’s entries by themselves, and refuses to make money', async () => {
    const app = await shop();
    const deposit = (guildId: string, amountMinor: number) =>
      app.store.transact((tx) =>
        postEntry(tx, {
          guildId,
          kind: 'deposit',
          currency: 'CNY',
          postings: transfer('outside', 'merchant:lin', amountMinor),
          at: app.clock.now(),
          by: 'system',
        }),
      );
    await Promise.all([deposit(guild, 1), deposit('100000000000000002', 2), deposit(guild, 3)]);
    const mine = app.store.all('ledger').filter(({ guildId }) => guildId === guild);
    expect(mine.map(({ number }) => number)).toEqual([1, 2]);
    expect(verifyChain(mine)).toBeUndefined();
    await expect(deposit(guild, 0)).rejects.toThrow('unbalanced deposit entry');
  });
});
