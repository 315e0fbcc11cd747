// How records written by older versions become what this version keeps.

/** Takes a record of `collection` from one schema version to the next. It gets and returns plain JSON. */
export type Migration = (collection: string, record: object) => object;

type Fields = Readonly<Record<string, unknown>>;

/**
 * 1 to 2: what was noticed of an order's lead times is kept for each of its ship-by dates; a limit of the staff's has a currency.
 * Which one it was set in is not known: rule books that came with version 1 are all in one with two decimals.
 */
function keepEachDate(collection: string, record: object): object {
  const { reminded, staffDailyLimitMinor, ...rest } = record as Fields;
  if (collection === 'orders' && reminded !== undefined) return { ...rest, reminded: [reminded] };
  if (collection !== 'settings' || staffDailyLimitMinor === undefined) return record;
  return { ...rest, staffDailyLimit: { minor: staffDailyLimitMinor, currency: 'CNY' } };
}

/**
 * `migrations[n]` leads from schema version n + 1 to n + 2. Only ever appended to, with each change of what records look like:
 * also where older records are good as they are, for an older Makegood refuses by the version what it would not know.
 */
export const migrations: readonly Migration[] = [keepEachDate];

/** The schema version that a list of migrations leads to; what is written carries it. */
export function schemaVersion(list: readonly Migration[]): number {
  return list.length + 1;
}

/** Brings a record from version `from` up to the newest. */
export function migrate(list: readonly Migration[], from: number, collection: string, record: object): object {
  return list.slice(from - 1).reduce((older, migration) => migration(collection, older), record);
}
