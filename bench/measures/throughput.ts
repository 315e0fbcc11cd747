// Durable transactions per second with many callers at once.
import type { Store } from '../../src/app/ports.ts';
import { type Figure, quantile, timeOnce } from '../figures.ts';
import { makeOrder, scattered } from '../orders.ts';
import { peerName, type SqlitePeer } from '../sqlite.ts';
import { change, changeStore, filledPeer, open } from '../stores.ts';

const rounds = 5;
const groups = 30;

/** Each caller asks for its next transaction when the last one was answered. */
async function ourRate(store: Store, callers: number, size: number): Promise<number> {
  const total = callers * groups;
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < total) await changeStore(store, next++, size);
  };
  const ms = await timeOnce(() => Promise.all(Array.from({ length: callers }, caller)));
  return (total / ms) * 1_000;
}

async function peerRate(peer: SqlitePeer, callers: number, size: number): Promise<number> {
  const ms = await timeOnce(() => {
    for (let group = 0; group < groups; group++) {
      peer.write(Array.from({ length: callers }, (_, i) => change(makeOrder(scattered(group * callers + i, size)))));
    }
  });
  return ((callers * groups) / ms) * 1_000;
}

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const store = await open(directory);
  const peer = filledPeer(directory, size);
  const figures: Figure[] = [];
  for (const callers of [16, 64]) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(await ourRate(store, callers, size));
      theirs.push(await peerRate(peer, callers, size));
    }
    const [value, beside] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
    figures.push({
      measure: `durable transactions, ${callers} callers`,
      size,
      unit: '/s',
      value,
      peers: [{ name: `${peerName}, ${callers} in one transaction`, value: beside }],
      ...(callers === 64 && { goal: { text: 'ahead of the peer', reached: value > beside } }),
    });
  }
  await store.close();
  peer.close();
  return figures;
}
