// What every implementation of the Store port must do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { DuplicateKeyError } from '../../src/store/errors.ts';
import { aNotice, anOrder, guildId } from './records.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Closes it and opens it again on what it has kept. */
  reopen(): Promise<Store>;
  remove(): Promise<void>;
}

const buyer = (userId: string) => ({ userId, linkedAt: 1, by: 'proof' as const });

function ids(records: readonly { readonly id: string }[]): string[] {
  return records.map(({ id }) => id);
}

/** @param make a new and empty store */
export function describeStore(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}, as any store`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await make();
      store = under.store;
    });
    afterEach(() => under.remove());

    const put = (...orders: ReturnType<typeof anOrder>[]) =>
      store.transact(async (tx) => {
        for (const order of orders) await tx.put('orders', order);
      });
    const get = (id: string) => store.read((tx) => tx.get('orders', id));

    it('answers what was written, and undefined for what was not', async () => {
      await put(anOrder('a'));
      expect(await get('a')).toEqual(anOrder('a'));
      expect(await get('b')).toBeUndefined();
    });

    it('keeps everything over a reopening', async () => {
      await put(anOrder('a'), anOrder('b', { buyer: buyer('1') }));
      await store.transact((tx) => tx.delete('orders', 'a'));
      await put(anOrder('b', { version: 2, buyer: buyer('2') }));
      store = await under.reopen();
      expect(await get('a')).toBeUndefined();
      expect((await get('b'))?.version).toBe(2);
      const byOld = await store.read((tx) => tx.list('orders', 'byBuyer', { group: `${guildId}/1` }));
      const byNew = await store.read((tx) => tx.list('orders', 'byBuyer', { group: `${guildId}/2` }));
      expect([ids(byOld), ids(byNew)]).toEqual([[], ['b']]);
    });

    it('returns what the work returns', async () => {
      expect(await store.transact(async () => 7)).toBe(7);
      expect(await store.read(async () => 'x')).toBe('x');
    });

    it('writes nothing when the work throws, and passes the error on', async () => {
      const failure = new Error('no');
      const work = store.transact(async (tx) => {
        await tx.put('orders', anOrder('a'));
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
      expect(await get('a')).toBeUndefined();
      expect(await store.read((tx) => tx.count('orders', 'byNumber', { group: `${guildId}/N-a` }))).toBe(0);
    });

    it('lets a transaction see its own writes, in every kind of read', async () => {
      await put(anOrder('a'), anOrder('b'), anOrder('c'));
      await store.transact(async (tx) => {
        await tx.delete('orders', 'a');
        await tx.put('orders', anOrder('b', { state: 'shipped' }));
        await tx.put('orders', anOrder('d'));
        expect(await tx.get('orders', 'a')).toBeUndefined();
        const open = await tx.list('orders', 'openByMerchant', { group: `${guildId}/m1` });
        expect(ids(open)).toEqual(['c', 'd']);
        expect(await tx.count('orders', 'openByMerchant', { group: `${guildId}/m1` })).toBe(2);
      });
    });

    it('hides the writes of a transaction from readers until it has ended', async () => {
      let written = (): void => {};
      const hasWritten = new Promise<void>((resolve) => {
        written = resolve;
      });
      let finish = (): void => {};
      const mayFinish = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const transaction = store.transact(async (tx) => {
        await tx.put('orders', anOrder('a'));
        written();
        await mayFinish;
      });
      await hasWritten;
      expect(await get('a')).toBeUndefined();
      finish();
      await transaction;
      expect(await get('a')).toBeDefined();
    });

    it('keeps apart a transaction that lets others have their turn, and the one before it that is saved meanwhile', async () => {
      const note = (text: string) => anOrder('a', { buyerNote: text });
      for (const fails of [false, true]) {
        const before = put(note('before'));
        const slow = store.transact(async (tx) => {
          await tx.put('orders', note('slow'));
          await before;
          expect(await tx.get('orders', 'a')).toMatchObject({ buyerNote: 'slow' });
          expect(await get('a')).toMatchObject({ buyerNote: 'before' });
          if (fails) throw new Error('no');
        });
        const after = store.transact((tx) => tx.get('orders', 'a'));
        await slow.catch(() => {});
        const kept = { buyerNote: fails ? 'before' : 'slow' };
        expect([await after, await get('a')]).toMatchObject([kept, kept]);
      }
    });

    it('shows a reader one state from beginning to end', async () => {
      await put(anOrder('a'), anOrder('b'));
      await store.read(async (tx) => {
        expect(await tx.count('orders', 'openByMerchant', { group: `${guildId}/m1` })).toBe(2);
        await store.transact(async (writer) => {
          await writer.delete('orders', 'a');
          await writer.put('orders', anOrder('b', { version: 2 }));
          await writer.put('orders', anOrder('c'));
        });
        await put(anOrder('b', { version: 3 }));
        expect((await tx.get('orders', 'b'))?.version).toBe(1);
        expect(await tx.get('orders', 'c')).toBeUndefined();
        const open = await tx.list('orders', 'openByMerchant', { group: `${guildId}/m1` });
        expect(open.map(({ id, version }) => [id, version])).toEqual([
          ['a', 1],
          ['b', 1],
        ]);
        expect(await tx.count('orders', 'openByMerchant', { group: `${guildId}/m1` })).toBe(2);
      });
      expect((await get('b'))?.version).toBe(3);
    });

    it('runs concurrent changes of one record one after another', async () => {
      await put(anOrder('a', { version: 1 }));
      const raise = () =>
        store.transact(async (tx) => {
          const order = await tx.get('orders', 'a');
          await tx.put('orders', anOrder('a', { version: (order?.version ?? 0) + 1 }));
        });
      await Promise.all(Array.from({ length: 50 }, raise));
      expect((await get('a'))?.version).toBe(51);
    });

    it('inserts a key once, also among concurrent callers', async () => {
      const insert = (version: number) => store.transact((tx) => tx.insert('orders', anOrder('a', { version })));
      const taken = await Promise.all(Array.from({ length: 20 }, (_, i) => insert(i + 1)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await get('a'))?.version).toBe(taken.indexOf(true) + 1);
    });

    it('inserts a unique index entry once, and takes it again when it is free', async () => {
      const insert = (id: string) => store.transact((tx) => tx.insert('notices', aNotice(id, { key: 'same' })));
      expect(await insert('a')).toBe(true);
      expect(await insert('b')).toBe(false);
      expect(await store.read((tx) => tx.get('notices', 'b'))).toBeUndefined();
      await store.transact((tx) => tx.delete('notices', 'a'));
      expect(await insert('b')).toBe(true);
      const insertBoth = store.transact(async (tx) => [
        await tx.insert('notices', aNotice('c')),
        await tx.insert('notices', aNotice('d', { key: 'key-c' })),
      ]);
      expect(await insertBoth).toEqual([true, false]);
    });

    it('lets records share a group of a unique index where they differ in what must be unique', async () => {
      await put(anOrder('a', { number: 'same' }), anOrder('b', { number: 'same', merchantId: 'm2' }));
      const insert = store.transact((tx) => tx.insert('orders', anOrder('c', { number: 'same', merchantId: 'm2' })));
      expect(await insert).toBe(false);
      await expect(put(anOrder('a', { number: 'same', merchantId: 'm2' }))).rejects.toBeInstanceOf(DuplicateKeyError);
      const group = `${guildId}/same`;
      expect(ids(await store.read((tx) => tx.list('orders', 'byNumber', { group })))).toEqual(['a', 'b']);
    });

    it('refuses to put a record over the unique entry of another', async () => {
      await store.transact((tx) => tx.put('notices', aNotice('a', { key: 'same' })));
      const work = store.transact(async (tx) => {
        await tx.put('notices', aNotice('c'));
        await tx.put('notices', aNotice('b', { key: 'same' }));
      });
      await expect(work).rejects.toBeInstanceOf(DuplicateKeyError);
      expect(await store.read((tx) => tx.get('notices', 'c'))).toBeUndefined();
      await store.transact((tx) => tx.put('notices', aNotice('a', { key: 'same', attempts: 1 })));
    });

    describe('with orders due at 10, 20, 20, 30 and one without a date', () => {
      const group = `${guildId}/m1`;
      const due = (id: string, at?: number) => anOrder(id, at === undefined ? {} : { shipBy: { at, basis: 'policy' } });
      beforeEach(() => put(due('e', 30), due('c', 20), due('a', 10), due('b', 20), due('x')));
      const list = (query: object) =>
        store.read(async (tx) => ids(await tx.list('orders', 'openByMerchant', { group, ...query })));
      const count = (query: object) => store.read((tx) => tx.count('orders', 'openByMerchant', { group, ...query }));

      it.each([
        [{}, ['x', 'a', 'b', 'c', 'e']],
        [{ newestFirst: true }, ['e', 'c', 'b', 'a', 'x']],
        [{ from: 10 }, ['a', 'b', 'c', 'e']],
        [{ to: 20 }, ['x', 'a', 'b', 'c']],
        [{ from: 11, to: 20 }, ['b', 'c']],
        [{ from: 20, to: 20, newestFirst: true }, ['c', 'b']],
        [{ from: 31 }, []],
        [{ from: 20, to: 10 }, []],
        [{ group: 'nobody' }, []],
      ])('lists %j', async (query, expected) => {
        expect(await list(query)).toEqual(expected);
        expect(await count(query)).toBe(expected.length);
      });

      it('keeps to the limit', async () => {
        expect(await list({ limit: 2 })).toEqual(['x', 'a']);
        expect(await list({ limit: 2, newestFirst: true, to: 20 })).toEqual(['c', 'b']);
        expect(await list({ limit: 0 })).toEqual([]);
        expect(await count({ from: 10 })).toBe(4);
      });
    });

    it('keeps records as they were put, whatever the caller tries with its own', async () => {
      const order = anOrder('a');
      await put(order);
      try {
        order.lines.length = 0;
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
      expect((await get('a'))?.lines).toHaveLength(1);
      const kept = await get('a');
      expect(() => Object.assign(kept?.lines[0] ?? {}, { quantity: 9 })).toThrow(TypeError);
    });

    it('refuses work once closed', async () => {
      await store.close();
      await store.close();
      await expect(put(anOrder('a'))).rejects.toThrow('closed');
      await expect(get('a')).rejects.toThrow('closed');
    });

    it('finishes what is under way before it closes', async () => {
      const writes = Array.from({ length: 20 }, (_, i) => put(anOrder(`o${i}`)));
      await store.close();
      await Promise.all(writes);
      store = await under.reopen();
      expect(await store.read((tx) => tx.count('orders', 'openByMerchant', { group: `${guildId}/m1` }))).toBe(20);
    });
  });
}
