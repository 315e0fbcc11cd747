// Orders as a marketplace's export brings them: about 1 kB of JSON each.
import type { RecordOf } from '../src/app/collections.ts';
import type { Log } from '../src/app/ports.ts';

export type Order = RecordOf<'orders'>;
export type CaseEntry = RecordOf<'caseEntries'>;

export const guildId = '100000000000000001';
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

const start = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

export function orderId(i: number): string {
  return `0${String(i).padStart(15, '0')}`;
}

export function orderNumber(i: number): string {
  return `260101-${String(123_456_789_012_345 + i)}`;
}

/** Every buyer has two orders. */
export function buyerOf(i: number): string {
  return String(200_000_000_000_000_000n + BigInt(i >> 1));
}

/** All open, and none due before `start`. */
export function makeOrder(i: number): Order {
  const paidAt = start + i * 1_000;
  return {
    id: orderId(i),
    guildId,
    merchantId: `m${i % 20}`,
    number: orderNumber(i),
    source: 'pinduoduo',
    state: 'to_ship',
    afterSales: 'none',
    currency: 'CNY',
    paidMinor: 2_598 + (i % 100),
    lines: [
      {
        sku: `SKU-${i % 500}`,
        name: `加厚保温杯 不锈钢 大容量 便携 ${i % 500}`,
        spec: '白色 500ml',
        quantity: 1,
        unitPriceMinor: 1_999,
      },
      { sku: `SKU-${500 + (i % 300)}`, name: '硅胶杯套 通用款 防滑', spec: '黑色', quantity: 1, unitPriceMinor: 599 },
    ],
    paidAt,
    shipBy: { at: paidAt + 48 * hourMs, basis: 'policy' },
    recipient: {
      name: `张三${i}`,
      phone: `138${String(i).padStart(8, '0')}`,
      address: `浙江省杭州市余杭区文一西路${i}号西溪园区${i % 9}号楼`,
      region: '浙江省',
    },
    merchantNote: '尽快发货',
    buyerNote: '请发顺丰，谢谢',
    policy: { pack: 'pdd', version: '2024-10-01' },
    buyer: { userId: buyerOf(i), linkedAt: paidAt, by: 'proof' },
    wakeAt: paidAt + 24 * hourMs,
    importedAt: paidAt,
    version: 1,
  };
}

export function makeCaseEntry(order: Order, n: number): CaseEntry {
  return {
    id: `c${n}-${order.id}`,
    guildId,
    orderId: order.id,
    at: start + n,
    kind: 'updated',
    by: 'system',
    data: { n },
  };
}

/** The instant before which nothing is due. */
export const beforeAll = start - 1;

/** Walks over all of `size` in no particular order. */
export function scattered(i: number, size: number): number {
  return (i * 7_919) % size;
}
