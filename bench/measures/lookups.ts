// Reading by index: an order by its number, a buyer's open orders, and a sweep that finds nothing due.
import type { Store } from '../../src/app/ports.ts';
import { type Figure, quantile, timeEach } from '../figures.ts';
import { beforeAll, buyerOf, guildId, makeOrder, orderNumber, scattered } from '../orders.ts';
import { peerName, type SqlitePeer } from '../sqlite.ts';
import { filledPeer, open } from '../stores.ts';

const count = 20_000;

interface Lookup {
  readonly measure: string;
  readonly goalMicroseconds: number;
  ours(store: Store, i: number): Promise<unknown>;
  peer(peer: SqlitePeer, i: number): unknown;
}

function lookups(size: number): readonly Lookup[] {
  const numbers = Array.from({ length: count }, (_, i) => orderNumber(scattered(i, size)));
  const buyers = Array.from({ length: count }, (_, i) => buyerOf(scattered(i, size)));
  const group = (part: string | undefined): string => `${guildId}/${part}`;
  return [
    {
      measure: 'order by number',
      goalMicroseconds: 5,
      ours: (store, i) => store.read((tx) => tx.list('orders', 'byNumber', { group: group(numbers[i]) })),
      peer: (peer, i) => peer.byNumber(guildId, numbers[i] ?? ''),
    },
    {
      measure: "a buyer's open orders",
      goalMicroseconds: 10,
      ours: (store, i) => store.read((tx) => tx.list('orders', 'openByBuyer', { group: group(buyers[i]) })),
      peer: (peer, i) => peer.openByBuyer(guildId, buyers[i] ?? ''),
    },
    {
      measure: 'sweep with nothing due',
      goalMicroseconds: 50,
      ours: (store) => store.read((tx) => tx.list('orders', 'byWake', { group: '*', to: beforeAll, limit: 100 })),
      peer: (peer) => peer.due(beforeAll),
    },
  ];
}

async function scanTime(size: number): Promise<number> {
  const wakes = Array.from({ length: size }, (_, i) => ({ wakeAt: makeOrder(i).wakeAt ?? 0 }));
  return quantile(await timeEach(5, () => wakes.filter(({ wakeAt }) => wakeAt <= beforeAll)), 0.5);
}

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const store = await open(directory);
  const peer = filledPeer(directory, size);
  const figures: Figure[] = [];
  for (const { measure: name, goalMicroseconds, ours, peer: theirs } of lookups(size)) {
    await timeEach(2_000, (i) => ours(store, i));
    const samples = await timeEach(count, (i) => ours(store, i));
    const value = quantile(samples, 0.5);
    figures.push({
      measure: name,
      size,
      unit: 'µs',
      value,
      p99: quantile(samples, 0.99),
      peers: [{ name: `${peerName}, parsed`, value: quantile(await timeEach(count, (i) => theirs(peer, i)), 0.5) }],
      goal: { text: `≤ ${goalMicroseconds} µs`, reached: value <= goalMicroseconds },
    });
  }
  const sweep = figures.pop();
  if (sweep)
    figures.push({ ...sweep, peers: [...sweep.peers, { name: 'scan in memory', value: await scanTime(size) }] });
  await store.close();
  peer.close();
  return figures;
}
