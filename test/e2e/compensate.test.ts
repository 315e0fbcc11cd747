// /compensate through the real client: quoted with every step, given once, whoever presses how often.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order/order.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';
import { read } from '../support/reading.ts';

let shop: TestBot;
let colleague: PersonView;
beforeAll(async () => {
  shop = await startTestBot();
  const user = shop.discord.world.addUser({ name: 'ann', locale: 'en-US' });
  shop.discord.world.addMember(shop.guildId, user, { roles: [shop.staffRoleId] });
  colleague = shop.discord.person(user);
  await read(await shop.manager.command(shop.here, '/setup deposit', { merchant: 'linji', amount: '1240' }));
});
afterAll(() => shop?.stop());

let numbers = 0;
function orderOf(buyer?: PersonView, more: Partial<Order> = {}): Promise<Order> {
  return shop.putOrder({
    number: `260517-607198974343${String(++numbers).padStart(3, '0')}`,
    ...(buyer && { buyer: { userId: buyer.id, linkedAt: shop.clock.now(), by: 'proof' as const } }),
    ...more,
  });
}

function quoted(by: PersonView, order: Order, more: Record<string, string> = {}) {
  return by.command(shop.here, '/compensate', { order: order.number, reason: 'out_of_stock', ...more });
}

async function given(order: Order): Promise<number> {
  return shop.app.store.read((tx) => tx.count('vouchers', 'byOrder', { group: order.id }));
}

describe('/compensate', () => {
  it('shows the rule, each step and the balance, then who, when, entry and hash', async () => {
    const mei = shop.newBuyer('mei');
    const order = await orderOf(mei);
    const preview = await quoted(shop.staff, order);
    const text = await read(preview);
    expect(preview.ephemeral).toBe(true);
    expect(text).toContain('赔 ¥5.00 给');
    expect(text).toContain(`订单 ${order.number} · 缺货 · 规则 pdd / out_of_stock`);
    expect(text).toContain('1. 每单固定 ¥5.00');
    expect(text).toContain('2. 没有封顶');
    expect(text).toContain('3. 这单已赔 ¥0.00');
    expect(text).toContain('4. 赔完你今天还可以赔 ¥4,995.00');
    expect(text).toContain('林记 余额 ¥1,240.00 → ¥1,235.00');
    expect(await given(order)).toBe(0);

    const done = await read(await shop.staff.press(preview, '确认赔 ¥5.00'));
    const entry = await shop.app.store.read((tx) => tx.list('ledger', 'byOrder', { group: order.id }));
    expect(done).toContain(`账目第 ${entry[0]?.number} 号`);
    expect(done).toContain(entry[0]?.hash.slice(0, 12) ?? '-');
    expect(done).not.toContain('取消');
    expect(await given(order)).toBe(1);
    const told = await shop.discord.until(() => mei.dms()[0]);
    expect(textOf(told)).toContain('¥5.00');
    expect(textOf(told)).toContain('2076年');
    const debit = await shop.discord.until(() =>
      shop.discord.messages(shop.shopChannelId).find((message) => textOf(message).includes(order.number)),
    );
    expect(textOf(debit)).toContain('余额 ¥1,235.00');
    expect(await read(await mei.command(shop.here, '/wallet'))).toContain('¥5.00');
  });

  it('gives once through a second press, a replayed event and a second member of staff', async () => {
    const order = await orderOf(shop.newBuyer('mei'));
    const first = await quoted(shop.staff, order);
    const again = await quoted(shop.staff, order);
    const other = await quoted(colleague, order);
    await Promise.all([first.response(), again.response(), other.response()]);
    const done = await read(await shop.staff.press(first, '确认赔 ¥5.00'));
    shop.discord.gateway.repeat('INTERACTION_CREATE');
    expect(await read(await shop.staff.press(again, '确认赔 ¥5.00'))).toBe(done);
    const refused = await read(await colleague.press(other, 'Confirm ¥5.00'), 'en-US');
    expect(refused).toContain('already been compensated');
    expect(refused).toMatch(/entry \d+/);
    expect(await read(await quoted(shop.staff, order))).toContain('已经因为缺货赔过了');
    expect(await given(order)).toBe(1);
  });

  it('gives once to two members of staff who press at the same moment', async () => {
    const order = await orderOf();
    const [mine, theirs] = await Promise.all([quoted(shop.staff, order), quoted(colleague, order)]);
    await Promise.all([mine.response(), theirs.response()]);
    const presses = await Promise.all([
      shop.staff.press(mine, '确认赔 ¥5.00'),
      colleague.press(theirs, 'Confirm ¥5.00'),
    ]);
    await Promise.all(presses.map((press) => press.response()));
    expect(await given(order)).toBe(1);
  });

  it('still gives what was quoted before a restart, and not what was quoted a quarter of an hour ago', async () => {
    const order = await orderOf(shop.newBuyer('mei'));
    const preview = await quoted(shop.staff, order);
    await preview.response();
    await shop.restart();
    expect(await read(await shop.staff.press(preview, '确认赔 ¥5.00'))).toContain('已赔 ¥5.00');
    const late = await orderOf();
    const old = await quoted(shop.staff, late);
    await old.response();
    shop.clock.advance(16 * 60_000);
    await read(await shop.staff.press(old, '确认赔 ¥5.00'));
    expect(await given(late)).toBe(0);
  });

  it('gives nothing when cancelled', async () => {
    const order = await orderOf();
    const preview = await quoted(shop.staff, order);
    await preview.response();
    expect(await read(await shop.staff.press(preview, '取消'))).toContain('什么都没有记');
    await read(await shop.staff.press(preview, '确认赔 ¥5.00').catch(() => preview));
    expect(await given(order)).toBe(0);
  });

  it('takes an amount of one’s own only with a note, and shows both', async () => {
    const order = await orderOf(shop.newBuyer('mei'));
    expect(await read(await quoted(shop.staff, order, { amount: '8' }))).toContain('说明');
    expect(await read(await quoted(shop.staff, order, { amount: 'eight', note: 'x' }))).toContain('5.00');
    const text = await read(await quoted(shop.staff, order, { amount: '8', note: '**等**了 @everyone 很久' }));
    expect(text).toContain('赔 ¥8.00');
    expect(text).toContain('人工定为 ¥8.00（按规则是 ¥5.00）');
    expect(text).not.toContain('@everyone');
  });

  it('speaks English to who does, and warns where the figure is not confirmed', async () => {
    const order = await orderOf(shop.newBuyer('mei'));
    const text = await read(await quoted(colleague, order), 'en-US');
    expect(text).toContain('Give ¥5.00 to');
    expect(text).toContain('no minimum');
    expect(text).toContain('not confirmed by the platform');
  });

  it('is for staff alone', async () => {
    const mei = shop.newBuyer('mei');
    const order = await orderOf(mei);
    expect(await read(await quoted(mei, order))).toContain('客服');
    expect(await read(await quoted(shop.merchant, order))).toContain('客服');
    expect(await mei.autocomplete(shop.here, '/compensate', 'order', order.number)).toEqual([]);
    expect(await read(await quoted(shop.staff, { ...order, number: 'nope' }))).toContain('nope');
    expect(await given(order)).toBe(0);
  });
});

it.each([
  ['zh-CN', '这单导入时用的是 pdd 2025-01 版，现在没有这一版了'],
  ['en-US', 'The order came in under pdd, version 2025-01, which is no longer at hand'],
] as const)('says where the order came in under rules that are no longer at hand (%s)', async (locale, said) => {
  const policy = { pack: 'pdd', version: '2025-01' };
  const order = await shop.putOrder({ number: `260517-old-rules-${locale}`, policy });
  const wen = shop.discord.person(shop.staff.id, { locale });
  const asked = await wen.command(shop.here, '/compensate', { order: order.number, reason: 'out_of_stock' });
  expect(await read(asked, locale)).toContain(said);
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
