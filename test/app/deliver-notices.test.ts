// The outbox: every way to a person, what is tried again, and what staff hear of.
import { describe, expect, test } from 'vitest';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import { gather } from '../../src/app/gather.ts';
import { type NoticeDraft, queueNotice } from '../../src/app/notify.ts';
import { StoreUnavailableError } from '../../src/app/ports.ts';
import { setupMerchant, setupStaff } from '../../src/app/setup.ts';
import { renderNotice } from '../../src/discord/views/notice.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import { leaseMs } from '../../src/domain/notice/retry.ts';
import { ask, guild, merchantMember, staffRole, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { buyer, dayMs, hourMs, lin, linkedTo, merchant, order, setUpShop } from '../support/orders.ts';
import { type Discord, discord } from '../support/outbox-world.ts';

const merchantChannel = '500000000000000001';
const staffChannel = '500000000000000002';
const minute = 60_000;

interface World {
  readonly app: TestApp;
  readonly net: Discord;
}

async function world(shop = merchant({ channelId: merchantChannel }), buyers = 1): Promise<World> {
  const app = testApp();
  const orders = Array.from({ length: buyers }, (_, n) => order(n + 1, linkedTo(buyer(n + 1))));
  await setUpShop(app, { orders, merchants: [shop] });
  await app.store.transact(async (tx) => {
    const settings = await tx.get('settings', guild);
    if (settings) await tx.put('settings', { ...settings, staffChannelId: staffChannel });
  });
  return { app, net: discord(app) };
}

async function queue(app: TestApp, draft: Partial<NoticeDraft> = {}): Promise<boolean> {
  return app.store.transact((tx) =>
    queueNotice(tx, app, {
      key: 'trouble_reported/order1',
      guildId: guild,
      kind: 'trouble_reported',
      to: { type: 'buyer', userId: buyer(1) },
      orderId: 'order1',
      now: app.clock.now(),
      ...draft,
    }),
  );
}

const toMerchant = { key: 'm1', kind: 'deadline_digest', to: { type: 'merchant', merchantId: lin } } as const;
const row = (app: TestApp, key = 'trouble_reported/order1') => app.store.all('notices').find((n) => n.key === key);
const places = (net: Discord) => net.messages.map(({ target }) => target);
const entries = (app: TestApp) =>
  app.store.all('caseEntries').map(({ orderId, kind, data }) => ({ orderId, kind, data }));
const staffNotices = (app: TestApp) => app.store.all('notices').filter(({ kind }) => kind === 'not_reached');

describe('a buyer', () => {
  test('is told by DM once, in their language, and the case file says so', async () => {
    const { app, net } = await world();
    await app.store.transact((tx) => tx.put('people', { userId: buyer(1), locale: 'en-US' }));
    await queue(app);
    expect(await queue(app)).toBe(false);
    expect(await deliverNotices(app, net)).toEqual({ sent: 1, later: 0, undeliverable: 0, dropped: 0 });
    await deliverNotices(app, net);
    expect(net.messages).toMatchObject([{ target: { type: 'dm', userId: buyer(1) }, locale: 'en-US' }]);
    expect(row(app)).toMatchObject({
      state: 'sent',
      way: 'dm',
      sentAt: startOfTest,
      messageId: net.messages[0]?.id,
      attempts: 1,
    });
    const data = { notice: 'trouble_reported', noticeId: row(app)?.id, way: 'dm' };
    expect(entries(app)).toEqual([{ orderId: 'order1', kind: 'buyer_told', data }]);
  });

  test('whose DMs are closed is told in a private thread, the same one each time, and no DM is tried for a day', async () => {
    const { app, net } = await world();
    net.answers.set(buyer(1), 'dm_closed');
    await queue(app);
    await deliverNotices(app, net);
    await queue(app, { key: 'second' });
    const callsBefore = net.calls;
    await deliverNotices(app, net);
    expect(net.calls - callsBefore).toBe(1);
    expect(net.threads).toMatchObject([{ channelId: merchantChannel, name: order(1).number }]);
    const thread = { type: 'thread', channelId: net.threads[0]?.id, userId: buyer(1) };
    expect(places(net)).toEqual([thread, thread]);
    expect(row(app)).toMatchObject({ state: 'sent', way: 'thread', channelId: net.threads[0]?.id });
    net.answers.clear();
    app.clock.advance(dayMs);
    await queue(app, { key: 'third' });
    await deliverNotices(app, net);
    expect(places(net)[2]).toEqual({ type: 'dm', userId: buyer(1) });
  });

  test('is tried by DM again once the clock is right by which it was found closed', async () => {
    const { app, net } = await world();
    const right = app.clock.now();
    app.clock.advance(400 * dayMs);
    net.answers.set(buyer(1), 'dm_closed');
    await queue(app);
    await deliverNotices(app, net);
    net.answers.clear();
    app.clock.set(right);
    await queue(app, { key: 'second' });
    await deliverNotices(app, net);
    expect(places(net)[1]).toEqual({ type: 'dm', userId: buyer(1) });
  });

  test('gets a new thread where the old one is gone', async () => {
    const { app, net } = await world();
    net.answers.set(buyer(1), 'dm_closed');
    await queue(app);
    await deliverNotices(app, net);
    net.answers.set(net.threads[0]?.id ?? '', 'gone');
    await queue(app, { key: 'second' });
    await deliverNotices(app, net);
    expect(row(app, 'second')).toMatchObject({ state: 'sent', way: 'thread', channelId: net.threads[1]?.id });
  });

  test('who cannot be reached stays for the next command, and staff hear of all such in one list', async () => {
    const { app, net } = await world(merchant(), 12);
    for (let n = 1; n <= 12; n++) {
      net.answers.set(buyer(n), 'dm_closed');
      await queue(app, { key: `told ${n}`, to: { type: 'buyer', userId: buyer(n) }, orderId: `order${n}` });
    }
    expect(await deliverNotices(app, net)).toMatchObject({ sent: 0, undeliverable: 12 });
    expect(row(app, 'told 1')).toMatchObject({ state: 'undeliverable', failure: 'dm_closed' });
    expect(entries(app)).toHaveLength(12);
    expect(entries(app)[0]).toMatchObject({ kind: 'buyer_not_reached', data: { failure: 'dm_closed' } });
    app.clock.advance(minute);
    await deliverNotices(app, net);
    expect(places(net)).toEqual([{ type: 'channel', channelId: staffChannel }]);
    expect(net.messages[0]?.notice.data.total).toBe(12);
  });

  test('who has left the server leaves one empty thread behind, not one for each message', async () => {
    const { app, net } = await world();
    net.answers.set(buyer(1), 'dm_closed');
    net.answers.set('in threads', 'forbidden');
    await queue(app);
    await queue(app, { key: 'second' });
    await deliverNotices(app, net);
    expect(net.threads).toHaveLength(1);
    expect([row(app)?.state, row(app, 'second')?.state]).toEqual(['undeliverable', 'undeliverable']);
  });

  test.each([
    { where: 'no thread may be opened', close: `threads ${merchantChannel}`, failure: 'dm_closed' },
    { where: 'the account is gone', close: buyer(1), failure: 'gone' },
  ])('is not reached where $where', async ({ close, failure }) => {
    const { app, net } = await world();
    net.answers.set(buyer(1), failure === 'gone' ? 'gone' : 'dm_closed');
    net.answers.set(close, failure === 'gone' ? 'gone' : 'forbidden');
    await queue(app);
    await deliverNotices(app, net);
    expect(row(app)).toMatchObject({ state: 'undeliverable', failure });
  });

  test('whose order is another’s now is told nothing', async () => {
    const { app, net } = await world();
    await queue(app, { to: { type: 'buyer', userId: buyer(9) } });
    await deliverNotices(app, net);
    expect(net.calls).toBe(0);
    expect(row(app)).toMatchObject({ state: 'dropped', failure: 'not_theirs' });
  });

  test('is told nothing where there is nothing left to say', async () => {
    const { app, net } = await world();
    net.answers.set(buyer(1), 'obsolete');
    await queue(app);
    expect(await deliverNotices(app, net)).toMatchObject({ dropped: 1 });
    expect(row(app)?.state).toBe('dropped');
    expect(entries(app)).toEqual([]);
  });

  test('gets what is for them in order, and not side by side', async () => {
    const { app, net } = await world();
    const keys = ['a', 'b', 'c', 'd'];
    for (const key of keys) {
      await queue(app, { key });
      app.clock.advance(1);
    }
    await deliverNotices(app, net);
    expect(net.messages.map(({ notice }) => notice.key)).toEqual(keys);
  });
});

describe('a merchant', () => {
  test('is told in the channel set', async () => {
    const { app, net } = await world(merchant({ channelId: merchantChannel, language: 'en-US' }));
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(net.messages).toMatchObject([{ target: { type: 'channel', channelId: merchantChannel }, locale: 'en-US' }]);
  });

  test.each([
    ['zh-CN', undefined, undefined],
    ['en-US', 'en-US', undefined],
    ['en-US', 'en-US', 'en-US'],
    ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('without a language set is told in %s where its people use %s and %s', async (locale, first, second) => {
    const other = '300000000000000009';
    const { app, net } = await world(merchant({ channelId: merchantChannel, memberIds: [merchantMember, other] }));
    await app.store.transact(async (tx) => {
      if (first) await tx.put('people', { userId: merchantMember, locale: first });
      if (second) await tx.put('people', { userId: other, locale: second });
    });
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(net.messages).toMatchObject([{ target: { type: 'channel', channelId: merchantChannel }, locale }]);
  });

  test('without a channel is told by DM to each member, once', async () => {
    const members = [merchantMember, '300000000000000009'];
    const { app, net } = await world(merchant({ memberIds: members }));
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(places(net), 'in one run: nobody calls for another').toEqual(
      members.map((userId) => ({ type: 'dm', userId })),
    );
    await deliverNotices(app, net);
    expect(net.messages).toHaveLength(members.length);
    expect(row(app, 'm1')).toMatchObject({ state: 'dropped', failure: 'split' });
    expect(staffNotices(app)).toEqual([]);
  });

  test.each(['gone', 'forbidden'] as const)('whose channel is %s is told by DM, and staff hear why', async (why) => {
    const { app, net } = await world();
    net.answers.set(merchantChannel, why);
    await queue(app, toMerchant);
    await queue(app, { ...toMerchant, key: 'm2' });
    await deliverNotices(app, net);
    await deliverNotices(app, net);
    const dm = { type: 'dm', userId: merchantMember };
    expect(places(net).filter(({ type }) => type === 'dm')).toEqual([dm, dm]);
    expect(staffNotices(app).map(({ data }) => data)).toEqual([{ merchantId: lin, failure: `channel_${why}` }]);
  });

  test('with nobody to write to: staff hear of it once a day', async () => {
    const { app, net } = await world(merchant({ memberIds: [], roleIds: ['200000000000000005'] }));
    await queue(app, toMerchant);
    await queue(app, { ...toMerchant, key: 'm2' });
    await deliverNotices(app, net);
    expect(staffNotices(app).map(({ data }) => data)).toEqual([{ merchantId: lin, failure: 'no_members' }]);
  });

  test('with nobody to write to: what is due waits in one message, and is told as soon as somebody is set up', async () => {
    const { app, net } = await world(merchant({ memberIds: [] }));
    const digest = { guildId: guild, kind: 'deadline_digest', to: toMerchant.to } as const;
    for (const id of ['order1', 'order2', 'order3']) {
      await app.store.transact((tx) => gather(tx, app, { ...digest, ids: [id], now: app.clock.now() }));
      await deliverNotices(app, net);
      app.clock.advance(minute);
    }
    app.clock.advance(hourMs);
    await deliverNotices(app, net);
    const manager = ask('500000000000000009', { manager: true });
    await setupMerchant(app, manager, { id: lin, name: 'Lin', memberId: merchantMember });
    await deliverNotices(app, net);
    await deliverNotices(app, net);
    const told = net.messages.filter(({ target }) => target.type === 'dm');
    expect(told.map(({ notice }) => notice.data)).toEqual([{ orderIds: ['order1', 'order2', 'order3'], total: 3 }]);
  });

  describe('who had nobody for hours', () => {
    const setUp = (app: TestApp) =>
      setupMerchant(app, ask('500000000000000009', { manager: true }), {
        id: lin,
        name: 'Lin',
        memberId: merchantMember,
      });

    async function waitedFor(): Promise<World> {
      const one = await world(merchant({ memberIds: [] }));
      await queue(one.app, toMerchant);
      for (let attempt = 0; attempt < 12; attempt++) {
        await deliverNotices(one.app, one.net);
        one.app.clock.advance(15 * minute);
      }
      return one;
    }

    test('is told also where the first try then fails', async () => {
      const { app, net } = await waitedFor();
      await setUp(app);
      const broken = { ...net, send: () => Promise.reject(new TypeError('once')) };
      await deliverNotices(app, broken);
      await deliverNotices(app, broken);
      app.clock.advance(minute);
      await deliverNotices(app, net);
      expect(net.messages.map(({ target }) => target)).toContainEqual({ type: 'dm', userId: merchantMember });
    });

    test('is told at once where somebody is set up just as it is found that there is nobody', async () => {
      const { app, net } = await waitedFor();
      const { read } = app.store;
      let isSetUp = false;
      app.store.read = async (work) => {
        const found = await read.call(app.store, work);
        if (!isSetUp && found && typeof found === 'object' && 'memberIds' in found) {
          isSetUp = true;
          await setUp(app);
        }
        return found as never;
      };
      await deliverNotices(app, net);
      expect(isSetUp).toBe(true);
      for (let again = 0; again < 2; again++) await deliverNotices(app, net);
      expect(net.messages.map(({ target }) => target)).toContainEqual({ type: 'dm', userId: merchantMember });
    });

    test('waits no longer for a clock that was set back', async () => {
      const { app, net } = await world(merchant({ memberIds: [] }));
      await queue(app, toMerchant);
      app.clock.advance(2 * dayMs);
      await deliverNotices(app, net);
      app.clock.set(startOfTest + hourMs);
      await deliverNotices(app, net);
      expect((row(app, 'm1')?.nextAttemptAt ?? 0) - app.clock.now()).toBeLessThanOrEqual(15 * minute);
    });
  });

  test('whose channel is gone, with nobody to write to, is not asked for again', async () => {
    const { app, net } = await world(merchant({ channelId: merchantChannel, memberIds: [] }));
    net.answers.set(merchantChannel, 'gone');
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(row(app, 'm1')).toMatchObject({ state: 'undeliverable', failure: 'channel_gone' });
  });

  test('once set up, staff are not told any more that nobody was', async () => {
    const app = testApp();
    await setUpShop(app, { merchants: [merchant({ memberIds: [] })] });
    const net = discord(app);
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(staffNotices(app)).toHaveLength(1);
    const notice = staffNotices(app)[0] as Notice;
    expect(await renderNotice(app, notice, 'zh-CN')).toBeDefined();
    await setupMerchant(app, ask('500000000000000009', { manager: true }), {
      id: lin,
      name: 'Lin',
      memberId: merchantMember,
    });
    expect(await renderNotice(app, notice, 'zh-CN')).toBeUndefined();
  });

  test('who never gets anybody: what waits is given up on after three days', async () => {
    const { app, net } = await world(merchant({ memberIds: [] }));
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    expect(row(app, 'm1')).toMatchObject({ state: 'pending' });
    app.clock.advance(3 * dayMs);
    await deliverNotices(app, net);
    expect(row(app, 'm1')).toMatchObject({ state: 'undeliverable', failure: 'expired' });
  });

  test('staff hear of closed DMs only where no member was reached', async () => {
    const other = '300000000000000009';
    const { app, net } = await world(merchant({ memberIds: [merchantMember, other] }));
    net.answers.set(merchantMember, 'dm_closed');
    await queue(app, toMerchant);
    await deliverNotices(app, net);
    await deliverNotices(app, net);
    expect(staffNotices(app)).toEqual([]);
    net.answers.set(other, 'dm_closed');
    await queue(app, { ...toMerchant, key: 'm2' });
    await deliverNotices(app, net);
    await deliverNotices(app, net);
    expect(staffNotices(app).map(({ data }) => data)).toEqual([{ merchantId: lin, failure: 'dm_closed' }]);
  });

  test('a member who has left is told nothing', async () => {
    const { app, net } = await world();
    const to = { type: 'member', merchantId: lin, userId: buyer(5) } as const;
    await queue(app, { ...toMerchant, to });
    await deliverNotices(app, net);
    expect(net.calls).toBe(0);
  });
});

test('staff hear of a merchant and of a buyer not reached at the same time, each in a message of its own', async () => {
  const { app, net } = await world(merchant({ memberIds: [] }));
  net.answers.set(buyer(1), 'dm_closed');
  await queue(app, toMerchant);
  await queue(app);
  await deliverNotices(app, net);
  app.clock.advance(minute);
  await deliverNotices(app, net);
  expect(row(app)).toMatchObject({ state: 'undeliverable', failure: 'dm_closed' });
  expect(net.messages.map(({ notice }) => notice.data)).toEqual([
    { merchantId: lin, failure: 'no_members' },
    { orderIds: ['order1'], total: 1 },
  ]);
});

test('staff without a channel are told once there is one, while it is news', async () => {
  const { app, net } = await world();
  await setUpShop(app);
  await queue(app, { key: 's', kind: 'choices_open', to: { type: 'staff' } });
  await deliverNotices(app, net);
  expect(row(app, 's')).toMatchObject({ state: 'pending' });
  expect(app.store.all('notices')).toHaveLength(1);
  app.clock.advance(hourMs);
  await deliverNotices(app, net);
  const manager = ask('500000000000000009', { manager: true });
  await setupStaff(app, manager, { roleId: staffRole, channelId: staffChannel });
  await deliverNotices(app, net);
  expect(row(app, 's')).toMatchObject({ state: 'sent', channelId: staffChannel });
});

test.each(['gone', 'forbidden'] as const)('staff whose channel is %s are told once the bot is let in', async (why) => {
  const { app, net } = await world();
  net.answers.set(staffChannel, why);
  await queue(app, { key: 's', kind: 'choices_open', to: { type: 'staff' } });
  await deliverNotices(app, net);
  const { state, nextAttemptAt = 0 } = row(app, 's') ?? {};
  expect(state).toBe('pending');
  expect(nextAttemptAt).toBeGreaterThan(app.clock.now());
  net.answers.delete(staffChannel);
  app.clock.set(nextAttemptAt);
  await deliverNotices(app, net);
  expect(row(app, 's')).toMatchObject({ state: 'sent', channelId: staffChannel });
});

test('staff whose channel takes no messages are told at once in the one set up instead', async () => {
  const { app, net } = await world();
  net.answers.set(staffChannel, 'forbidden');
  await queue(app, { key: 's', kind: 'choices_open', to: { type: 'staff' } });
  await deliverNotices(app, net);
  const manager = ask('500000000000000009', { manager: true });
  await setupStaff(app, manager, { roleId: staffRole, channelId: merchantChannel });
  await deliverNotices(app, net);
  expect(row(app, 's')).toMatchObject({ state: 'sent', channelId: merchantChannel });
});

test('staff who never get a channel are given up on after three days, and nothing else comes of it', async () => {
  const { app, net } = await world();
  await setUpShop(app);
  await queue(app, { key: 's', kind: 'choices_open', to: { type: 'staff' } });
  app.clock.advance(3 * dayMs);
  await deliverNotices(app, net);
  expect(row(app, 's')).toMatchObject({ state: 'undeliverable', failure: 'expired' });
  expect(app.store.all('notices')).toHaveLength(1);
});

describe('what did not work now', () => {
  test('is tried again after growing pauses, for three days', async () => {
    const { app, net } = await world();
    net.answers.set(buyer(1), 'later');
    await queue(app);
    const pauses: number[] = [];
    while (row(app)?.state === 'pending') {
      await deliverNotices(app, net);
      const next = row(app)?.nextAttemptAt ?? 0;
      if (row(app)?.state === 'pending') pauses.push(next - app.clock.now());
      app.clock.set(next);
    }
    expect(pauses.slice(0, 9)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900].map((seconds) => seconds * 1000));
    expect(Math.max(...pauses)).toBe(15 * minute);
    expect(row(app)).toMatchObject({ state: 'undeliverable', failure: 'expired' });
  });

  test('waits as long as it was asked to', async () => {
    const { app, net } = await world();
    const busy = { ...net, send: async () => ({ ok: false, why: 'later', retryAfterMs: hourMs }) as const };
    await queue(app);
    await deliverNotices(app, busy);
    expect(row(app)?.nextAttemptAt).toBe(startOfTest + hourMs);
  });

  test('because of a bug holds up nobody else, and is given up after ten times', async () => {
    const { app, net } = await world(merchant(), 3);
    for (const n of [1, 2, 3]) {
      await queue(app, { key: `b${n}`, to: { type: 'buyer', userId: buyer(n) }, orderId: `order${n}` });
    }
    net.before = ({ key }) => {
      if (key === 'b1') throw new TypeError('a bug');
    };
    expect(await deliverNotices(app, net)).toMatchObject({ sent: 2, later: 1 });
    for (let n = 0; n < 12; n++) {
      app.clock.advance(15 * minute);
      await deliverNotices(app, net);
    }
    expect(row(app, 'b1')).toMatchObject({ state: 'undeliverable', failure: 'error', attempts: 10 });
  });

  test('to write down what came of it leaves it alone for as long as its lease', async () => {
    const { app, net } = await world();
    await queue(app);
    let transactions = 0;
    const store: TestApp['store'] = {
      ...app.store,
      transact: (work) => (++transactions === 1 ? app.store.transact(work) : Promise.reject(new TypeError('a bug'))),
    };
    await deliverNotices({ ...app, store }, net);
    await deliverNotices({ ...app, store }, net);
    expect(net.calls).toBe(1);
    expect(row(app)).toMatchObject({ state: 'pending', attempts: 1, nextAttemptAt: app.clock.now() + leaseMs });
  });

  test('because the store is not writable is not sent twice when it is again', async () => {
    const { app, net } = await world();
    const unsettled = new Map();
    await queue(app);
    net.before = () => {
      app.store.broken = true;
    };
    await expect(deliverNotices(app, net, { unsettled })).rejects.toThrow(StoreUnavailableError);
    await expect(deliverNotices(app, net, { unsettled })).rejects.toThrow(StoreUnavailableError);
    app.store.broken = false;
    app.clock.advance(hourMs);
    expect(await deliverNotices(app, net, { unsettled })).toMatchObject({ sent: 1 });
    expect(net.messages).toHaveLength(1);
    expect(row(app)?.state).toBe('sent');
  });
});

test('what a clock ahead of time put off is sent once the clock is right again', async () => {
  const { app, net } = await world(merchant(), 2);
  app.clock.set(startOfTest + 365 * dayMs);
  net.answers.set(buyer(1), 'later');
  await queue(app);
  await deliverNotices(app, net);
  await queue(app, { key: 'other', to: { type: 'buyer', userId: buyer(2) }, orderId: 'order2' });
  app.clock.set(startOfTest);
  net.answers.clear();
  await queue(app, { key: 'held', notBefore: startOfTest + hourMs });
  expect(await deliverNotices(app, net)).toMatchObject({ sent: 2 });
  expect(row(app, 'held')?.state).toBe('pending');
});

test('many leave in small batches, with a pause between, and a stop ends after one', async () => {
  const { app, net } = await world(merchant(), 35);
  const dueNow = (): Notice[] => app.store.all('notices').filter(({ state }) => state === 'pending');
  for (let n = 1; n <= 35; n++) {
    await queue(app, { key: `k${n}`, to: { type: 'buyer', userId: buyer(n) }, orderId: `order${n}` });
  }
  await deliverNotices(app, net, { stopping: () => net.calls > 0 });
  expect(dueNow()).toHaveLength(25);
  let pauses = 0;
  await deliverNotices(app, net, {
    pause: async () => {
      pauses += 1;
    },
  });
  expect([dueNow().length, pauses, net.messages.length]).toEqual([0, 2, 35]);
});
