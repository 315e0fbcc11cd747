// Why a store could not be opened, each with a plain sentence for the person at the terminal; and one bug.

/** What is on disk does not check out. Nothing was changed. */
export class StoreDamagedError extends Error {
  override readonly name: string = 'StoreDamagedError';
  /** Where, and what, without advice: `db.json, line 3: its checksum does not match`. */
  readonly finding: string;

  constructor(finding: string, advice: string) {
    super(`The store cannot be opened: ${finding}. Nothing was changed. ${advice}`);
    this.finding = finding;
  }
}

/** A newer version of Makegood wrote it: nothing is the matter with it, but this version cannot read it. Nothing was changed. */
export class StoreNewerError extends StoreDamagedError {
  override readonly name = 'StoreNewerError';
}

/** Another process holds the store. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
}

/** A bug: a record was put whose entry in a unique index belongs to another record. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';
}
