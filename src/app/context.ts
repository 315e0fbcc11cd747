// What every use case is given: the application's ports, and who asks for what.
import type { PolicyBook } from '../domain/compensation/policy.ts';
import type { Locale } from '../domain/scalars.ts';
import type { Clock, Ids, Log, Store } from './ports.ts';

export interface App {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policies: PolicyBook;
  readonly log: Log;
  readonly defaults: { readonly locale: Locale; readonly timeZone: string };
}

/** Who asks, where, as Discord vouches for it. In a DM the server is the order's, and roles are unknown (empty). */
export interface Request {
  /** The interaction's id: what makes a replayed event the same operation. */
  readonly operationId: string;
  readonly guildId: string;
  readonly userId: string;
  readonly roleIds: readonly string[];
  /** Holds Manage Server. */
  readonly manager: boolean;
  readonly locale: Locale;
}
