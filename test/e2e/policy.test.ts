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
