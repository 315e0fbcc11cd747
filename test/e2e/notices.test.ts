// Messages to people through the real client: what each says, where it goes when a DM is closed, and that none comes twice.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderNotice } from '../../src/discord/views/notice.ts';
import { gathered, type Notice, type NoticeKind, noticeKindSchema } from '../../src/domain/notice/notice.ts';
import { leaseMs } from '../../src/domain/notice/retry.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';
import { read } from '../support/reading.ts';

const hour = 3_600_000;
let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
beforeEach(async () => {
  await shop.putProduct({ sku: 'TEA-1', name: '手工红茶礼盒', stock: 2, warnBelow: 5 });
  await shop.putProduct({ sku: 'TEA-2', name: '白茶礼盒', stock: 5 });
});
afterAll(() => shop?.stop());

let numbers = 0;
function boughtBy(buyer: PersonView, more: Partial<Order> = {}): Promise<Order> {
  const now = shop.clock.now();
  return shop.putOrder({
    number: `260517-607198974346${String(++numbers).padStart(3, '0')}`,
    buyer: { userId: buyer.id, linkedAt: now, by: 'proof' },
    lines: [{ sku: `SKU-${numbers}`, name: '手工红茶礼盒', quantity: 1 }],
    shipBy: { at: now + 5 * hour, basis: 'promised' },
    ...more,
  });
}

async function outOfStock(order: Order, more: Record<string, string> = {}): Promise<void> {
  const sku = order.lines[0]?.sku ?? '';
  const asked = await shop.merchant.command(shop.here, '/shop stockout', { sku, reason: 'supplier', ...more });
  expect(await read(asked)).toContain('影响 1 单');
}

/** Whether channels are seen that say nothing of their own; the one where commands are typed says that it is. */
function everyoneSees(access: 'full' | 'hidden'): void {
  const { world } = shop.discord;
  world.setChannelAccess(shop.here.channel, 'full', shop.guildId);
  world.setRolePermissions(shop.guildId, shop.guildId, [
    'sendMessages',
    'useApplicationCommands',
    ...(access === 'full' ? (['viewChannel'] as const) : []),
  ]);
}

/** A notice of this kind about an order, as it would lie in the outbox. */
function noticeOf(kind: NoticeKind, order: Order, data: Notice['data'] = {}): Notice {
  const to = buyersOwn.has(kind)
    ? ({ type: 'buyer', userId: order.buyer?.userId ?? '' } as const)
    : ({ type: 'merchant', merchantId: order.merchantId } as const);
  const listed = kind in gathered && kind !== 'refund_watch' ? { orderIds: [order.id], total: 1 } : {};
  return {
    id: 'n',
    key: 'n',
    guildId: order.guildId,
    kind,
    to,
    orderId: order.id,
    data: { ...listed, ...data },
    createdAt: shop.clock.now(),
    state: 'pending',
    nextAttemptAt: shop.clock.now(),
    attempts: 0,
  };
}

const buyersOwn: ReadonlySet<NoticeKind> = new Set([
  'trouble_reported',
  'choice_reminder',
  'promise_missed_buyer',
  'order_shipped',
  'waybill_corrected',
  'refund_opened',
  'refund_paid',
  'compensated_buyer',
]);

/** What each kind carries, over an order in trouble. */
function dataOf(kind: NoticeKind, order: Order): Notice['data'] {
  const money = { amountMinor: 500, currency: 'CNY', reason: 'out_of_stock', entryNumber: 3 };
  const at = shop.clock.now();
  const all: Partial<Record<NoticeKind, Notice['data']>> = {
    trouble_reported: { incidentId: 'i' },
    choice_reminder: { incidentId: 'i' },
    promise_missed_buyer: { shipByAt: at },
    waybill_corrected: { oldTracking: 'SF1234567890132' },
    refund_opened: { kind: 'full', amountMinor: 6800, currency: 'CNY', dueAt: at },
    refund_paid: { amountMinor: 6800, currency: 'CNY', reference: 'REF-1' },
    compensated_buyer: { ...money, minSpendMinor: 0, expiresAt: at },
    compensated_merchant: { ...money, balanceMinor: -500 },
    choice_made_merchant: { kind: 'swap', sku: 'TEA-2' },
    low_stock: { sku: 'TEA-1', stock: 2, warnBelow: 5 },
    person_asked: { userId: order.buyer?.userId ?? '' },
    refund_watch: { refundIds: ['r'], total: 1 },
    refund_conflict: { says: 'shipped' },
  };
  return all[kind] ?? {};
}

describe('every kind of message', () => {
  it('is worded in both languages, calmly, without names or gaps', async () => {
    const now = shop.clock.now();
    const trouble = { incidentId: 'i', kind: 'stock_out', reason: 'supplier', reportedAt: now } as const;
    const order = await boughtBy(shop.newBuyer('mei'), { trouble, escalatedAt: now });
    const sent = await boughtBy(shop.newBuyer('mei'), { state: 'shipped', carrier: 'sf', tracking: 'SF1234567890123' });
    await shop.app.store.transact((tx) =>
      tx.put('refunds', {
        id: 'r',
        guildId: shop.guildId,
        merchantId: 'linji',
        orderId: order.id,
        orderNumber: order.number,
        kind: 'full',
        amountMinor: 6800,
        currency: 'CNY',
        requestedAt: now,
        dueAt: now + hour,
        state: 'due',
        reminded: 'none',
      }),
    );
    for (const kind of noticeKindSchema.options) {
      const about = kind === 'order_shipped' || kind === 'waybill_corrected' ? sent : order;
      for (const locale of ['zh-CN', 'en-US'] as const) {
        const card = await renderNotice(shop.app, noticeOf(kind, about, dataOf(kind, about)), locale);
        const text = JSON.stringify(card?.body.components ?? 'nothing');
        expect(text, `${kind} ${locale}`).toContain('"type":10');
        expect(text, `${kind} ${locale}`).not.toMatch(/[!！]|\{\{|undefined|notices\.|staff\.|王小明|13812341234| – /);
        expect(card?.body.allowed_mentions).toEqual({ parse: [] });
        expect(/\p{Script=Han}/u.test(text.replace(/手工红茶礼盒|白茶礼盒|林记/g, '')), `${kind} ${locale}`).toBe(
          locale === 'zh-CN',
        );
      }
    }
  });

  it('does not warn of a number that is right: the carrier alone was wrong', async () => {
    const tracking = 'SF1234567890123';
    const sent = await boughtBy(shop.newBuyer('mei'), { state: 'shipped', carrier: 'sf', tracking });
    for (const [oldTracking, warned] of [
      [tracking, false],
      ['SF1234567890132', true],
    ] as const) {
      const card = await renderNotice(shop.app, noticeOf('waybill_corrected', sent, { oldTracking }), 'en-US');
      expect(JSON.stringify(card?.body.components).includes('do not use')).toBe(warned);
    }
  });

  it('is left unsent once it is out of date', async () => {
    const order = await boughtBy(shop.newBuyer('mei'), { state: 'shipped' });
    const stale: NoticeKind[] = [
      'trouble_reported',
      'choice_reminder',
      'promise_missed_buyer',
      'deadline_digest',
      'choices_open',
    ];
    for (const kind of stale) {
      expect(await renderNotice(shop.app, noticeOf(kind, order, dataOf(kind, order)), 'zh-CN'), kind).toBeUndefined();
    }
    await shop.putProduct({ sku: 'TEA-1', name: '手工红茶礼盒', stock: 9, warnBelow: 5 });
    const low = noticeOf('low_stock', order, dataOf('low_stock', order));
    expect(await renderNotice(shop.app, low, 'zh-CN')).toBeUndefined();
  });
});

describe('a buyer', () => {
  it('is told in the language they use, and chooses in the DM', async () => {
    const anna = shop.newBuyer('anna', 'en-US');
    const order = await boughtBy(anna);
    await read(await anna.command(shop.here, '/order list'), 'en-US');
    await outOfStock(order, { restock: '2026-11-25', substitutes: 'TEA-2' });
    const told = await shop.discord.until(() => anna.dms()[0]);
    expect(textOf(told, 'en-US')).toContain('out of stock');
    await shop.restart();
    expect(await read(await anna.press(told, 'Wait until 25 Nov'), 'en-US')).toContain('wait');
    const merchantHears = await shop.discord.until(() =>
      shop.discord.messages(shop.shopChannelId).find((message) => textOf(message).includes('愿意等到')),
    );
    expect(textOf(merchantHears)).toContain(order.number);
  });

  it('is told at once what a process was about to say that is no more', async () => {
    const mei = shop.newBuyer('mei');
    const order = await boughtBy(mei, { state: 'shipped', shippedAt: shop.clock.now() });
    const now = shop.clock.now();
    const leased = { lastAttemptAt: now, nextAttemptAt: now + leaseMs, attempts: 1 };
    await shop.app.store.transact((tx) => tx.put('notices', { ...noticeOf('order_shipped', order), ...leased }));
    await shop.restart();
    const told = await shop.discord.until(() => mei.dms()[0]);
    expect(textOf(told)).toContain(order.number);
  });

  it('whose DM is closed is told in a private thread, by name, where nobody else reads', async () => {
    const mei = shop.newBuyer('mei');
    shop.discord.world.closeDms(mei.id);
    const order = await boughtBy(mei);
    await outOfStock(order);
    const thread = await shop.discord.until(() =>
      mei.channels(shop.guildId).find(({ name }) => name?.includes(order.number)),
    );
    const message = await shop.discord.until(() =>
      shop.discord.messages(thread.id).find((one) => textOf(one).includes('缺货')),
    );
    expect(mei.dms()).toHaveLength(0);
    expect(
      shop
        .newBuyer('stranger')
        .channels(shop.guildId)
        .some(({ id }) => id === thread.id),
    ).toBe(false);
    expect(await read(await mei.press(message, '退款 ¥68.00'))).toContain('退款 ¥68.00');
  });

  it.each([
    ['the role of everyone', everyoneSees],
    ['the channel', (access) => shop.discord.world.setChannelAccess(shop.shopChannelId, access, shop.guildId)],
  ] satisfies [string, (access: 'full' | 'hidden') => void][])(
    'who by %s may not see the shop’s channel is given no thread there, and sees it with the next command',
    async (_, set) => {
      const mei = shop.newBuyer('mei');
      shop.discord.world.closeDms(mei.id);
      shop.discord.world.setChannelAccess(shop.shopChannelId, 'full');
      set('hidden');
      const order = await boughtBy(mei);
      await outOfStock(order);
      const noticeOfIt = async () =>
        (await shop.app.store.read((tx) => tx.list('notices', 'byOrder', { group: order.id })))[0];
      await expect.poll(async () => (await noticeOfIt())?.state).toBe('undeliverable');
      const threads = [...shop.discord.world.channels.values()].filter(
        ({ parentId }) => parentId === shop.shopChannelId,
      );
      expect(threads.filter(({ name }) => name.includes(order.number))).toEqual([]);
      set('full');
      expect(await read(await mei.command(shop.here, '/order list'))).toContain(order.number);
      expect((await noticeOfIt())?.way).toBe('next_command');
    },
  );

  it('who has left the server has no thread opened for them, which nobody would read', async () => {
    const mei = shop.newBuyer('mei');
    shop.discord.world.removeMember(shop.guildId, mei.id);
    const order = await boughtBy(mei);
    await outOfStock(order);
    const stateOfIt = async () =>
      (await shop.app.store.read((tx) => tx.list('notices', 'byOrder', { group: order.id })))[0]?.state;
    await expect.poll(stateOfIt).toBe('undeliverable');
    const names = [...shop.discord.world.channels.values()].map(({ name }) => name);
    expect(names.filter((name) => name.includes(order.number))).toEqual([]);
  });

  it('who cannot be reached at all sees it with the next command, and staff know', async () => {
    const mei = shop.newBuyer('mei');
    shop.discord.world.closeDms(mei.id);
    shop.discord.world.setChannelAccess(shop.shopChannelId, 'hidden');
    const order = await boughtBy(mei);
    await outOfStock(order);
    await shop.discord.until(() => shop.logged && shop.discord.refusals.length > 0);
    await expect
      .poll(
        async () => (await shop.app.store.read((tx) => tx.list('notices', 'byOrder', { group: order.id })))[0]?.state,
      )
      .toBe('undeliverable');
    shop.clock.advance(2 * 60_000);
    await shop.bot.jobs.tick();
    const staffHear = await shop.discord.until(() =>
      shop.discord.messages(shop.staffChannelId).find((message) => textOf(message).includes(order.number)),
    );
    expect(textOf(staffHear)).toContain('没通知到');
    shop.discord.world.setChannelAccess(shop.shopChannelId, 'full');
    expect(await read(await mei.command(shop.here, '/order list'))).toContain(order.number);
    const notices = await shop.app.store.read((tx) => tx.list('notices', 'byOrder', { group: order.id }));
    expect(notices[0]?.way).toBe('next_command');
  });
});

it('met no bug', () => {
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
