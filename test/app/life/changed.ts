// Looks into a world's records, at one instant and between two.
import { isDeepStrictEqual } from 'node:util';
import { type CollectionName, collectionNames, type RecordOf } from '../../../src/app/collections.ts';
import type { Tables } from './world.ts';

export function recordsIn<C extends CollectionName>(tables: Tables, collection: C): RecordOf<C>[] {
  return [...(tables.get(collection)?.values() ?? [])] as never;
}

export function recordIn<C extends CollectionName>(
  tables: Tables,
  collection: C,
  key: string,
): RecordOf<C> | undefined {
  return tables.get(collection)?.get(key) as never;
}

/** What differs, by collection and key; not looked at in the collections apart. */
export function changed(before: Tables, after: Tables, apart: readonly CollectionName[] = []): string[] {
  return collectionNames
    .filter((name) => !apart.includes(name))
    .flatMap((name) => {
      const [old, now] = [before.get(name), after.get(name)];
      const keys = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
      return [...keys].filter((key) => !isSame(old?.get(key), now?.get(key))).map((key) => `${name} ${key}`);
    });
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(a, b);
}
