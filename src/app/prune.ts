// Lets go of what has served its time: answers to old operations, drafts that expired, proofs that failed a day ago, notices
// long settled or never seen, and people who have not been here for a year.
import { everywhere } from './collections.ts';
import type { App } from './context.ts';
import type { ReadTx } from './ports.ts';

const dayMs = 86_400_000;
/** Discord replays an event within minutes, and an interaction's token lives fifteen. */
const operationsKeptMs = 2 * dayMs;
const linkFailuresKeptMs = dayMs;
const noticesKeptMs = 90 * dayMs;
/** Nobody looks for it any more; what still matters of it stands on the order's card. */
const unseenKeptMs = 365 * dayMs;
const peopleKeptMs = 365 * dayMs;
/** Of each collection, in one tick. */
const batchSize = 200;

interface Outdated {
  readonly operations: readonly string[];
  readonly drafts: readonly string[];
  readonly linkFailures: readonly string[];
  readonly notices: readonly string[];
  readonly people: readonly string[];
}

/** True where something is outdated at `now` (UTC ms). A few index reads. */
export async function isPrunable(tx: ReadTx, now: number): Promise<boolean> {
  return sizeOf(await outdated(tx, now, 1)) > 0;
}

/**
 * Deletes what is outdated at `now` (UTC ms), a bounded part of it; answers how much. A message that a buyer has still to see
 * is kept for a year. Who comes back after that is greeted in the language they then use.
 */
export function prune(app: App, now: number): Promise<number> {
  return app.store.transact(async (tx) => {
    const found = await outdated(tx, now, batchSize);
    for (const id of found.operations) await tx.delete('operations', id);
    for (const id of found.drafts) await tx.delete('drafts', id);
    for (const id of found.linkFailures) await tx.delete('linkFailures', id);
    for (const id of found.notices) await tx.delete('notices', id);
    for (const id of found.people) await tx.delete('people', id);
    return sizeOf(found);
  });
}

async function outdated(tx: ReadTx, now: number, limit: number): Promise<Outdated> {
  const until = (to: number) => ({ group: everywhere, to, limit });
  const idsOf = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);
  return {
    operations: idsOf(await tx.list('operations', 'byAge', until(now - operationsKeptMs))),
    drafts: idsOf(await tx.list('drafts', 'byExpiry', until(now))),
    linkFailures: idsOf(await tx.list('linkFailures', 'byAge', until(now - linkFailuresKeptMs))),
    notices: [
      ...idsOf(await tx.list('notices', 'settled', until(now - noticesKeptMs))),
      ...idsOf(await tx.list('notices', 'unseen', until(now - unseenKeptMs))),
    ],
    people: (await tx.list('people', 'bySeen', until(now - peopleKeptMs))).map(({ userId }) => userId),
  };
}

function sizeOf(found: Outdated): number {
  return Object.values(found).reduce((sum: number, ids: readonly string[]) => sum + ids.length, 0);
}
