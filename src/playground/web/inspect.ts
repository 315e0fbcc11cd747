// What lies behind the page, worded for its reader: the newest of the ledger, the case files, the notice queue and the bot's requests.
import { everywhere, keyOf } from '../../app/collections.ts';
import type { ReadTx } from '../../app/ports.ts';
import type { CaseEntry } from '../../domain/case-file/entry.ts';
import type { Order } from '../../domain/order/order.ts';
import type { Locale } from '../../domain/scalars.ts';
import type { Demo } from '../demo.ts';
import type { LocalDiscord } from '../local-discord/local-discord.ts';
import { inspectionWords } from './inspection-words.ts';
import type { Inspection } from './protocol.ts';

const maxShown = 60;
/** Orders whose case files are looked through. */
const maxOrders = 500;
/** Entries of one order's file. */
const maxEntries = 10;

/** Newest first. */
export async function inspect({ app, world, discord }: Demo, locale: Locale): Promise<Inspection> {
  const { guildId } = world;
  const newest = { group: guildId, newestFirst: true, limit: maxShown } as const;
  return app.store.read(async (tx): Promise<Inspection> => {
    const ledger = await tx.list('ledger', 'byGuild', newest);
    const merchants = await tx.list('merchants', 'byGuild', { group: guildId });
    const say = inspectionWords(locale, discord.world, merchants);
    const pending = await tx.list('notices', 'toDeliver', { group: everywhere, limit: maxShown });
    const settled = await tx.list('notices', 'settled', { group: everywhere, newestFirst: true, limit: maxShown });
    const open = await Promise.all(
      merchants.map(({ id }) => tx.list('orders', 'openByMerchant', { group: keyOf(guildId, id), limit: maxOrders })),
    );
    // Orders that are closed are known by what was paid or written for them.
    const ids = new Set([...open.flat().map(({ id }) => id), ...[...ledger, ...settled].map(({ orderId }) => orderId)]);
    const files = await Promise.all([...ids].map((id) => (id === undefined ? [] : caseFile(tx, id))));
    const latest = files.flat().sort((a, b) => b.entry.at - a.entry.at || b.entry.id.localeCompare(a.entry.id));
    return {
      ledger: ledger.map(say.ledgerEntry),
      cases: latest.slice(0, maxShown).map(({ entry, order }) => say.caseEntry(entry, order)),
      notices: [...pending, ...settled].map(say.notice),
      requests: newestRequests(discord),
    };
  });
}

/** The newest entries of one order's file, with the order. */
async function caseFile(tx: ReadTx, orderId: string): Promise<{ entry: CaseEntry; order: Order | undefined }[]> {
  const order = await tx.get('orders', orderId);
  const newest = { group: orderId, newestFirst: true, limit: maxEntries } as const;
  return (await tx.list('caseEntries', 'byOrder', newest)).map((entry) => ({ entry, order }));
}

/** The newest requests, and the newest refusals among all. */
function newestRequests({ requests, refusals }: LocalDiscord): Inspection['requests'] {
  const shown = new Set([...requests.slice(-maxShown), ...refusals.slice(-maxShown)]);
  return [...shown].sort((a, b) => b.id - a.id).map(({ query: _query, ...request }) => request);
}
