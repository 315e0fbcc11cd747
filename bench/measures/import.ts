// Bringing a marketplace's file in: from opening it to the last durable transaction, in a store that was empty.
import { join } from 'node:path';
import type { App } from '../../src/app/context.ts';
import { importOrders } from '../../src/app/import-orders.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import { SHELL_LIMITS } from '../../src/files/limits.ts';
import { openOrderFile } from '../../src/files/open-order-file.ts';
import { type Figure, longestStop, peakMegabytes, residentMegabytes, timeOnce } from '../figures.ts';
import { guildId } from '../orders.ts';
import { openApp } from '../stores.ts';

async function bringIn(app: App, path: string): Promise<void> {
  const file = await openOrderFile({ path }, { timeZone: 'Asia/Shanghai', now: Date.now(), limits: SHELL_LIMITS });
  if ('unusable' in file) throw new Error(`the file cannot be used: ${file.unusable}`);
  const target = { guildId, merchantId: 'tea', source: file.source, by: 'system' };
  const report = await importOrders(app, target, file.orders(), { dryRun: false });
  await file.close();
  if (isRefusal(report) || report.rejectedTotal > 0) throw new Error('not every order was taken');
}

/** @param size rows of `orders.csv`, which is in the folder */
export async function measure(size: number, directory: string): Promise<Figure[]> {
  const before = residentMegabytes();
  const app = await openApp(join(directory, 'store'));
  let ms = 0;
  const cpuBefore = process.cpuUsage();
  const stop = await longestStop(async () => {
    ms = await timeOnce(() => bringIn(app, join(directory, 'orders.csv')));
  });
  const cpu = process.cpuUsage(cpuBefore);
  const peak = peakMegabytes();
  await app.store.close();
  const name = 'import of a CSV file';
  return [
    {
      measure: name,
      size,
      unit: 'ms',
      value: ms,
      peers: [],
      goal: { text: '≤ 2500 ms', reached: ms <= 2_500 },
    },
    { measure: `${name}, processor time`, size, unit: 'ms', value: (cpu.user + cpu.system) / 1_000, peers: [] },
    {
      measure: `${name}, longest stop`,
      size,
      unit: 'ms',
      value: stop,
      peers: [],
      goal: { text: '≤ 50 ms', reached: stop <= 50 },
    },
    {
      measure: `${name}, peak memory`,
      size,
      unit: 'MB',
      value: peak,
      peers: [{ name: 'the process before', value: before }],
      goal: { text: '≤ 250 MB', reached: peak <= 250 },
    },
  ];
}
