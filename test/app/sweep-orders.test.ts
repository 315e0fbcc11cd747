// Digests, agreed dates that passed and choices left open: once each, whenever and however often the sweep comes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import { sweep } from '../../src/app/sweep.ts';
import type { Reminders } from '../../src/domain/merchant.ts';
import { noticedLead } from '../../src/domain/notice/deadline.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { wakeAt } from '../../src/domain/order/wake.ts';
import { guild, pddPack, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { buyer, dayMs, hourMs, linkedTo, merchant, order, setUpShop } from '../support/orders.ts';
import { discord } from '../support/outbox-world.ts';

const reminders: Reminders = { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' };

/** As saved: with the wake that every save computes. */
function saved(given: Order, mine: Reminders = reminders): Order {
  const wake = wakeAt(given, mine, pddPack);
  return wake === undefined ? given : { ...given, wakeAt: wake };
}

const dueIn = (n: number, ms: number, more: Partial<Order> = {}) =>
  saved(order(n, { shipBy: { at: startOfTest + ms, basis: 'policy' }, ...more }));

async function shop(orders: readonly Order[], mine?: Reminders): Promise<TestApp> {
  const app = testApp();
  await setUpShop(app, { orders, merchants: [merchant(mine && { reminders: mine })] });
  return app;
}

const notices = (app: TestApp, kind: Notice['kind'], to?: Notice['to']['type']) =>
  app.store.all('notices').filter((notice) => notice.kind === kind && (to === undefined || notice.to.type === to));
const orderIds = (notice: Notice | undefined) => notice?.data.orderIds;

describe('the deadline digest', () => {
  test('lists what reached a lead time, the most urgent first, once', async () => {
    const app = await shop([dueIn(1, 5 * hourMs), dueIn(2, -hourMs), dueIn(3, 40 * 60_000), dueIn(4, 3 * dayMs)]);
    const report = await sweep(app);
    expect(report.orders).toEqual({ looked: 3, pinged: 3, promisesMissed: 0, choicesReminded: 0 });
    const [digest, ...more] = notices(app, 'deadline_digest');
    expect(more).toEqual([]);
    expect(digest?.to).toEqual({ type: 'merchant', merchantId: 'lin' });
    expect(digest?.data).toEqual({ orderIds: ['order2', 'order3', 'order1'], total: 3 });
    await sweep(app);
    app.clock.advance(60_000);
    await sweep(app);
    expect(notices(app, 'deadline_digest')).toHaveLength(1);
    const entries = app.store.all('caseEntries').filter(({ kind }) => kind === 'reminded');
    expect(entries.map(({ orderId, data }) => [orderId, data.leadMs]).sort()).toEqual([
      ['order1', 6 * hourMs],
      ['order2', 0],
      ['order3', hourMs],
    ]);
  });

  test('is one for each merchant, and leaves the cards already sent valid', async () => {
    const app = testApp();
    const orders = [dueIn(1, 0), dueIn(2, 0, { merchantId: 'wu' })];
    await setUpShop(app, { orders, merchants: [merchant(), merchant({ id: 'wu', name: '吴记' })] });
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order1'], ['order2']]);
    expect(app.store.all('orders').map(({ version }) => version)).toEqual([1, 1]);
  });

  test('is a single one after three days without a sweep', async () => {
    const app = await shop([1, 2, 3, 4, 5].map((n) => dueIn(n, n * 12 * hourMs)));
    app.clock.advance(3 * dayMs);
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order1', 'order2', 'order3', 'order4', 'order5']]);
  });

  test('is a single one for more orders than fit one transaction, with the most urgent listed and all counted', async () => {
    const app = await shop(Array.from({ length: 450 }, (_, n) => dueIn(n, 20 * hourMs - n * 60_000)));
    const report = await sweep(app);
    expect(report.orders.pinged).toBe(450);
    const [digest, ...more] = notices(app, 'deadline_digest');
    expect(more).toEqual([]);
    expect(digest?.data.total).toBe(450);
    expect(orderIds(digest)).toHaveLength(200);
    expect(Array.isArray(digest?.data.orderIds) && digest.data.orderIds[0]).toBe('order449');
  });

  test('takes in what comes up before it could leave', async () => {
    const app = await shop([dueIn(1, 24 * hourMs), dueIn(2, 24 * hourMs + 60_000)]);
    await sweep(app);
    app.clock.advance(60_000);
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order1', 'order2']]);
  });

  test('carries on one that could not be sent once its nonce is forgotten, and not before', async () => {
    const app = await shop([dueIn(1, 24 * hourMs), dueIn(2, 24 * hourMs + 60_000), dueIn(3, 25 * hourMs)]);
    await sweep(app);
    const [first] = notices(app, 'deadline_digest');
    if (!first) throw new Error('no digest');
    await app.store.transact((tx) => tx.put('notices', { ...first, attempts: 1, lastAttemptAt: startOfTest }));
    app.clock.advance(60_000);
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order1'], ['order2']]);
    app.clock.set(startOfTest + hourMs);
    await sweep(app);
    const pending = notices(app, 'deadline_digest').filter(({ state }) => state === 'pending');
    expect(pending.map(orderIds)).toEqual([['order1', 'order2', 'order3']]);
    expect(app.store.all('notices').find(({ id }) => id === first.id)).toMatchObject({
      state: 'dropped',
      failure: 'joined',
    });
  });

  test('is tried as long for what joined it late as for what it began with', async () => {
    const app = testApp();
    const channelId = '500000000000000001';
    await setUpShop(app, { orders: [dueIn(1, dayMs), dueIn(2, 10 * dayMs)], merchants: [merchant({ channelId })] });
    await sweep(app);
    app.clock.advance(9 * dayMs);
    await sweep(app);
    const net = discord(app);
    net.answers.set(channelId, 'later');
    await deliverNotices(app, net);
    net.answers.clear();
    app.clock.advance(hourMs);
    await deliverNotices(app, net);
    expect(net.messages.map(({ notice }) => orderIds(notice))).toEqual([['order1', 'order2']]);
  });

  test('brings a snoozed order again, once', async () => {
    const reminded = [{ shipByAt: startOfTest + 5 * hourMs, leadMs: 6 * hourMs }];
    const app = await shop([dueIn(1, 5 * hourMs, { reminded, snoozedUntil: startOfTest + hourMs })]);
    await sweep(app);
    expect(notices(app, 'deadline_digest')).toEqual([]);
    app.clock.advance(hourMs);
    await sweep(app);
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order1']]);
    expect(app.store.all('orders')[0]).not.toHaveProperty('snoozedUntil');
  });

  test('waits for the morning, unless the deadline passes first', async () => {
    const quiet: Reminders = { ...reminders, quietHours: { from: '22:00', to: '08:00' } };
    const night = Date.UTC(2026, 10, 20, 15);
    const morning = Date.UTC(2026, 10, 21, 0);
    const by = (n: number, at: number) => saved(order(n, { shipBy: { at, basis: 'policy' } }), quiet);
    const orders = [
      by(1, night + 20 * hourMs),
      by(2, night - hourMs),
      by(3, morning - hourMs),
      by(4, morning + hourMs),
    ];
    const app = await shop(orders, quiet);
    app.clock.set(night);
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order3']]);
    const orders1 = app.store.all('orders').filter(({ id }) => id !== 'order3');
    expect(orders1.map((held) => held.wakeAt)).toEqual([morning, morning, morning]);
    app.clock.set(morning - 1);
    await sweep(app);
    app.clock.set(morning);
    await sweep(app);
    const ids = notices(app, 'deadline_digest').flatMap(orderIds);
    expect(ids.filter((id) => id === 'order1')).toHaveLength(1);
    expect(new Set(ids)).toEqual(new Set(['order1', 'order2', 'order3', 'order4']));
  });

  test('an order that cannot be planned is put off, and stops nobody', async () => {
    const broken = saved(order(1, { merchantId: 'wu', shipBy: { at: startOfTest, basis: 'policy' } }));
    const app = testApp();
    const nowhere = { ...reminders, quietHours: { from: '22:00', to: '08:00' }, timeZone: 'Nowhere/Nowhere' };
    await setUpShop(app, {
      orders: [broken, dueIn(2, 0)],
      merchants: [merchant(), merchant({ id: 'wu', reminders: nowhere })],
    });
    await sweep(app);
    expect(notices(app, 'deadline_digest').map(orderIds)).toEqual([['order2']]);
    expect(app.store.all('orders')[0]?.wakeAt).toBe(startOfTest + hourMs);
  });
});

describe('an agreed date that passed', () => {
  test('is told to buyer, merchant and staff, once, and the order is escalated', async () => {
    const agreed = (n: number, more: Partial<Order> = {}) =>
      saved(order(n, { shipBy: { at: startOfTest, basis: 'agreed' }, ...more }));
    const app = await shop([agreed(1, linkedTo(buyer(1))), agreed(2), agreed(3, { state: 'shipped' })]);
    await sweep(app);
    await sweep(app);
    expect(notices(app, 'promise_missed_buyer')).toMatchObject([
      { to: { type: 'buyer', userId: buyer(1) }, orderId: 'order1', data: { shipByAt: startOfTest } },
    ]);
    expect(notices(app, 'promise_missed_merchant', 'merchant').map(orderIds)).toEqual([['order1', 'order2']]);
    expect(notices(app, 'promise_missed_merchant', 'staff').map(orderIds)).toEqual([['order1', 'order2']]);
    const [one, two, shipped] = app.store.all('orders');
    expect([one?.escalatedAt, two?.escalatedAt, shipped?.escalatedAt]).toEqual([startOfTest, startOfTest, undefined]);
    expect(app.store.all('caseEntries').filter(({ kind }) => kind === 'promise_missed')).toHaveLength(2);
  });
});

describe('a choice left open', () => {
  test('is brought up with the buyer once, and staff see who has not answered', async () => {
    const trouble = { incidentId: 'i1', kind: 'stock_out', reason: 'supplier', reportedAt: startOfTest } as const;
    const far = { shipBy: { at: startOfTest + 30 * dayMs, basis: 'policy' } } as const;
    const open = saved(order(1, { trouble, ...far, ...linkedTo(buyer(1)) }));
    const choice = { kind: 'wait', at: startOfTest, by: buyer(2), incidentId: 'i1', version: 1 } as const;
    const app = await shop([open, saved(order(2, { trouble, choice, ...far, ...linkedTo(buyer(2)) }))]);
    app.clock.advance(pddPack.remedies.remindChoiceAfterHours * hourMs - 1);
    await sweep(app);
    expect(app.store.all('notices')).toEqual([]);
    app.clock.advance(1);
    await sweep(app);
    await sweep(app);
    expect(notices(app, 'choice_reminder')).toMatchObject([
      { to: { userId: buyer(1) }, orderId: 'order1', data: { incidentId: 'i1' } },
    ]);
    expect(notices(app, 'choices_open', 'staff').map(orderIds)).toEqual([['order1']]);
    expect(app.store.all('orders')[0]?.version).toBe(1);
  });
});

test('with nothing due, nothing is written', async () => {
  const app = await shop([dueIn(1, 3 * dayMs)]);
  app.store.broken = true;
  expect((await sweep(app)).orders.looked).toBe(0);
});

const hour = (from: number, to: number) => fc.integer({ min: from, max: to }).map((hours) => hours * hourMs);
const clockTime = fc.integer({ min: 0, max: 23 }).map((hours) => `${String(hours).padStart(2, '0')}:30`);

test('every (order, ship-by, lead) once, none passed over, at any time the sweep comes, also with the clock set back', async () => {
  const quiet = fc.record({ from: clockTime, to: clockTime });
  const zone = fc.constantFrom(
    'Asia/Shanghai',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kathmandu',
  );
  const scenario = fc.record({
    deadlines: fc.array(hour(-5, 60), { minLength: 1, maxLength: 5 }),
    looks: fc.array(hour(-20, 70), { maxLength: 12 }),
    quietHours: fc.option(quiet, { nil: undefined }),
    timeZone: zone,
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ deadlines, looks, quietHours, timeZone }) => {
      const mine: Reminders = { beforeMs: reminders.beforeMs, timeZone, ...(quietHours && { quietHours }) };
      const app = await shop(
        deadlines.map((ms, n) => saved(order(n, { shipBy: { at: startOfTest + ms, basis: 'policy' } }), mine)),
        mine,
      );
      for (const look of looks) {
        app.clock.set(startOfTest + look);
        await sweep(app);
        if (!quietHours) expectNonePassedOver(app);
      }
      // Whatever was held is out within the day after the last deadline, however short the hours that are not quiet.
      for (let later = 90; later <= 116; later++) {
        app.clock.set(startOfTest + later * hourMs);
        await sweep(app);
      }
      for (const order of app.store.all('orders')) {
        expect(noticedLead(order)).toBe(0);
        const noticed = app.store
          .all('caseEntries')
          .filter((entry) => entry.kind === 'reminded' && entry.orderId === order.id);
        const leads = noticed.map(({ data }) => data.leadMs);
        expect(new Set(leads).size).toBe(leads.length);
        expect(leads).toContain(0);
      }
      expect(app.store.all('notices').every(({ guildId }) => guildId === guild)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

function expectNonePassedOver(app: TestApp): void {
  const now = app.clock.now();
  for (const order of app.store.all('orders')) {
    const { shipBy } = order;
    const reached = [...reminders.beforeMs, 0].filter((leadMs) => shipBy && now >= shipBy.at - leadMs);
    for (const leadMs of reached) expect(noticedLead(order)).toBeLessThanOrEqual(leadMs);
  }
}
