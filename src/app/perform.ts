// Runs a change once: one transaction, one stored answer per operation, and a refusal that leaves nothing behind.
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import type { App, Request } from './context.ts';
import { StoreUnavailableError, type Tx } from './ports.ts';

class RolledBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/**
 * Runs `work` in one transaction. An operation already performed is not run again: it gets the answer given then.
 * A refusal writes nothing. A store that cannot be written becomes the refusal `store_not_writable`.
 *
 * @param work returns a small receipt (ids, codes, amounts: it is stored as JSON, so no personal data and no `undefined`
 *   that matters) or a refusal.
 */
export async function perform<T>(
  app: App,
  request: Pick<Request, 'operationId'>,
  work: (tx: Tx, now: number) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await app.store.transact(async (tx) => {
      const done = await tx.get('operations', request.operationId);
      if (done) return done.answer as T;
      const now = app.clock.now();
      const outcome = await work(tx, now);
      if (isRefusal(outcome)) throw new RolledBack(outcome);
      await tx.insert('operations', { id: request.operationId, at: now, answer: (outcome ?? null) as never });
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal;
    if (error instanceof StoreUnavailableError) {
      app.log.error({ err: error }, 'the store could not be written');
      return refuse('store_not_writable');
    }
    throw error;
  }
}
