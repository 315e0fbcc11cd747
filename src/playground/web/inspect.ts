// What lies behind the page: the newest of the ledger, the case files, the notice queue and the bot's requests.
import { everywhere, keyOf } from '../../app/collections.ts';
import type { ReadTx } from '../../app/ports.ts';
import { addresseeKey } from '../../domain/notice/notice.ts';
import type { Demo } from '../demo.ts';
import type { LocalDiscord } from '../local-discord/local-discord.ts';
import type { Inspection } from './protocol.ts';

const SHOWN = 60;
/** Orders whose case files are looked through. */
const ORDERS = 500;
/** Entries of one order's file. */
const ENTRIES = 10;

/** Newest first. */
export async function inspect({ app, world, discord }: Demo): Promise<Inspection> {
  const { guildId } = world;
  const newest = { group: guildId, newestFirst: true, limit: SHOWN } as const;
  return app.store.read(async (tx): Promise<Inspection> => {
    const ledger = await tx.list('ledger', 'byGuild', newest);
    const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
    const pending = await tx.list('notices', 'toDeliver', { group: everywhere, limit: SHOWN });
    const settled = await tx.list('notices', 'settled', { group: everywhere, newestFirst: true, limit: SHOWN });
    const open = await Promise.all(
      merchants.map(({ id }) => tx.list('orders', 'openByMerchant', { group: keyOf(guildId, id), limit: ORDERS })),
    );
    // Orders that are closed are known by what was paid or written for them.
    const ids = new Set([...open.flat().map(({ id }) => id), ...[...ledger, ...settled].map(({ orderId }) => orderId)]);
    const files = await Promise.all([...ids].map((id) => (id === undefined ? [] : caseFile(tx, id))));
    return {
      ledger: ledger.map(({ number, at, kind, reason, by, currency, postings, hash }) => {
        return { number, at, kind, reason, by, currency, postings, hash: hash.slice(0, 12) };
      }),
      cases: files
        .flat()
        .sort((a, b) => b.at - a.at || b.id.localeCompare(a.id))
        .slice(0, SHOWN),
      notices: [...pending, ...settled].map((notice) => {
        const { id, createdAt, kind, to, state, nextAttemptAt, attempts, way, failure } = notice;
        return { id, createdAt, kind, to: addresseeKey(to), state, nextAttemptAt, attempts, way, failure };
      }),
      requests: newestRequests(discord),
    };
  });
}

/** The newest entries of one order's file, with its number. */
async function caseFile(tx: ReadTx, orderId: string): Promise<Inspection['cases']> {
  const number = (await tx.get('orders', orderId))?.number ?? orderId;
  const newest = { group: orderId, newestFirst: true, limit: ENTRIES } as const;
  const entries = await tx.list('caseEntries', 'byOrder', newest);
  return entries.map(({ id, at, kind, by, data }) => ({ id, at, order: number, kind, by, data }));
}

/** The newest requests, and the newest refusals among all. */
function newestRequests({ requests, refusals }: LocalDiscord): Inspection['requests'] {
  const shown = new Set([...requests.slice(-SHOWN), ...refusals.slice(-SHOWN)]);
  return [...shown].sort((a, b) => b.id - a.id).map(({ query: _query, ...request }) => request);
}
