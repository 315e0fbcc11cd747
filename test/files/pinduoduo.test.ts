import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHELL_LIMITS } from '../../src/files/limits.ts';
import { encodeGb18030 } from '../support/gb18030.ts';
import {
  type CsvEncoding,
  pinduoduoBytes,
  pinduoduoCsv,
  pinduoduoTable,
  pinduoduoXlsx,
} from '../support/pinduoduo-file.ts';
import { readAll, readUsable } from './read-all.ts';

const HEADER = '订单号,订单状态,售后状态,商品,商品规格,商品数量(件),用户实付金额(元),商家编码-规格维度,订单成交时间';
const ROW = {
  订单号: '260605-607198974342268',
  订单状态: '待发货',
  售后状态: '无售后或售后取消',
  商品: '手工红茶礼盒',
  商品规格: '250克',
  '商品数量(件)': '1\t',
  '用户实付金额(元)': '"1,168.00\t"',
  '商家编码-规格维度': 'TEA-1\t',
  订单成交时间: '2026-06-05 10:00:00\t',
};
type Cells = Partial<Record<keyof typeof ROW, string>> & Record<string, string>;

/** A file of rows that differ from a plain one by some cells. */
function file(...rows: Cells[]): string {
  const extra = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => !(column in ROW));
  const columns = [...HEADER.split(','), ...extra];
  const lines = rows.map((row) => columns.map((column) => ({ ...ROW, ...row })[column] ?? '').join(','));
  return [columns.join(','), ...lines].join('\r\n');
}

async function draftOf(cells: Cells) {
  const { taken, rejected } = await readUsable(file(cells));
  expect(rejected).toEqual([]);
  const draft = taken[0]?.draft;
  if (draft === undefined) throw new Error('no draft');
  return draft;
}

describe('a Pinduoduo order', () => {
  it('is read cell by cell', async () => {
    expect(await draftOf({})).toEqual({
      number: '260605-607198974342268',
      state: 'to_ship',
      afterSales: 'none',
      currency: 'CNY',
      paidMinor: 116800,
      lines: [{ sku: 'TEA-1', name: '手工红茶礼盒', spec: '250克', quantity: 1 }],
      paidAt: Date.parse('2026-06-05T02:00:00Z'),
      recipient: {},
    });
  });

  it.each([
    ['待付款', '', 'unpaid', 'none'],
    ['待发货', '退款中', 'to_ship', 'refunding'],
    ['待发货', '售后处理中', 'to_ship', 'processing'],
    ['待发货', '取消售后', 'to_ship', 'none'],
    ['"已发货,待收货"', '无售后', 'shipped', 'none'],
    ['已发货，待收货', '-', 'shipped', 'none'],
    ['已收货', '', 'delivered', 'none'],
    ['已取消', '', 'cancelled', 'none'],
    ['未发货，退款成功', '退款成功', 'cancelled', 'refunded'],
    ['未发货，退款成功', '', 'cancelled', 'refunded'],
    ['已发货，退款成功', '', 'shipped', 'refunded'],
    ['已签收，退款成功', '', 'delivered', 'refunded'],
    ['未成交，退款成功', '', 'cancelled', 'refunded'],
    ['已取消，退款成功', '', 'cancelled', 'refunded'],
  ])('%s / %s is %s and %s', async (state, afterSales, expectedState, expectedAfterSales) => {
    const draft = await draftOf({ 订单状态: state, 售后状态: afterSales });
    expect([draft.state, draft.afterSales]).toEqual([expectedState, expectedAfterSales]);
  });

  it('is on hold while under review, but only if it is still to ship', async () => {
    expect((await draftOf({ 是否审核中: '是' })).state).toBe('on_hold');
    expect((await draftOf({ 是否审核中: '是', 订单状态: '已收货' })).state).toBe('delivered');
  });

  it('takes the payment time where the deal time is missing, and the day of the number where both are', async () => {
    const paid = await draftOf({ 订单成交时间: '-', 支付时间: '2026/6/5 9:30' });
    expect(paid.paidAt).toBe(Date.parse('2026-06-05T01:30:00Z'));
    const { taken, file: opened } = await readUsable(file({ 订单成交时间: '\t' }));
    expect(taken[0]?.draft.paidAt).toBe(Date.parse('2026-06-04T16:00:00Z'));
    expect(taken[0]?.notes).toEqual([{ code: 'paid_at_from_number', row: 2 }]);
    expect(opened.notes).toEqual([{ code: 'no_promised_date' }]);
  });

  it('takes a payment time that is still to come, and says so', async () => {
    const { taken } = await readUsable(file({ 订单成交时间: '2026-07-03 10:00:00' }));
    expect(taken[0]?.draft.paidAt).toBe(Date.parse('2026-07-03T02:00:00Z'));
    expect(taken[0]?.notes).toEqual([{ code: 'paid_ahead', row: 2 }]);
    const promised = await readUsable(
      file({ 订单成交时间: '2026-07-03 10:00:00', 承诺发货时间: '2026-07-05 10:00:00' }),
    );
    expect(promised.taken[0]?.notes).toEqual([]);
  });

  it('reads a number of pieces in full-width digits', async () => {
    expect((await draftOf({ '商品数量(件)': '１２' })).lines[0]?.quantity).toBe(12);
  });

  it('takes the promised date of the full export', async () => {
    const result = await readUsable(file({ 承诺发货时间: '2026-06-07 10:00:00' }));
    expect(result.taken[0]?.draft.promisedShipAt).toBe(Date.parse('2026-06-07T02:00:00Z'));
    expect(result.file.notes).toEqual([]);
  });

  it('falls back from the merchant’s code to the market’s', async () => {
    const codes = { '商家编码-规格维度': '-', 样式ID: '998877665544\t', 商品id: '51\t' };
    expect((await draftOf(codes)).lines[0]?.sku).toBe('998877665544');
    const long = (await draftOf({ '商家编码-规格维度': '', 商品: '茶'.repeat(400) })).lines[0];
    expect(long?.sku.length).toBe(64);
    expect(long?.name.length).toBe(300);
  });

  it('keeps the recipient apart, masked data masked, and never reads identity numbers', async () => {
    const draft = await draftOf({
      收货人: '王**',
      手机: "'138****1234",
      省: '浙江省',
      市: '杭州市',
      区: '-',
      '街道/镇': '文三路1号',
      身份证号码: '330106199001011234',
    });
    expect(draft.recipient).toEqual({
      name: '王**',
      phone: '138****1234',
      address: '浙江省杭州市文三路1号',
      region: '浙江省',
    });
    expect(JSON.stringify(draft)).not.toContain('330106');
  });

  it('names the carrier by its id, keeps one waybill, and says what it left out', async () => {
    const shipped = { 订单状态: '已发货，待收货', 快递公司: '圆通速递' };
    const two = await readUsable(file({ ...shipped, 快递单号: 'yt2186781030229、YT2186781030230\t' }));
    expect(two.taken[0]?.draft).toMatchObject({ carrier: 'yto', tracking: 'YT2186781030229' });
    expect(two.taken[0]?.notes).toEqual([{ code: 'several_parcels', row: 2 }]);
    const none = await readUsable(file({ ...shipped, 快递公司: '自家车', 快递单号: '自提' }));
    expect(none.taken[0]?.draft).toMatchObject({ carrier: '自家车' });
    expect(none.taken[0]?.notes).toEqual([{ code: 'tracking_dropped', row: 2 }]);
    const odd = await readUsable(file({ ...shipped, 快递公司: '极兔', 快递单号: 'SF1234567890123' }));
    expect(odd.taken[0]?.notes).toEqual([{ code: 'tracking_unusual', row: 2, carrier: 'jt' }]);
  });
});

describe('rows of one order', () => {
  const second = { 商品: '白茶', '商家编码-规格维度': 'TEA-2', '用户实付金额(元)': '20.00' };

  it('are joined, and their payments added, also when they lie apart', async () => {
    const other = { 订单号: '260605-607198974342269' };
    const { taken } = await readUsable(file({}, other, second, { 订单号: '260605-1000000' }));
    expect(taken.map((item) => [item.draft.number, item.rows])).toEqual([
      ['260605-607198974342268', [2, 4]],
      ['260605-607198974342269', [3]],
      ['260605-1000000', [5]],
    ]);
    expect(taken[0]?.draft).toMatchObject({ paidMinor: 118800, lines: [{ sku: 'TEA-1' }, { sku: 'TEA-2' }] });
  });

  it('count once where the same row comes twice to the letter', async () => {
    const { taken } = await readUsable(file({}, {}, second));
    expect(taken[0]?.draft).toMatchObject({ paidMinor: 118800, lines: [{}, {}] });
    expect(taken[0]?.notes).toEqual([{ code: 'duplicate_row', row: 3 }]);
  });

  it('fall together: one bad row rejects all of the order, and only it', async () => {
    const bad = { ...second, '用户实付金额(元)': '-1' };
    const { taken, rejected } = await readUsable(file({}, bad, { 订单号: '260605-1000000' }));
    expect(taken.map((item) => item.draft.number)).toEqual(['260605-1000000']);
    expect(rejected).toEqual([
      { row: 2, reason: { code: 'order_has_bad_row', row: 3 } },
      { row: 3, column: '用户实付金额(元)', reason: { code: 'amount_negative', value: '-1' } },
    ]);
  });

  it('may not contradict each other', async () => {
    const { rejected } = await readUsable(file({}, { ...second, 订单状态: '已收货' }));
    expect(rejected).toContainEqual({
      row: 3,
      column: '订单状态',
      reason: { code: 'rows_disagree', value: '已收货', other: '待发货' },
    });
  });

  it('may be many, but not without end', async () => {
    const lines = Array.from({ length: 501 }, (_, index) => ({ '商家编码-规格维度': `TEA-${index}` }));
    expect((await readUsable(file(...lines.slice(1)))).taken).toHaveLength(1);
    expect((await readUsable(file(...lines))).rejected).toHaveLength(501);
  });
});

describe('a row is rejected with its number, column and reason', () => {
  it.each([
    [{ 订单号: '' }, '订单号', { code: 'order_number_missing' }],
    [{ 订单号: '2.60517E+17' }, '订单号', { code: 'number_rounded', value: '2.60517E+17' }],
    [{ 订单号: '12345' }, '订单号', { code: 'order_number_invalid', value: '12345' }],
    [{ 订单状态: '等待火星' }, '订单状态', { code: 'state_unknown', value: '等待火星' }],
    [{ 订单状态: '' }, '订单状态', { code: 'cell_missing' }],
    [{ 售后状态: '__proto__' }, '售后状态', { code: 'state_unknown', value: '__proto__' }],
    [{ '用户实付金额(元)': '一百' }, '用户实付金额(元)', { code: 'amount_invalid', value: '一百' }],
    [{ '用户实付金额(元)': '' }, '用户实付金额(元)', { code: 'cell_missing' }],
    [{ '商品数量(件)': '0' }, '商品数量(件)', { code: 'quantity_invalid', value: '0' }],
    [{ '商品数量(件)': '1.5' }, '商品数量(件)', { code: 'quantity_invalid', value: '1.5' }],
    [{ '商家编码-规格维度': '9.98878E+11' }, '商家编码-规格维度', { code: 'number_rounded', value: '9.98878E+11' }],
    [{ 订单成交时间: '2026-02-30 10:00' }, '订单成交时间', { code: 'date_invalid', value: '2026-02-30 10:00' }],
    [{ 是否预售: '也许' }, '是否预售', { code: 'yes_no_unknown', value: '也许' }],
    [{ 快递单号: '4.62599E+14' }, '快递单号', { code: 'number_rounded', value: '4.62599E+14' }],
  ])('%j', async (cells, column, reason) => {
    const { taken, rejected } = await readUsable(file(cells, { 订单号: '260605-1000000' }));
    expect(taken).toHaveLength(1);
    expect(rejected).toEqual([{ row: 2, column, reason }]);
  });

  it('also when a comma too many has moved its cells', async () => {
    const { rejected } = await readUsable(`${HEADER}\n${Object.values(ROW).join(',')},left over\n`);
    expect(rejected).toEqual([{ row: 2, reason: { code: 'cells_shifted', expected: 9, found: 10 } }]);
  });
});

describe('the whole export', () => {
  const options = { rows: 300, titleRow: true, totalsRow: true } as const;

  it.each(['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le'] satisfies CsvEncoding[])(
    'reads the same in %s',
    async (encoding) => {
      for (const columns of ['new', 'full'] as const) {
        const plain = await readUsable(pinduoduoBytes({ ...options, columns }));
        const encoded = await readUsable(pinduoduoBytes({ ...options, columns }, encoding));
        expect(encoded.taken).toEqual(plain.taken);
        expect(encoded.rejected).toEqual([]);
        expect(encoded.file.encoding).toBe(encoding.replace('-bom', ''));
        expect(encoded.file.source).toBe('pinduoduo');
      }
    },
  );

  it('is known as GB18030 by its header, whatever script the names of the products are in', async () => {
    const kana = 'ちいかわ ぬいぐるみ プリキュア フィギュア プレミアム';
    const [header = [], ...orders] = pinduoduoTable({ rows: 40, columns: 'new' });
    const table = [header, ...orders.map(([, ...cells]) => [kana, ...cells])];
    const text = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
    const { taken, rejected } = await readUsable(encodeGb18030(text));
    expect(taken).toEqual((await readUsable(text)).taken);
    expect(rejected).toEqual([]);
  });

  it('reads the same as a workbook', async () => {
    const csv = await readUsable(pinduoduoBytes(options));
    const xlsx = await readUsable(await pinduoduoXlsx(options));
    expect(xlsx.taken).toEqual(csv.taken);
    expect(xlsx.rejected).toEqual([]);
  });

  it('has every order once, with all its rows', async () => {
    const { taken } = await readUsable(pinduoduoBytes(options));
    const numbers = pinduoduoTable(options)
      .slice(2, -1)
      .map((row) => row[1]);
    expect(new Set(taken.map((item) => item.draft.number))).toEqual(new Set(numbers));
    expect(taken.flatMap((item) => item.rows).sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 3));
  });

  it('reads the same in any order of its columns', async () => {
    const table = pinduoduoTable({ rows: 20, columns: 'full' });
    const write = (order: readonly number[]) =>
      table.map((row) => order.map((at) => `"${(row[at] ?? '').replaceAll('"', '""')}"`).join(',')).join('\n');
    const columns = (table[0] ?? []).map((_, index) => index);
    const plain = await readUsable(write(columns));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(columns, { minLength: columns.length }), async (order) => {
        expect((await readUsable(write(order))).taken).toEqual(plain.taken);
      }),
      { numRuns: 20 },
    );
  });

  it('reads the same with tabs, semicolons, a code row and every cell quoted', async () => {
    const table = pinduoduoTable({ rows: 30 });
    const plain = await readUsable(pinduoduoCsv({ rows: 30 }));
    for (const delimiter of ['\t', ';']) {
      const codes = (table[0] ?? []).map((_, index) => `field_${'abcdefghij'[index % 10]}`);
      const rows = [table[0] ?? [], codes, ...table.slice(1)];
      const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n');
      const drafts = (await readUsable(text)).taken.map((item) => item.draft);
      expect(drafts).toEqual(plain.taken.map((item) => item.draft));
    }
  });

  it('may be two put together, each with its header and its byte order mark', async () => {
    const [header = [], ...rows] = pinduoduoTable({ rows: 4 });
    for (const written of [
      (cell: string) => cell.replace(/[",]/g, ''),
      (cell: string) => `"${cell.replaceAll('"', '""')}"`,
    ]) {
      const parts = [rows.slice(0, 2), rows.slice(2)].map(
        (part) => `\ufeff${[header, ...part].map((row) => `${row.map(written).join(',')}\r\n`).join('')}`,
      );
      const { taken, rejected } = await readUsable(`\ufeff${parts.join('')}`);
      expect(rejected).toEqual([]);
      expect(taken.flatMap((item) => item.rows).sort((a, b) => a - b)).toEqual([2, 3, 5, 6]);
    }
  });

  it('may be read again, and is refused when it is not the source asked for', async () => {
    const bytes = pinduoduoBytes({ rows: 3 });
    expect((await readUsable(bytes, { source: 'pinduoduo', limits: SHELL_LIMITS })).taken.length).toBe(3);
    expect(await readAll(bytes, { source: 'shopify' })).toMatchObject({ unusable: 'format_unknown' });
  });
});
