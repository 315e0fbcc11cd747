import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generic } from '../../src/files/formats/generic.ts';
import { readAll, readUsable } from './read-all.ts';

const ENGLISH = `order,state,after_sales,paid_at,ship_by,currency,paid,sku,product,spec,quantity,unit_price,buyer_name,phone,email,region,address,carrier,tracking,note,buyer_note,presale
A-1,to_ship,,2026-06-05 10:00,2026-06-08,CNY,50.00,TEA-1,Tea,red,2,20.00,Ada,13800138000,a@example.invalid,浙江省,somewhere,,,fragile,,yes
A-1,,,,,,,CUP-1,Cup,,1,10.00,,,,,,,,,,
A-2,shipped,none,2026-06-05T10:00:00Z,,USD,"1,000.50",CUP-1,Cup,,1,,,,,,,YTO,YT2186781030229,,,no
`;

describe('the generic table', () => {
  it('is read with its English headers', async () => {
    const { file, taken, rejected } = await readUsable(ENGLISH);
    expect(rejected).toEqual([]);
    expect(file.source).toBe('generic');
    expect(taken[0]?.draft).toEqual({
      number: 'A-1',
      state: 'to_ship',
      afterSales: 'none',
      currency: 'CNY',
      paidMinor: 5000,
      lines: [
        { sku: 'TEA-1', name: 'Tea', spec: 'red', quantity: 2, unitPriceMinor: 2000 },
        { sku: 'CUP-1', name: 'Cup', quantity: 1, unitPriceMinor: 1000 },
      ],
      paidAt: Date.parse('2026-06-05T02:00:00Z'),
      promisedShipAt: Date.parse('2026-06-08T15:59:59Z'),
      recipient: {
        name: 'Ada',
        phone: '13800138000',
        email: 'a@example.invalid',
        address: 'somewhere',
        region: '浙江省',
      },
      merchantNote: 'fragile',
      presale: true,
    });
    expect(taken[1]?.draft).toMatchObject({ paidMinor: 100050, carrier: 'yto', tracking: 'YT2186781030229' });
  });

  it('is read with its Chinese headers', async () => {
    const { file, taken } = await readUsable(
      '订单号;状态;付款时间;币种;实付金额;商家编码;商品;数量\n1001;待发货;2026年6月5日 10:00;人民币;50元;T-1;茶;1\n',
    );
    expect(file.source).toBe('generic');
    expect(taken[0]?.draft).toMatchObject({ number: '1001', state: 'to_ship', currency: 'CNY', paidMinor: 5000 });
  });

  it('refuses an open order that does not say since when it is owed', async () => {
    const { rejected } = await readUsable('order,state,paid_at,currency,paid,sku,quantity\nA-1,to_ship,,CNY,5,T,1\n');
    expect(rejected).toEqual([{ row: 2, column: 'paid_at', reason: { code: 'cell_missing' } }]);
  });

  it('passes over sums, and nothing else that has no order number', async () => {
    const header = 'product,order,state,paid_at,currency,paid,sku,quantity';
    const rows = [
      'Summer dress,ABC,to_ship,2026-06-05,CNY,5,T,1',
      'Total care cream,3.5E+16,to_ship,2026-06-05,CNY,5,T,1',
      '总计礼包,,to_ship,2026-06-05,CNY,5,T,1',
      'sum,,to_ship,2026-06-05,CNY,5,T,1',
    ];
    const sums = [
      '合计,,,,,20.00,,4',
      '总计：4 单,,,,,20.00,,4',
      'Total (4 orders),,,,,20.00,,4',
      'Total amount,,,,,20.00,,',
      'Totals,,,,,20.00,,4',
      '合计数量,,,,,,,4',
      '共计 4 条记录,,,,,,,',
      ',Grand total:,,,,20.00,,4',
    ];
    const { taken, rejected } = await readUsable([header, ...rows, ...sums, ''].join('\n'));
    expect(taken).toEqual([]);
    expect(rejected.map(({ row, reason }) => [row, reason.code])).toEqual([
      [2, 'order_number_invalid'],
      [3, 'number_rounded'],
      [4, 'order_number_missing'],
      [5, 'order_number_missing'],
    ]);
  });

  it('names the columns it misses', async () => {
    expect(await readAll('order,state,paid_at,sku,quantity\nA-1,to_ship,2026-06-05,T,1\n')).toEqual({
      unusable: 'columns_missing',
      source: 'generic',
      missing: ['currency', 'paid'],
    });
  });

  it('is documented, every header and every word of it', () => {
    const readme = readFileSync(new URL('../../src/files/README.md', import.meta.url), 'utf8');
    const headers = [...Object.values(generic.fields), ...generic.statuses.map((status) => status.headers)].flat();
    const words = generic.statuses.flatMap((status) => [...status.words.keys()]);
    for (const word of [...headers, ...words]) {
      expect(readme.replaceAll('_', '').replaceAll('，', ','), word).toContain(
        word.replaceAll('_', '').replaceAll('，', ','),
      );
    }
  });
});
