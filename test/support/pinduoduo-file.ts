// Makes Pinduoduo order exports with the quirks of real ones, in every encoding they come in.
import writeXlsxFile from 'write-excel-file/node';
import { encodeGb18030 } from './gb18030.ts';
import { seededRandom } from './random.ts';

export interface PinduoduoOptions {
  /** Rows of data. */
  readonly rows: number;
  readonly seed?: number;
  /** Newer exports (27 columns) have no promised date; the older full export has it, and the buyer's particulars. */
  readonly columns?: 'new' | 'full';
  readonly titleRow?: boolean;
  readonly totalsRow?: boolean;
  /** First day of the deals, UTC ms; orders follow every seven minutes. */
  readonly firstDealAt?: number;
}

const HOUR_MS = 3_600_000;
/** Made-up buyers; nobody's real data. */
const NAMES = ['林知夏', '周一帆', '陈*', '王**', '欧阳静'];
const STATES: readonly (readonly [state: string, afterSales: string, weight: number])[] = [
  ['待发货', '无售后或售后取消', 10],
  ['待发货', '退款中', 1],
  ['待发货', '售后处理中', 1],
  ['待付款', '无售后或售后取消', 1],
  ['已发货，待收货', '无售后或售后取消', 4],
  ['已收货', '无售后或售后取消', 2],
  ['已取消', '无售后或售后取消', 1],
  ['未发货，退款成功', '退款成功', 1],
  ['已发货，退款成功', '退款成功', 1],
  ['已收货，退款成功', '退款成功', 1],
];
const NEW_COLUMNS =
  '商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,商家编码-规格维度,商家编码-商品维度,商家备注,售后状态,快递单号,快递公司,订单成交时间,是否分期,分期期数,手续费承担方,分期方式'.split(
    ',',
  );
const FULL_COLUMNS =
  '商品,订单号,订单状态,商品总价（元）,店铺优惠折扣(元),平台优惠折扣(元),邮费(元),用户实付金额(元),商品数量(件),身份证姓名,身份证号码,收货人,手机,是否审核中,省,市,区,街道,支付时间,拼单成功时间,订单确认时间,承诺发货时间,发货时间,确认收货时间,商品ID\t,商品规格,样式ID,商家编码-SKU维度,商家编码-商品维度,快递单号,快递公司,商家备注,售后状态,买家留言,是否预售'.split(
    ',',
  );

/** The export as a table of texts, header (and title, totals) included. */
export function pinduoduoTable(options: PinduoduoOptions): readonly (readonly string[])[] {
  const columns = options.columns === 'full' ? FULL_COLUMNS : NEW_COLUMNS;
  const random = seededRandom(options.seed ?? 1);
  const orders = makeRows(options, random);
  const rows = orders.map((order) => columns.map((column) => order.get(plainHeader(column)) ?? ''));
  const title = options.titleRow ? [['订单导出（示例店铺）']] : [];
  const totals = options.totalsRow ? [['合计', '', '', '9,999.00']] : [];
  return [...title, columns, ...rows, ...totals];
}

/** As CSV text: CRLF, cells quoted where they must be, here and there a trailing comma. */
export function pinduoduoCsv(options: PinduoduoOptions): string {
  const random = seededRandom((options.seed ?? 1) + 1);
  return pinduoduoTable(options)
    .map((row) => row.map(csvCell).join(',') + (random() < 0.05 ? ',\r\n' : '\r\n'))
    .join('');
}

export type CsvEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le';

export function pinduoduoBytes(options: PinduoduoOptions, encoding: CsvEncoding = 'utf-8'): Uint8Array {
  const text = pinduoduoCsv(options);
  if (encoding === 'gb18030') return encodeGb18030(text);
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return Buffer.from(encoding === 'utf-8-bom' ? `\ufeff${text}` : text);
}

/** As a workbook: pieces and amounts are numbers there, everything else is text. */
export async function pinduoduoXlsx(options: PinduoduoOptions): Promise<Uint8Array> {
  const table = pinduoduoTable(options);
  const sheet = table.map((row) => row.map((text) => xlsxCell(text.trim())));
  return writeXlsxFile(sheet).toBuffer();
}

function xlsxCell(text: string): { value: string | number; type: typeof String | typeof Number } | null {
  if (text === '') return null;
  return /^\d{1,6}(\.\d\d)?$/.test(text) ? { value: Number(text), type: Number } : { value: text, type: String };
}

function csvCell(text: string): string {
  return /[",\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `商品总价（元）` and `商品ID⇥` are the columns `商品总价(元)` and `商品id`. */
function plainHeader(column: string): string {
  return column.trim().replace('（', '(').replace('）', ')').replace('ID', 'id').replace('样式id', '样式ID');
}

function makeRows(options: PinduoduoOptions, random: () => number): readonly ReadonlyMap<string, string>[] {
  const firstDealAt = options.firstDealAt ?? Date.UTC(2026, 5, 5, 2);
  const rows: Map<string, string>[] = [];
  for (let index = 0; index < options.rows; index += 1) {
    const dealAt = firstDealAt + index * 7 * 60_000;
    // Every 25th row is a further line of the order ten rows before it, every 40th of the one just before.
    const before = index % 25 === 24 ? rows[index - 10] : index % 40 === 39 ? rows[index - 1] : undefined;
    rows.push(before === undefined ? makeRow(index, dealAt, random) : anotherLine(before, index));
  }
  return rows;
}

function makeRow(index: number, dealAt: number, random: () => number): Map<string, string> {
  const [state, afterSales] = pickState(random);
  const quantity = 1 + Math.floor(random() * 3);
  const price = 990 + Math.floor(random() * 120_000);
  return new Map([
    ...makeLine(index),
    ...makeTimes(index, dealAt, state),
    ...makeBuyer(index),
    ['订单号', `${beijing(dealAt, 'day')}-${600_000_000_000_000 + index * 7919}`],
    ['订单状态', state],
    ['售后状态', afterSales],
    ['商品总价(元)', yuan(price * quantity)],
    ['用户实付金额(元)', everyNth(index, 4) ? `${yuan(price * quantity)}\t` : yuan(price * quantity)],
    ['商家实收金额(元)', yuan(price * quantity)],
    ['商品数量(件)', everyNth(index, 2) ? `${quantity}\t` : String(quantity)],
    ['快递单号', isShipped(state) ? `YT${2_000_000_000_000 + index}\t` : '\t'],
    ['快递公司', isShipped(state) ? '圆通速递' : ''],
    ['是否审核中', everyNth(index + 1, 33) ? '是' : '否'],
    ['是否预售', everyNth(index + 1, 37) ? '是' : '否'],
    ['商家备注', everyNth(index, 11) ? '=HYPERLINK("http://example.invalid")' : ''],
    ['买家留言', everyNth(index, 13) ? '请尽快发货,\n谢谢"老板"' : ''],
    ['是否分期', '否'],
  ]);
}

function makeTimes(index: number, dealAt: number, state: string): readonly (readonly [string, string])[] {
  const deal = beijing(dealAt, everyNth(index, 3) ? 'slash' : 'dash');
  const none = everyNth(index, 2) ? '\t' : '';
  // Real exports have a few deals without a time.
  const isKnown = !everyNth(index + 1, 50);
  return [
    ['订单成交时间', isKnown ? deal : ''],
    ['支付时间', isKnown ? deal : '\t'],
    ['拼单成功时间', isKnown ? deal : ''],
    ['订单确认时间', isKnown ? deal : '-'],
    ['承诺发货时间', beijing(dealAt + 48 * HOUR_MS, 'dash')],
    ['发货时间', isShipped(state) ? beijing(dealAt + 30 * HOUR_MS, 'dash') : none],
    ['确认收货时间', state.startsWith('已收货') ? beijing(dealAt + 90 * HOUR_MS, 'dash') : '-'],
  ];
}

function makeBuyer(index: number): readonly (readonly [string, string])[] {
  return [
    ['收货人', NAMES[index % NAMES.length] ?? ''],
    ['手机', everyNth(index, 2) ? `'1380013${String(1000 + (index % 9000))}` : '138****1234'],
    ['身份证姓名', '不该读的'],
    ['身份证号码', '000000000000000000'],
    ['省', everyNth(index, 30) ? '新疆维吾尔自治区' : '浙江省'],
    ['市', '杭州市'],
    ['区', '西湖区'],
    ['街道', `文三路${index}号`],
  ];
}

function isShipped(state: string): boolean {
  return state.startsWith('已发货') || state.startsWith('已收货');
}

function everyNth(index: number, n: number): boolean {
  return index % n === 0;
}

function makeLine(index: number): readonly (readonly [string, string])[] {
  const product = index % 20;
  return [
    ['商品', `手工红茶礼盒${product}号,春茶`],
    ['商品规格', `${['白', '红', '绿'][index % 3]}色;${250 * (1 + (index % 2))}克`],
    ['商品id', `51234567${1000 + product}`],
    ['样式ID', `99887766${10_000 + (index % 60)}\t`],
    ['商家编码-规格维度', index % 7 === 0 ? '-' : `TEA-${product}-${index % 3}\t`],
    ['商家编码-SKU维度', index % 7 === 0 ? '' : `TEA-${product}-${index % 3}`],
    ['商家编码-商品维度', `TEA-${product}`],
  ];
}

function anotherLine(before: ReadonlyMap<string, string>, index: number): Map<string, string> {
  return new Map([...before, ...makeLine(index)]);
}

function pickState(random: () => number): readonly [string, string] {
  let left = random() * STATES.reduce((sum, [, , weight]) => sum + weight, 0);
  for (const [state, afterSales, weight] of STATES) {
    left -= weight;
    if (left < 0) return [state, afterSales];
  }
  return ['待发货', '无售后或售后取消'];
}

/** `1,168.90` */
function yuan(fen: number): string {
  const whole = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${String(fen % 100).padStart(2, '0')}`;
}

function beijing(at: number, style: 'dash' | 'slash' | 'day'): string {
  const iso = new Date(at + 8 * HOUR_MS).toISOString();
  if (style === 'day') return iso.slice(2, 10).replaceAll('-', '');
  if (style === 'dash') return iso.slice(0, 19).replace('T', ' ');
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return `${year}/${month}/${day} ${iso.slice(11, 16)}`;
}
