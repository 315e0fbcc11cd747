// /shop import through the real client: a marketplace's export, sent as an attachment, comes in once.
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot();
});
afterAll(() => shop?.stop());

const header =
  '订单号,订单状态,商品,商品数量(件),用户实付金额(元),商家编码-规格维度,支付时间,承诺发货时间,收货人,手机,售后状态';
const row = (number: string, state = '待发货', sku = 'TEA-1') =>
  `${number}\t,${state},手工红茶礼盒,1,"68.00",${sku},2026-11-20 10:00:00,2026-11-23 10:00:00,王小明,13812341234,无售后或售后取消`;

function csv(name: string, ...rows: string[]) {
  return { name, bytes: Buffer.from(`\ufeff${[header, ...rows].join('\n')}\n`) };
}

async function importing(file: { name: string; bytes: Buffer }, by: PersonView = shop.merchant) {
  const asked = await by.command(shop.here, '/shop import', { file });
  const text = await shop.discord.until(() => {
    const shown = textOf(asked.message);
    return shown === '' || /正在读|Reading|还剩| left/.test(shown) ? undefined : shown;
  });
  return { text, message: asked.message };
}

function stored(number: string) {
  return shop.app.store.read((tx) => tx.list('orders', 'byNumber', { group: `${shop.guildId}/${number}` }));
}

describe('/shop import', () => {
  it('takes the orders, and the same file again changes nothing', async () => {
    const file = csv('orders.csv', row('261120-100000000000001'), row('261120-100000000000002'));
    const first = (await importing(file)).text;
    expect(first).toContain('orders.csv 导入完成');
    expect(first).toContain('拼多多 · 新单 2 · 更新 0 · 没变 0 · 没收 0 行');
    expect(await stored('261120-100000000000001')).toHaveLength(1);
    expect((await importing(file)).text).toContain('新单 0 · 更新 0 · 没变 2 · 没收 0 行');
  });

  it('names row, column and reason of what it does not take', async () => {
    const file = csv('some.csv', row('261120-100000000000003'), row('261120-100000000000004', '怪状态'));
    const text = (await importing(file)).text;
    expect(text).toContain('有些行没收');
    expect(text).toContain('第 3 行 · 订单状态 · 不认识的状态：怪状态');
    expect(text).toContain('没收 1 行');
    expect(text).not.toContain('王小明');
    const twice = csv('twice.csv', row('2.61120E+20', '怪状态'));
    expect((await importing(twice)).text).toContain('没收 1 行');
    expect(await stored('261120-100000000000004')).toHaveLength(0);
  });

  it('says all that was assumed, as far as there is room', async () => {
    const orders = [
      '261120-100000000000005,待发货,茶,1,68.00,T,,,无售后',
      '261120-100000000000006,待发货,茶,1,68.00,T,,,无售后',
      '261120-100000000000006,待发货,茶,1,68.00,T,,,无售后',
      '261120-100000000000007,"已发货，待收货",茶,1,68.00,T,,自提,无售后',
    ];
    const columns = '订单号,订单状态,商品,商品数量(件),用户实付金额(元),商家编码-规格维度,支付时间,快递单号,售后状态';
    const bytes = Buffer.from(`${[columns, ...orders].join('\n')}\n`);
    const { text } = await importing({ name: 'assumed.csv', bytes });
    expect(text).toContain('新单 3 · 更新 0 · 没变 0 · 没收 0 行');
    expect(text).toContain('文件里没有承诺发货时间');
    expect(text).toContain('3 单没有付款时间');
    expect(text).toContain('1 行重复，只算一次');
    expect(text).toContain('1 格快递单号不是单号');
  });

  it('attaches what does not fit, as a table that runs no formula', async () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      row(`261120-2000000000000${index + 10}`, `=cmd|' /C calc'!A${index}`),
    );
    const english = shop.discord.person(shop.merchant.id, { locale: 'en-US' });
    const asked = await importing(csv('bad.csv', ...rows), english);
    expect(asked.text).toContain('8 more rows are in the attachment');
    const [attachment] = asked.message?.attachments ?? [];
    const report = await (await fetch(attachment?.url ?? '')).text();
    expect(attachment?.filename).toBe('rejected-rows.csv');
    expect(report.split('\r\n').filter(Boolean)).toHaveLength(13);
    for (const cell of report.replace('\ufeff', '').split(/[\r\n,]+/)) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
  });

  it('says why a file cannot be used, and changes nothing', async () => {
    const say = async (name: string, bytes: Uint8Array) => (await importing({ name, bytes: Buffer.from(bytes) })).text;
    expect(await say('notes.csv', Buffer.from('a,b\n1,2\n'))).toContain('什么都没有改');
    expect(await say('empty.csv', Buffer.from('\ufeff'))).toContain('空的');
    expect(await say('old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]))).toContain('.xls');
    expect(await say('export.zip', zipSync({ 'orders_export_1.csv': strToU8('Name') }))).toContain('解压');
    const other = '主订单编号,商品数量,商家编码,订单状态,发货时间\n';
    expect(await say('douyin.csv', Buffer.from(other))).toContain('把列名改成：订单号、状态、支付时间');
    expect(await say('missing.csv', Buffer.from(`\ufeff${header.replace('订单状态,', '')}\n`))).toContain('订单状态');
  });

  it('is for merchants alone', async () => {
    const { text } = await importing(csv('mine.csv', row('261120-300000000000001')), shop.newBuyer('mei'));
    expect(text).toContain('只有商家');
    expect(await stored('261120-300000000000001')).toHaveLength(0);
  });

  it('takes a long file, and says so in the end', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => row(`261120-4${String(index).padStart(14, '0')}`));
    expect((await importing(csv('long.csv', ...rows))).text).toContain('新单 3000');
  });
});

it('never sent Discord anything it refuses', () => {
  expect(shop.discord.refusals).toEqual([]);
  expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});
