// /order through the real client: a worried buyer asks, chooses, changes nothing twice, and sees nobody else's orders.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Notice, NoticeKind } from '../../src/domain/notice/notice.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { InteractionRecord } from '../../src/playground/local-discord/client/interaction-record.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

const hour = 3_600_000;
let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
  await shop.putProduct({ sku: 'TEA-1', name: '手工红茶礼盒', stock: 0, substitutes: ['TEA-2', 'TEA-3'] });
});
beforeEach(async () => {
  await shop.putProduct({ sku: 'TEA-2', name: '白茶礼盒', stock: 5, priceMinor: 6800, currency: 'CNY' });
  await shop.putProduct({ sku: 'TEA-3', name: '绿茶罐', stock: 3, priceMinor: 5000, currency: 'CNY' });
});
afterAll(() => shop?.stop());

let numbers = 0;
const nextNumber = () => `260517-60719897434${String(++numbers).padStart(4, '0')}`;

/** An order of this buyer that is three hours late and out of stock until the 25th. */
function troubledOrder(buyer: PersonView, more: Partial<Order> = {}): Promise<Order> {
  const now = shop.clock.now();
  return shop.putOrder({
    number: nextNumber(),
    buyer: { userId: buyer.id, linkedAt: now, by: 'proof' },
    shipBy: { at: now - 3 * hour, basis: 'promised' },
    stockOutAt: now,
    trouble: {
      incidentId: 'incident-1',
      kind: 'stock_out',
      sku: 'TEA-1',
      reason: 'supplier',
      newShipAt: Date.UTC(2026, 10, 25, 4),
      reportedAt: now,
    },
    ...more,
  });
}

async function read(asked: InteractionRecord, locale: 'zh-CN' | 'en-US' = 'zh-CN'): Promise<string> {
  await asked.response();
  return textOf(asked.message, locale);
}

describe('/order status', () => {
  it('says in Chinese what is wrong, what can be chosen and what is owed', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    const text = await read(asked);
    expect(asked.ephemeral).toBe(true);
    expect(text).toContain(`订单 ${order.number}`);
    expect(text).toContain('晚了 3 小时');
    expect(text).toContain('抱歉');
    expect(text).toContain('退款 ¥68.00');
    expect(text).toContain('等到 11月25日');
    expect(text).toContain('找人工');
    expect(text).toContain('¥5.00');
  });

  it('says the same in English, and without a number shows the most urgent', async () => {
    const anna = shop.newBuyer('anna', 'en-GB');
    const order = await troubledOrder(anna);
    const asked = await anna.command(shop.here, '/order status');
    const text = await read(asked, 'en-US');
    expect(text).toContain(`Order ${order.number}`);
    expect(text).toContain('3 hours late');
    expect(text).toContain('Refund ¥68.00');
    expect(text).toContain('Wait until 25 Nov');
    expect(text).toContain('Talk to a person');
  });

  it('answers another member as it answers for an order that does not exist', async () => {
    const order = await troubledOrder(shop.newBuyer('mei'));
    const stranger = shop.newBuyer('stranger');
    const theirs = await read(await stranger.command(shop.here, '/order status', { order: order.number }));
    const none = await read(await stranger.command(shop.here, '/order status', { order: '260517-9' }));
    expect(theirs.replace(order.number, 'N')).toBe(none.replace('260517-9', 'N'));
    expect(theirs).not.toContain('手工红茶礼盒');
    expect(await stranger.autocomplete(shop.here, '/order status', 'order', order.number.slice(0, 8))).toEqual([]);
  });

  it('tells who has linked nothing how to link', async () => {
    const text = await read(await shop.newBuyer('new').command(shop.here, '/order status'));
    expect(text).toContain('/订单 绑定');
  });

  it('suggests a buyer their own orders', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const found = await mei.autocomplete(shop.here, '/order status', 'order', order.number.slice(-4));
    expect(found.map(({ value }) => value)).toEqual([order.number]);
    expect(found[0]?.name).toContain('晚了 3 小时');
  });

  it('shows hostile names as plain text', async () => {
    const mei = shop.newBuyer('mei');
    const name = '@everyone [free](https://evil.example) **x** <@1> \u202e\u200b||y||';
    const order = await troubledOrder(mei, { lines: [{ sku: 'TEA-1', name, quantity: 1 }] });
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    const sent = JSON.stringify(asked.message);
    expect(sent).not.toContain('@everyone');
    expect(sent).not.toMatch(/\[[^\]]*\]\(http/);
    expect(sent).not.toContain('\u202e');
  });
});

describe('the choices on the card', () => {
  it('asks once more before a refund, then shows the outcome in place of the buttons', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    const question = await mei.press(asked, '退款 ¥68.00');
    expect(await read(question)).toContain(order.number);
    expect((await shop.order(order.id))?.state).toBe('to_ship');
    const done = await mei.press(question, '退款 ¥68.00');
    const text = await read(done);
    expect(text).toContain('你选了');
    expect(text).not.toContain('等到');
    expect((await shop.order(order.id))?.choice?.kind).toBe('refund');
  });

  it('goes back from the question without effect', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    const question = await mei.press(asked, '退款 ¥68.00');
    await question.response();
    expect(await read(await mei.press(question, '返回'))).toContain('等到 11月25日');
    expect((await shop.order(order.id))?.choice).toBeUndefined();
  });

  it('lets the buyer wait with one press', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    const text = await read(await mei.press(asked, '等到 11月25日'));
    expect(text).toContain('你选了');
    expect(text).toContain('退款 ¥68.00');
    expect((await shop.order(order.id))?.shipBy?.basis).toBe('agreed');
  });

  it('offers what is in stock, and swaps after asking once more', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    const pick = await mei.press(asked, '换货…');
    expect(await read(pick)).toContain('绿茶罐');
    const question = await mei.select(pick, '选一件', ['绿茶罐']);
    expect(await read(question)).toContain('退你差价 ¥18.00');
    const text = await read(await mei.press(question, '换成绿茶罐'));
    expect(text).toContain('绿茶罐 × 1');
    expect((await shop.order(order.id))?.lines[0]?.sku).toBe('TEA-3');
  });

  it('tells an old card what has been decided meanwhile, and changes nothing', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const old = await mei.command(shop.here, '/order status', { order: order.number });
    const other = await mei.command(shop.here, '/order status', { order: order.number });
    await Promise.all([old.response(), other.response()]);
    await read(await mei.press(other, '等到 11月25日'));
    const before = await shop.order(order.id);
    const text = await read(await mei.press(old, '退款 ¥68.00'));
    expect(text).toContain('什么都没改');
    expect(text).toContain('你选了');
    expect(await shop.order(order.id)).toEqual(before);
  });

  it('has one effect for two presses at once', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const cards = await Promise.all([1, 2].map(() => mei.command(shop.here, '/order status', { order: order.number })));
    await Promise.all(cards.map((card) => card.response()));
    const presses = await Promise.all(cards.map((card) => mei.press(card, '等到 11月25日')));
    const texts = await Promise.all(presses.map((press) => read(press)));
    for (const text of texts) expect(text).toContain('你选了');
    expect((await shop.order(order.id))?.version).toBe(order.version + 1);
  });

  it('answers a replayed event once', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    await read(await mei.press(asked, '等到 11月25日'));
    const refused = shop.discord.refusals.length;
    shop.discord.gateway.repeat('INTERACTION_CREATE');
    await read(await mei.command(shop.here, '/order list'));
    expect(shop.discord.refusals.length).toBe(refused);
    expect((await shop.order(order.id))?.version).toBe(order.version + 1);
  });

  it('calls a person', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    expect(await read(await mei.press(asked, '找人工'))).toContain('客服');
    await shop.discord.until(() => shop.discord.messages(shop.staffChannelId).length > 0);
  });

  it('still works on a card sent before a restart', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const asked = await mei.command(shop.here, '/order status', { order: order.number });
    await asked.response();
    await shop.restart();
    expect(await read(await mei.press(asked, '等到 11月25日'))).toContain('你选了');
  });
});

describe('/order list', () => {
  it('shows one order as its card, and several as lines to open', async () => {
    const mei = shop.newBuyer('mei');
    const first = await troubledOrder(mei);
    expect(await read(await mei.command(shop.here, '/order list'))).toContain('找人工');
    const second = await troubledOrder(mei, { shipBy: { at: shop.clock.now() + 2 * hour, basis: 'promised' } });
    const listed = await mei.command(shop.here, '/order list');
    const text = await read(listed);
    expect(text).toContain('2 单还没发货');
    expect(text.indexOf(first.number)).toBeLessThan(text.indexOf(second.number));
    expect(await read(await mei.select(listed, '选一单看详情', [second.number]))).toContain('会晚发');
  });

  it('says how to link one where there is none', async () => {
    const text = await read(await shop.newBuyer('new', 'en-US').command(shop.here, '/order list'), 'en-US');
    expect(text).toContain('/order link');
  });
});

describe('/order link', () => {
  it('links by the last four digits and shows the order', async () => {
    const mei = shop.newBuyer('mei');
    const order = await shop.putOrder({ number: nextNumber() });
    const text = await read(await mei.command(shop.here, '/order link', { order: order.number, proof: '1234' }));
    expect(text).toContain('绑好了');
    expect(text).toContain(order.number);
    expect((await shop.order(order.id))?.buyer?.userId).toBe(mei.id);
  });

  it('answers a wrong proof and an unknown order alike, and locks after five', async () => {
    const mei = shop.newBuyer('mei');
    const order = await shop.putOrder({ number: nextNumber() });
    const link = async (number: string, proof: string) =>
      read(await mei.command(shop.here, '/order link', { order: number, proof }));
    const wrong = await link(order.number, '0000');
    expect(await link('999', '0000')).toBe(wrong);
    for (let i = 0; i < 3; i++) await link('999', '0000');
    expect(await link(order.number, '1234')).toContain('试错次数太多');
    expect((await shop.order(order.id))?.buyer).toBeUndefined();
  });
});

describe('a message that could not be delivered', () => {
  const undelivered = (order: Order, kind: NoticeKind, userId: string): Notice => ({
    id: `unseen-${order.id}`,
    key: `unseen:${order.id}`,
    guildId: shop.guildId,
    kind,
    to: { type: 'buyer', userId },
    orderId: order.id,
    data: { incidentId: 'incident-1', kind: 'stock_out' },
    createdAt: shop.clock.now(),
    state: 'undeliverable',
    nextAttemptAt: shop.clock.now(),
    attempts: 1,
    failure: 'dm_closed',
  });
  const noticeOf = ({ id }: Order) => shop.app.store.read((tx) => tx.get('notices', `unseen-${id}`));

  it('is shown first with the next /order command, once', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    await shop.app.store.transact((tx) => tx.put('notices', undelivered(order, 'trouble_reported', mei.id)));
    const asked = await mei.command(shop.here, '/order list');
    const text = await read(asked);
    expect(text).toContain('有 1 条消息之前没能私信给你');
    expect(await read(await mei.press(asked, '等到 11月25日'))).toContain('你选了');
    expect(await read(await mei.command(shop.here, '/order status'))).not.toContain('没能私信给你');
    expect(await noticeOf(order)).toMatchObject({ state: 'sent', way: 'next_command' });
  });

  it('is not shown once the order is another’s, and counts as told to nobody', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(shop.newBuyer('new owner'), { state: 'shipped', tracking: '75312345678901' });
    await shop.app.store.transact((tx) => tx.put('notices', undelivered(order, 'order_shipped', mei.id)));
    const text = await read(await mei.command(shop.here, '/order list'));
    expect(text).not.toContain(order.number);
    expect(text).not.toContain('75312345678901');
    expect(await noticeOf(order)).toMatchObject({ state: 'dropped', failure: 'obsolete' });
    const entries = await shop.app.store.read((tx) => tx.list('caseEntries', 'byOrder', { group: order.id }));
    expect(entries).toEqual([]);
  });
});

describe('a person who writes to the bot', () => {
  it('gets their most urgent order in a DM, with buttons that work there', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    await mei.message('dm', '我的茶呢');
    const answer = await shop.discord.until(() => mei.dms().find(({ author }) => author.id !== mei.id));
    expect(textOf(answer)).toContain(order.number);
    const pressed = await mei.press(answer, '等到 11月25日');
    expect(await read(pressed)).toContain('你选了');
    expect(pressed.ephemeral).toBe(false);
  });

  it('gets one answer where only the word on it was lost', async () => {
    const mei = shop.newBuyer('mei');
    await troubledOrder(mei);
    const lost = shop.discord.faults.add({ route: /POST \/channels\/.*messages/, drop: true, afterEffect: true });
    const asked = await mei.message('dm', '我的茶呢');
    await shop.discord.until(
      () => shop.discord.requests.filter(({ body }) => JSON.stringify(body ?? {}).includes(asked.id)).length > 1,
    );
    expect(lost.hits()).toBe(1);
    expect(mei.dms().filter(({ author }) => author.id !== mei.id)).toHaveLength(1);
  });

  it('gets the way to it where others can read', async () => {
    const mei = shop.newBuyer('mei');
    const order = await troubledOrder(mei);
    const bot = shop.bot.botId() ?? '';
    await mei.message(shop.here, `<@${bot}> 我的茶呢`);
    const answer = await shop.discord.until(() =>
      shop.discord.messages(shop.channelId).find(({ author, flags }) => author.id === bot && ((flags ?? 0) & 64) === 0),
    );
    expect(textOf(answer)).toContain('/订单 状态');
    expect(textOf(answer)).not.toContain(order.number);
  });

  it('gets it also who picked the bot’s own role, which bears its name, and not who picked another', async () => {
    const mei = shop.newBuyer('mei');
    const bot = shop.bot.botId() ?? '';
    const answers = () =>
      shop.discord
        .messages(shop.channelId)
        .filter(({ author, flags }) => author.id === bot && ((flags ?? 0) & 64) === 0);
    const before = answers().length;
    const roles = [...shop.discord.world.guild(shop.guildId).roles.values()];
    const own = roles.find(({ botId }) => botId === bot);
    await shop.newBuyer('hua').message(shop.here, `<@&${shop.staffRoleId}> 我的茶呢`);
    await mei.message(shop.here, `<@&${own?.id}> 我的茶呢`);
    const answer = await shop.discord.until(() => answers()[before]);
    expect(textOf(answer)).toContain('/订单 状态');
    expect(answers()).toHaveLength(before + 1);
  });
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
