// Any sequence of transactions, failures, kills and snapshots leaves what a simple model says.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordOf } from '../../../src/app/collections.ts';
import { type Store, StoreUnavailableError, type Tx } from '../../../src/app/ports.ts';
import { anOrder, guildId } from '../records.ts';
import { openInMemory } from './helpers.ts';
import { errorOf, MemoryFiles } from './memory-files.ts';

type Order = RecordOf<'orders'>;
type Model = Map<string, Order>;

interface Step {
  readonly kind: 'put' | 'insert' | 'delete';
  readonly id: number;
  readonly number: number;
  readonly due: number | undefined;
  readonly open: boolean;
}

const ids = 40;
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put', 'put', 'insert', 'delete'),
  id: fc.nat(ids - 1),
  number: fc.nat(50),
  due: fc.option(fc.nat(9), { nil: undefined }),
  open: fc.boolean(),
});
const transaction = fc.record({ steps: fc.array(step, { maxLength: 6 }), throws: fc.boolean() });
const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      together: fc.array(transaction, { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      together: fc.array(transaction, { minLength: 1, maxLength: 4 }),
      calls: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
);

function orderOf({ id, number, due, open }: Step): Order {
  return anOrder(`o${id}`, {
    number: `N${number}`,
    state: open ? 'to_ship' : 'shipped',
    ...(due !== undefined && { wakeAt: due, shipBy: { at: due, basis: 'policy' } }),
  });
}

function isTaken(model: Model, order: Order): boolean {
  return [...model.values()].some(({ id, number }) => number === order.number && id !== order.id);
}

/** One step in the model; false where the store must have refused it. */
function stepModel(model: Model, taken: Step): boolean {
  const order = orderOf(taken);
  if (taken.kind === 'delete') model.delete(order.id);
  else if (isTaken(model, order) || (taken.kind === 'insert' && model.has(order.id))) return false;
  else model.set(order.id, order);
  return true;
}

async function stepStore(tx: Tx, taken: Step): Promise<boolean> {
  const order = orderOf(taken);
  if (taken.kind === 'insert') return tx.insert('orders', order);
  if (taken.kind === 'delete') return tx.delete('orders', order.id).then(() => true);
  return tx.put('orders', order).then(
    () => true,
    () => false,
  );
}

class Stop extends Error {}

/** Runs one on the store and, where it was saved, on the model. Transactions run in the order they were asked for. */
async function runTransaction(store: Store, model: Model, { steps, throws }: { steps: Step[]; throws: boolean }) {
  const results: boolean[] = [];
  const work = store.transact(async (tx) => {
    results.length = 0;
    for (const taken of steps) results.push(await stepStore(tx, taken));
    if (throws) throw new Stop();
  });
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure === undefined) expect(results).toEqual(steps.map((taken) => stepModel(model, taken)));
  else if (!(failure instanceof Stop)) expect(failure).toBeInstanceOf(StoreUnavailableError);
}

async function expectSame(store: Store, model: Model): Promise<void> {
  const orders = [...model.values()];
  const open = orders.filter(({ state }) => state === 'to_ship');
  const by = (value: (order: Order) => number) => (a: Order, b: Order) => value(a) - value(b) || (a.id < b.id ? -1 : 1);
  await store.read(async (tx) => {
    for (let id = 0; id < ids; id++) expect(await tx.get('orders', `o${id}`)).toEqual(model.get(`o${id}`));
    const group = `${guildId}/m1`;
    const expected = open.sort(by((order) => order.shipBy?.at ?? 0));
    expect(await tx.list('orders', 'openByMerchant', { group })).toEqual(expected);
    expect(await tx.count('orders', 'openByMerchant', { group })).toBe(expected.length);
    const due = orders
      .filter(({ wakeAt }) => wakeAt !== undefined && wakeAt >= 2 && wakeAt <= 6)
      .sort(by((o) => o.wakeAt ?? 0));
    const query = { group: '*', from: 2, to: 6 };
    expect(await tx.list('orders', 'byWake', { ...query, limit: 5 })).toEqual(due.slice(0, 5));
    expect(await tx.list('orders', 'byWake', { ...query, newestFirst: true })).toEqual(due.toReversed());
    expect(await tx.count('orders', 'byWake', query)).toBe(due.length);
    for (const order of orders) {
      expect(await tx.list('orders', 'byNumber', { group: `${guildId}/${order.number}` })).toEqual([order]);
    }
  });
}

type Transactions = readonly { steps: Step[]; throws: boolean }[];

/** A store and its model, side by side. */
class Pair {
  readonly #model: Model = new Map();
  #files = new MemoryFiles();
  #store: Store | undefined;

  async open(): Promise<void> {
    this.#store = await openInMemory(this.#files, { journalBytes: 1_500 });
  }

  async together(transactions: Transactions): Promise<void> {
    await Promise.all(transactions.map((one) => runTransaction(this.#get(), this.#model, one)));
  }

  async togetherFailing(transactions: Transactions, calls: number): Promise<void> {
    let left = calls;
    this.#files.faults = () => (left-- > 0 ? { error: errorOf('ENOSPC'), written: 0.4 } : undefined);
    await this.together(transactions);
    this.#files.faults = () => undefined;
  }

  async close(): Promise<void> {
    await this.#get().close();
    await this.open();
  }

  async kill(): Promise<void> {
    this.#files = this.#files.after('power cut');
    await this.open();
  }

  expectSame(): Promise<void> {
    return expectSame(this.#get(), this.#model);
  }

  #get(): Store {
    if (!this.#store) throw new Error('not open');
    return this.#store;
  }
}

it('is what a simple model says', { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
    const pair = new Pair();
    await pair.open();
    for (const one of actions) {
      if (one.do === 'write') await pair.together(one.together);
      else if (one.do === 'fail') await pair.togetherFailing(one.together, one.calls);
      else await pair[one.do]();
      await pair.expectSame();
    }
  });
  await fc.assert(property, { numRuns: 60 });
});
