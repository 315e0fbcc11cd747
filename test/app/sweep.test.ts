// The other parts of the sweep: refunds, pruning, reports not yet carried to every order, and parts that fail.
import { describe, expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/app/ports.ts';
import { sweep } from '../../src/app/sweep.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import type { Refund } from '../../src/domain/refund/refund.ts';
import { refundWakeAt } from '../../src/domain/refund/wake.ts';
import { guild, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { buyer, dayMs, hourMs, order, setUpShop } from '../support/orders.ts';

function refund(n: number, dueAt: number, more: Partial<Refund> = {}): Refund {
  const opened: Refund = {
    id: `refund${n}`,
    guildId: guild,
    merchantId: 'lin',
    orderId: `order${n}`,
    orderNumber: `number${n}`,
    kind: 'full',
    amountMinor: 6800,
    currency: 'CNY',
    requestedAt: startOfTest,
    dueAt,
    state: 'due',
    reminded: 'none',
    ...more,
  };
  const wakeAt = refundWakeAt(opened);
  return wakeAt === undefined ? opened : { ...opened, wakeAt };
}

const watches = (app: TestApp) => app.store.all('notices').filter(({ kind }) => kind === 'refund_watch');

describe('refunds', () => {
  test('are brought up with staff when due soon and when overdue, once each, in one list', async () => {
    const app = testApp();
    const dueAt = startOfTest + dayMs;
    await setUpShop(app);
    await app.store.transact(async (tx) => {
      await tx.put('refunds', refund(1, dueAt));
      await tx.put('refunds', refund(2, dueAt - hourMs));
      await tx.put('refunds', refund(3, dueAt, { state: 'paid' }));
    });
    const listed: unknown[] = [];
    for (let hours = 0; hours <= 30; hours++) {
      app.clock.set(startOfTest + hours * hourMs);
      await sweep(app);
      for (const { id, data } of watches(app)) {
        listed.push([hours, data.refundIds]);
        await app.store.transact((tx) => tx.delete('notices', id));
      }
    }
    expect(listed).toEqual([
      [17, ['refund2']],
      [18, ['refund1']],
      [23, ['refund2']],
      [24, ['refund1']],
    ]);
    expect(app.store.all('refunds').map(({ wakeAt }) => wakeAt)).toEqual([undefined, undefined, undefined]);
  });

  test('overdue since long are one list after downtime', async () => {
    const app = testApp();
    await setUpShop(app);
    await app.store.transact(async (tx) => {
      for (let n = 0; n < 250; n++) await tx.put('refunds', refund(n, startOfTest + n));
    });
    app.clock.advance(3 * dayMs);
    expect((await sweep(app)).refunds).toBe(250);
    expect(watches(app).map(({ data }) => data.total)).toEqual([250]);
    await sweep(app);
    expect(watches(app)).toHaveLength(1);
  });
});

function settled(id: string, createdAt: number, more: Partial<Notice>): Notice {
  return {
    id,
    key: id,
    guildId: guild,
    kind: 'order_shipped',
    to: { type: 'buyer', userId: buyer(1) },
    data: {},
    createdAt,
    state: 'sent',
    nextAttemptAt: createdAt,
    attempts: 1,
    ...more,
  };
}

test('what served its time is let go of; what a buyer has still to see is kept', async () => {
  const app = testApp();
  const old = startOfTest - 91 * dayMs;
  await app.store.transact(async (tx) => {
    await tx.put('operations', { id: 'old', at: startOfTest - 2 * dayMs, answer: null });
    await tx.put('operations', { id: 'new', at: startOfTest - dayMs, answer: null });
    await tx.put('linkFailures', { id: 'old', failedAt: [old, startOfTest - dayMs] });
    await tx.put('linkFailures', { id: 'new', failedAt: [old, startOfTest - dayMs + 1] });
    await tx.put('notices', settled('sent', old, {}));
    await tx.put('notices', settled('dropped', old, { state: 'dropped' }));
    await tx.put('notices', settled('recent', startOfTest - 80 * dayMs, {}));
    await tx.put('notices', settled('unseen', old, { state: 'undeliverable' }));
    await tx.put('notices', settled('never seen', startOfTest - 365 * dayMs, { state: 'undeliverable' }));
    await tx.put('people', { userId: buyer(1), locale: 'en-US', seenAt: startOfTest - 365 * dayMs });
    await tx.put('people', { userId: buyer(2), locale: 'en-US', seenAt: startOfTest - 364 * dayMs });
    await tx.put('people', { userId: buyer(3), locale: 'en-US' });
    await tx.put('notices', settled('pending', old, { state: 'pending' }));
    await tx.put('notices', settled('staff', old, { state: 'undeliverable', to: { type: 'staff' } }));
  });
  expect((await sweep(app)).pruned).toBe(7);
  expect(app.store.all('people').map(({ userId }) => userId)).toEqual([buyer(2), buyer(3)]);
  expect(app.store.all('operations').map(({ id }) => id)).toEqual(['new']);
  expect(app.store.all('linkFailures').map(({ id }) => id)).toEqual(['new']);
  expect(app.store.all('notices').map(({ id }) => id)).toEqual(['recent', 'unseen', 'pending']);
});

test('a part that fails by a bug does not stop the others; a store that cannot be written is told', async () => {
  const app = testApp();
  const at = startOfTest;
  await setUpShop(app, { orders: [order(1, { shipBy: { at, basis: 'policy' }, wakeAt: at })] });
  await app.store.transact(async (tx) => {
    await tx.put('refunds', refund(1, at));
    await tx.put('operations', { id: 'old', at: at - 3 * dayMs, answer: null });
  });
  app.store.broken = true;
  await expect(sweep(app)).rejects.toThrow(StoreUnavailableError);
  app.store.broken = false;
  let transactions = 0;
  const store: TestApp['store'] = {
    ...app.store,
    transact: (work) => {
      transactions += 1;
      return transactions === 1 ? Promise.reject(new TypeError('a bug')) : app.store.transact(work);
    },
  };
  const report = await sweep({ ...app, store });
  expect([report.orders.looked, report.refunds, report.pruned]).toEqual([0, 1, 1]);
  expect((await sweep(app)).orders.pinged).toBe(1);
});

test('stops between two transactions when asked to, and loses nothing', async () => {
  const app = testApp();
  const at = startOfTest;
  await setUpShop(app, {
    orders: Array.from({ length: 250 }, (_, n) => order(n + 1, { shipBy: { at, basis: 'policy' }, wakeAt: at })),
  });
  await app.store.transact(async (tx) => {
    for (let n = 0; n < 250; n++) await tx.put('refunds', refund(n, at));
  });
  let asked = 0;
  const first = await sweep(app, () => ++asked > 1);
  expect([first.orders.pinged, first.refunds]).toEqual([100, 0]);
  const rest = await sweep(app);
  expect([rest.orders.pinged, rest.refunds]).toEqual([150, 250]);
  const digests = app.store.all('notices').filter(({ kind }) => kind === 'deadline_digest');
  expect(digests.map(({ data }) => data.total)).toEqual([250]);
  expect((await sweep(app)).orders.pinged).toBe(0);
});
