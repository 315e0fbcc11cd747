// The longest stop of the event loop while a snapshot is taken.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type Figure, longestStop, residentMegabytes, timeOnce } from '../figures.ts';
import { makeOrder } from '../orders.ts';
import { changeStore, open, untilIndexed } from '../stores.ts';

async function lowdbStop(directory: string, size: number): Promise<number | undefined> {
  if (size > 100_000) return undefined;
  const orders = Array.from({ length: size }, (_, i) => makeOrder(i));
  const db = new Low(new JSONFile<{ orders: unknown[] }>(join(directory, 'lowdb.json')), { orders });
  return longestStop(() => db.write());
}

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const store = await open(directory, { journalBytes: 1_000, closingMs: 60_000 });
  await changeStore(store, 1, size);
  await untilIndexed(size);
  const quiet = await longestStop(() => wait(500));
  let ms = 0;
  const stop = await longestStop(async () => {
    ms = await timeOnce(() => store.close()); // which takes one
  });
  const resident = residentMegabytes();
  const lowdb = await lowdbStop(directory, size);
  return [
    {
      measure: 'longest stop while a snapshot is taken',
      size,
      unit: 'ms',
      value: stop,
      peers: [
        { name: 'with nothing to do', value: quiet },
        ...(lowdb === undefined ? [] : [{ name: "lowdb's own write", value: lowdb }]),
      ],
      ...(size === 100_000 && { goal: { text: '≤ 20 ms', reached: stop <= 20 } }),
    },
    { measure: 'a snapshot takes', size, unit: 'ms', value: ms, peers: [] },
    { measure: 'memory after it', size, unit: 'MB', value: resident, peers: [] },
  ];
}
