// Why a store could not be opened, each with a plain sentence for the person at the terminal; and one bug.

/** What is on disk does not check out. Nothing was changed. */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError';
}

/** Another process holds the store. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
}

/** A bug: a record was put whose entry in a unique index belongs to another record. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
}
