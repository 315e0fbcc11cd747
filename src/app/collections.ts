// Every collection the store keeps: its schema, its key, and the indexes the application looks things up by.
import { z } from 'zod';
import { type CaseEntry, caseEntrySchema } from '../domain/case-file/entry.ts';
import { type CompensationDraft, compensationDraftSchema } from '../domain/compensation/draft.ts';
import { type Incident, incidentSchema } from '../domain/incident.ts';
import { type Balance, balanceSchema, type LedgerEntry, ledgerEntrySchema } from '../domain/ledger/entry.ts';
import { type Voucher, voucherSchema } from '../domain/ledger/voucher.ts';
import { type GuildSettings, guildSettingsSchema, type Merchant, merchantSchema } from '../domain/merchant.ts';
import { addresseeKey, type Notice, noticeSchema } from '../domain/notice/notice.ts';
import { isOpen, type Order, orderSchema } from '../domain/order/order.ts';
import { type Person, personSchema } from '../domain/person.ts';
import { type Refund, refundSchema } from '../domain/refund/refund.ts';
import { instantSchema } from '../domain/scalars.ts';
import { type Product, productSchema } from '../domain/stock/product.ts';

/** So many wrong proofs close an order to proof for a day; more are not counted. */
export const failedProofsAtMost = 20;

/** The answer given to an operation, so that the same operation asked again gets the same answer and has no second effect. */
export const operationSchema = z.object({ id: z.string(), at: instantSchema, answer: z.json() });
export type Operation = z.infer<typeof operationSchema>;

/** Proofs that failed for one order, from any account, oldest first. `id`: the order's, or one for all orders there are not. */
export const linkFailuresSchema = z.object({
  id: z.string(),
  failedAt: z.array(instantSchema).min(1).max(failedProofsAtMost),
});
export type LinkFailures = z.infer<typeof linkFailuresSchema>;

/** An index: records with a `group` are listed under it, by `order` (0 when absent). `unique`: what no two of a group share. */
export interface IndexDefinition<R> {
  readonly group: (record: R) => string | undefined;
  readonly order?: (record: R) => number;
  readonly unique?: (record: R) => string;
}

export interface CollectionDefinition<R, I extends string = string> {
  readonly schema: z.ZodType<R>;
  readonly key: (record: R) => string;
  readonly indexes: Readonly<Record<I, IndexDefinition<R>>>;
}

function collection<R, I extends string>(definition: CollectionDefinition<R, I>): CollectionDefinition<R, I> {
  return definition;
}

/** Joins the parts of a key. No part contains a slash, save the last. */
export function keyOf(...parts: readonly [string | number, ...(string | number)[]]): string {
  return parts.join('/'); // one string of its own, where adding up would keep every step in memory
}

/** For an index whose groups hold one record each. */
const alone = () => '';

/** The group of indexes that span all servers and are read by the sweep and the courier alone. */
export const everywhere = '*';

export const collections = {
  settings: collection({ schema: guildSettingsSchema, key: (s: GuildSettings) => s.guildId, indexes: {} }),
  merchants: collection({
    schema: merchantSchema,
    key: (m: Merchant) => keyOf(m.guildId, m.id),
    indexes: {
      byGuild: { group: (m) => m.guildId },
      /** everywhere: whose open orders are still to be looked at anew after a change of reminders */
      rewaking: { group: (m) => (m.rewake === undefined ? undefined : everywhere) },
    },
  }),
  people: collection({
    schema: personSchema,
    key: (p: Person) => p.userId,
    /** everywhere, by when they were last here: for pruning */
    indexes: {
      bySeen: { group: (p) => (p.seenAt === undefined ? undefined : everywhere), order: (p) => p.seenAt ?? 0 },
    },
  }),
  products: collection({
    schema: productSchema,
    key: (p: Product) => keyOf(p.guildId, p.merchantId, p.sku),
    indexes: { byMerchant: { group: (p) => keyOf(p.guildId, p.merchantId) } },
  }),
  orders: collection({
    schema: orderSchema,
    key: (o: Order) => o.id,
    indexes: {
      /** `guild/number`: usually one; the same number may stand at two merchants, once at each. */
      byNumber: { group: (o) => keyOf(o.guildId, o.number), unique: (o) => o.merchantId },
      /** `guild/user`, open orders only, by ship-by instant */
      openByBuyer: {
        group: (o) => (o.buyer && isOpen(o) ? keyOf(o.guildId, o.buyer.userId) : undefined),
        order: (o) => o.shipBy?.at ?? 0,
      },
      /** `guild/user`, all orders, by the time they came in */
      byBuyer: { group: (o) => (o.buyer ? keyOf(o.guildId, o.buyer.userId) : undefined), order: (o) => o.importedAt },
      /** `user`, over all servers: for a DM, which has no server */
      openByUser: {
        group: (o) => (o.buyer && isOpen(o) ? o.buyer.userId : undefined),
        order: (o) => o.shipBy?.at ?? 0,
      },
      /** `guild/merchant`, open orders only, by ship-by instant */
      openByMerchant: {
        group: (o) => (isOpen(o) ? keyOf(o.guildId, o.merchantId) : undefined),
        order: (o) => o.shipBy?.at ?? 0,
      },
      /** everywhere, by the next instant at which the sweep must look */
      byWake: {
        group: (o) => (o.wakeAt === undefined ? undefined : everywhere),
        order: (o) => o.wakeAt ?? 0,
      },
    },
  }),
  incidents: collection({
    schema: incidentSchema,
    key: (i: Incident) => i.id,
    indexes: {
      spreading: { group: (i) => (i.state === 'spreading' ? everywhere : undefined), order: (i) => i.reportedAt },
      byMerchant: { group: (i) => keyOf(i.guildId, i.merchantId), order: (i) => i.reportedAt },
    },
  }),
  ledger: collection({
    schema: ledgerEntrySchema,
    key: (e: LedgerEntry) => keyOf(e.guildId, e.number),
    indexes: {
      byGuild: { group: (e) => e.guildId, order: (e) => e.number },
      byOrder: { group: (e) => e.orderId, order: (e) => e.number },
      /** `order/reason`: a compensation of a kind is given once */
      compensation: {
        group: (e) => (e.kind === 'compensation' && e.orderId ? keyOf(e.orderId, e.reason ?? '') : undefined),
        unique: alone,
      },
      /** `guild/staff`, compensations by the time they were given: for the daily limit */
      byGiver: { group: (e) => (e.kind === 'compensation' ? keyOf(e.guildId, e.by) : undefined), order: (e) => e.at },
    },
  }),
  balances: collection({
    schema: balanceSchema,
    key: (b: Balance) => keyOf(b.guildId, b.currency, b.account),
    indexes: {
      byGuild: { group: (b) => b.guildId },
      /** `guild/account`: one for each currency */
      byAccount: { group: (b) => keyOf(b.guildId, b.account) },
    },
  }),
  vouchers: collection({
    schema: voucherSchema,
    key: (v: Voucher) => v.id,
    indexes: {
      byBuyer: { group: (v) => (v.buyerId ? keyOf(v.guildId, v.buyerId) : undefined), order: (v) => v.issuedAt },
      byOrder: { group: (v) => v.orderId, order: (v) => v.issuedAt },
    },
  }),
  refunds: collection({
    schema: refundSchema,
    key: (r: Refund) => r.id,
    indexes: {
      byOrder: { group: (r) => r.orderId, order: (r) => r.requestedAt },
      byBuyer: { group: (r) => (r.buyerId ? keyOf(r.guildId, r.buyerId) : undefined), order: (r) => r.requestedAt },
      /** `guild`, refunds not yet paid, by the instant they are due */
      due: { group: (r) => (r.state === 'due' ? r.guildId : undefined), order: (r) => r.dueAt },
      byWake: { group: (r) => (r.wakeAt === undefined ? undefined : everywhere), order: (r) => r.wakeAt ?? 0 },
    },
  }),
  notices: collection({
    schema: noticeSchema,
    key: (n: Notice) => n.id,
    indexes: {
      byKey: { group: (n) => n.key, unique: alone },
      toDeliver: { group: (n) => (n.state === 'pending' ? everywhere : undefined), order: (n) => n.nextAttemptAt },
      /** `guild/kind/addressee`, not delivered yet: what comes up meanwhile may join it */
      pendingTo: {
        group: (n) => (n.state === 'pending' ? keyOf(n.guildId, n.kind, addresseeKey(n.to)) : undefined),
        order: (n) => n.createdAt,
      },
      byOrder: { group: (n) => n.orderId, order: (n) => n.createdAt },
      /** `guild/user`: not delivered, to be shown with the buyer's next `/order` command */
      unseenByBuyer: {
        group: (n) =>
          n.state === 'undeliverable' && n.to.type === 'buyer' ? keyOf(n.guildId, n.to.userId) : undefined,
        order: (n) => n.createdAt,
      },
      /** everywhere, what buyers have still to see, by age: for pruning */
      unseen: {
        group: (n) => (n.state === 'undeliverable' && n.to.type === 'buyer' ? everywhere : undefined),
        order: (n) => n.createdAt,
      },
      /** everything already dealt with, by age: for pruning; not what a buyer has still to see */
      settled: {
        group: (n) =>
          n.state === 'pending' || (n.state === 'undeliverable' && n.to.type === 'buyer') ? undefined : everywhere,
        order: (n) => n.createdAt,
      },
    },
  }),
  caseEntries: collection({
    schema: caseEntrySchema,
    key: (e: CaseEntry) => e.id,
    indexes: { byOrder: { group: (e) => e.orderId, order: (e) => e.at } },
  }),
  drafts: collection({
    schema: compensationDraftSchema,
    key: (d: CompensationDraft) => d.id,
    /** everywhere, by the instant they expire: for pruning */
    indexes: { byExpiry: { group: () => everywhere, order: (d) => d.expiresAt } },
  }),
  operations: collection({
    schema: operationSchema,
    key: (o: Operation) => o.id,
    indexes: { byAge: { group: () => everywhere, order: (o) => o.at } },
  }),
  linkFailures: collection({
    schema: linkFailuresSchema,
    key: (f: LinkFailures) => f.id,
    /** everywhere, by the last failure: for pruning */
    indexes: { byAge: { group: () => everywhere, order: (f) => f.failedAt.at(-1) ?? 0 } },
  }),
} as const;

export type Collections = typeof collections;
export type CollectionName = keyof Collections;
export type RecordOf<C extends CollectionName> = z.infer<Collections[C]['schema']>;
export type IndexName<C extends CollectionName> = keyof Collections[C]['indexes'] & string;
export const collectionNames = Object.keys(collections) as CollectionName[];
