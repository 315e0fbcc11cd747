// What lies behind the page: the newest of the ledger, the case files, the notice queue and the bot's requests.
import { everywhere } from '../../app/collections.ts';
import { addresseeKey } from '../../domain/notice/notice.ts';
import type { Demo } from '../demo.ts';
import type { Inspection } from './protocol.ts';

const SHOWN = 60;
/** Orders whose case files are looked through. */
const ORDERS = 500;

/** Newest first. */
export async function inspect({ app, world, discord }: Demo): Promise<Inspection> {
  const { guildId } = world;
  const newest = { group: guildId, newestFirst: true, limit: SHOWN } as const;
  return app.store.read(async (tx): Promise<Inspection> => {
    const ledger = await tx.list('ledger', 'byGuild', newest);
    const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
    const orders = await Promise.all(
      merchants.map((merchant) =>
        tx.list('orders', 'openByMerchant', { group: `${guildId}/${merchant.id}`, limit: ORDERS }),
      ),
    );
    const files = await Promise.all(
      orders.flat().map(async (order) =>
        (await tx.list('caseEntries', 'byOrder', { group: order.id, newestFirst: true, limit: 5 })).map((entry) => ({
          ...entry,
          order: order.number,
        })),
      ),
    );
    const pending = await tx.list('notices', 'toDeliver', { group: everywhere, limit: SHOWN });
    const settled = await tx.list('notices', 'settled', { group: everywhere, newestFirst: true, limit: SHOWN });
    return {
      ledger: ledger.map(({ number, at, kind, reason, by, currency, postings, hash }) => {
        return { number, at, kind, reason, by, currency, postings, hash: hash.slice(0, 12) };
      }),
      cases: files
        .flat()
        .sort((a, b) => b.at - a.at || b.id.localeCompare(a.id))
        .slice(0, SHOWN)
        .map(({ id, at, order, kind, by, data }) => ({ id, at, order, kind, by, data })),
      notices: [...pending, ...settled].map((notice) => {
        const { id, createdAt, kind, to, state, nextAttemptAt, attempts, way, failure } = notice;
        return { id, createdAt, kind, to: addresseeKey(to), state, nextAttemptAt, attempts, way, failure };
      }),
      requests: discord.requests
        .slice(-SHOWN)
        .toReversed()
        .map(({ query: _query, ...request }) => request),
    };
  });
}
