// /policy through the real client: the rule book with each figure, its source, and what could not be confirmed.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestBot, type TestBot } from '../support/bot.ts';
import { read } from '../support/reading.ts';

let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
afterAll(() => shop?.stop());

it('shows everyone the rules in force, figure by figure, with sources', async () => {
  const text = await read(await shop.newBuyer('mei').command(shop.here, '/policy show'));
  expect(text).toContain('正在用');
  expect(text).toContain('付款后 48 小时内发货');
  expect(text).toContain('缺货：每单 ¥5.00，无门槛券，50 年内有效');
  expect(text).toContain('没能在平台官方页面核实');
  expect(text).toContain('来源：');
});

it('has the sources in the reader’s language behind a button, and a way back, for everyone', async () => {
  const mei = shop.newBuyer('mei');
  const card = await mei.command(shop.here, '/policy show');
  await card.response();
  const sources = await mei.press(card, '出处和说明');
  const text = await read(sources);
  expect(text).toContain('延迟发货 · 没能在平台官方页面核实 · doc.intozgc.com/202212/19/138220.html（2022 年 12 月）');
  expect(text).not.toMatch(/。 ·/);
  expect(text).toContain('平台自 2022 年 12 月 9 日起暂停过延迟发货处罚');
  expect(await read(await mei.press(sources, '回到规则'))).toContain('付款后 48 小时内发货');
  const anna = shop.newBuyer('anna', 'en-US');
  const english = await anna.command(shop.here, '/policy show', { pack: 'pdd' });
  await english.response();
  expect(await read(await anna.press(english, 'Sources and notes'), 'en-US')).toContain(
    'out of stock · not confirmed by the platform · Two third-party articles',
  );
});

it('shows them in English', async () => {
  const text = await read(await shop.newBuyer('anna', 'en-GB').command(shop.here, '/policy show'), 'en-US');
  expect(text).toContain('a voucher without minimum, valid for 50 years');
  expect(text).toContain('not confirmed by the platform');
});

it('lists the books and puts one in force for who may', async () => {
  expect(await read(await shop.staff.command(shop.here, '/policy list'))).toContain('pdd');
  expect(await read(await shop.manager.command(shop.here, '/policy use', { pack: 'pdd' }))).toContain('从现在起');
  expect(await read(await shop.staff.command(shop.here, '/policy use', { pack: 'pdd' }))).toContain('从现在起');
  expect(await read(await shop.manager.command(shop.here, '/policy use', { pack: 'none' }))).toContain('pdd');
  expect(await read(await shop.newBuyer('mei').command(shop.here, '/policy use', { pack: 'pdd' }))).not.toContain(
    '从现在起',
  );
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
});
