// Small valid records for store tests.
import type { RecordOf } from '../../src/app/collections.ts';
import type { Log } from '../../src/app/ports.ts';

export const guildId = '100000000000000001';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export function anOrder(id: string, change: Partial<RecordOf<'orders'>> = {}): RecordOf<'orders'> {
  return {
    id,
    guildId,
    merchantId: 'm1',
    number: `N-${id}`,
    source: 'generic',
    state: 'to_ship',
    afterSales: 'none',
    currency: 'CNY',
    paidMinor: 1_999,
    lines: [{ sku: 'A-1', name: '杯子', quantity: 1, unitPriceMinor: 1_999 }],
    recipient: { name: 'Zhang' },
    policy: { pack: 'pdd', version: '1' },
    importedAt: 1_000,
    version: 1,
    ...change,
  };
}

export function aNotice(id: string, change: Partial<RecordOf<'notices'>> = {}): RecordOf<'notices'> {
  return {
    id,
    key: `key-${id}`,
    guildId,
    kind: 'low_stock',
    to: { type: 'staff' },
    data: {},
    createdAt: 1,
    state: 'pending',
    nextAttemptAt: 1,
    attempts: 0,
    ...change,
  };
}

export function aPerson(userId: string, change: Partial<RecordOf<'people'>> = {}): RecordOf<'people'> {
  return { userId, ...change };
}
