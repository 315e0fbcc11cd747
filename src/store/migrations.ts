// How records written by older versions become what this version keeps.

/** Takes a record of `collection` from one schema version to the next. It gets and returns plain JSON. */
export type Migration = (collection: string, record: object) => object;

/**
 * `migrations[n]` leads from schema version n + 1 to n + 2. Only ever appended to, with each change of what records look like:
 * also where older records are good as they are, for an older Makegood refuses by the version what it would not know.
 */
export const migrations: readonly Migration[] = [];

/** The schema version that a list of migrations leads to; what is written carries it. */
export function schemaVersion(list: readonly Migration[]): number {
  return list.length + 1;
}

/** Brings a record from version `from` up to the newest. */
export function migrate(list: readonly Migration[], from: number, collection: string, record: object): object {
  return list.slice(from - 1).reduce((older, migration) => migration(collection, older), record);
}
