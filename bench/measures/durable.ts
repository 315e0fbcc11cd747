// One durable transaction (an order and a case-file entry), one caller after another.
import fs from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { type Figure, quantile, timeEach } from '../figures.ts';
import { makeOrder, scattered } from '../orders.ts';
import { peerName } from '../sqlite.ts';
import { change, changeStore, filledPeer, open, untilIndexed } from '../stores.ts';

const rounds = 10;
const perRound = 100;
/** Before any is timed: a bot that has been up for a minute runs compiled code. */
const warmUp = 1_000;

/** As many bytes as the transaction has, appended and synced. */
function rawAppend(directory: string): () => void {
  const fd = fs.openSync(join(directory, 'raw'), 'a');
  const bytes = Buffer.from(`${JSON.stringify(change(makeOrder(1)))}\n`);
  return () => {
    fs.writeSync(fd, bytes);
    fs.fdatasyncSync(fd);
  };
}

async function lowdbWrites(directory: string, size: number): Promise<number[]> {
  if (size > 100_000) return [];
  const orders = Array.from({ length: size }, (_, i) => makeOrder(i));
  const db = new Low(new JSONFile<{ orders: unknown[] }>(join(directory, 'lowdb.json')), { orders });
  return timeEach(size > 10_000 ? 3 : 10, () => db.write());
}

/** Ours and the peers take turns, so that whatever else the machine does meets all of them. */
export async function measure(size: number, directory: string): Promise<Figure[]> {
  const store = await open(directory);
  await untilIndexed(size);
  const peer = filledPeer(directory, size);
  const append = rawAppend(directory);
  const ours: number[] = [];
  const raw: number[] = [];
  const sqlite: number[] = [];
  await timeEach(warmUp, (i) => changeStore(store, i, size));
  await timeEach(warmUp, (i) => peer.write([change(makeOrder(scattered(i, size)))]));
  for (let round = 0; round < rounds; round++) {
    raw.push(...(await timeEach(perRound, append)));
    ours.push(...(await timeEach(perRound, (i) => changeStore(store, round * perRound + i, size))));
    sqlite.push(
      ...(await timeEach(perRound, (i) => peer.write([change(makeOrder(scattered(round * perRound + i, size)))]))),
    );
  }
  await store.close();
  peer.close();
  const value = quantile(ours, 0.5);
  const beside = quantile(raw, 0.5);
  const lowdb = await lowdbWrites(directory, size);
  return [
    {
      measure: 'durable transaction, 1 caller',
      size,
      unit: 'µs',
      value,
      p99: quantile(ours, 0.99),
      peers: [
        { name: 'raw append + fdatasync', value: beside },
        { name: peerName, value: quantile(sqlite, 0.5) },
        ...(lowdb.length > 0 ? [{ name: "lowdb's JSONFile (not durable)", value: quantile(lowdb, 0.5) }] : []),
      ],
      goal: { text: '≤ 2.5 × raw', reached: value <= 2.5 * beside },
    },
  ];
}
