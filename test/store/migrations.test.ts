// Records as older versions wrote them become what this version keeps, and nothing of them is lost.
import { expect, it } from 'vitest';
import { type CollectionName, collections } from '../../src/app/collections.ts';
import { migrate, migrations } from '../../src/store/migrations.ts';

/** As written by version `from`; what must be said of it now, beside all that has not changed. */
const older: readonly { collection: CollectionName; from: number; record: object; now: object; gone: string[] }[] = [
  {
    collection: 'orders',
    from: 1,
    record: {
      id: '0',
      guildId: '100000000000000001',
      merchantId: 'linji',
      number: '260517-607198974342268',
      source: 'pinduoduo',
      state: 'to_ship',
      afterSales: 'none',
      currency: 'CNY',
      paidMinor: 6800,
      lines: [{ sku: 'HC-LH-01', name: '手工红茶礼盒', quantity: 1 }],
      recipient: {},
      policy: { pack: 'pdd', version: '2026-11' },
      shipBy: { at: 2000, basis: 'promised' },
      reminded: { shipByAt: 2000, leadMs: 3_600_000 },
      importedAt: 1000,
      version: 3,
    },
    now: { reminded: [{ shipByAt: 2000, leadMs: 3_600_000 }] },
    gone: [],
  },
  {
    collection: 'settings',
    from: 1,
    record: {
      guildId: '100000000000000001',
      staffDailyLimitMinor: 500_000,
      policyPack: 'pdd',
      reminders: { beforeMs: [3_600_000], timeZone: 'Asia/Shanghai' },
    },
    now: { staffDailyLimit: { minor: 500_000, currency: 'CNY' } },
    gone: ['staffDailyLimitMinor'],
  },
];

it.each(older)('$collection of version $from', ({ collection, from, record, now, gone }) => {
  const kept = Object.fromEntries(Object.entries(record).filter(([field]) => !gone.includes(field)));
  const migrated = migrate(migrations, from, collection, record);
  expect(migrated).toEqual({ ...kept, ...now });
  expect(collections[collection].schema.parse(migrated)).toEqual(migrated);
});

it('leaves a record as it is where nothing of it has changed', () => {
  const merchant = { guildId: '100000000000000001', id: 'linji', name: '林记茶铺', memberIds: [], roleIds: [] };
  expect(migrate(migrations, 1, 'merchants', merchant)).toBe(merchant);
});
