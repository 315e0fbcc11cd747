// Gives a compensation: ledger entry, voucher, case-file entry and notices, all in the caller's transaction.
import type { Quote } from '../domain/compensation/quote.ts';
import type { LedgerEntry } from '../domain/ledger/entry.ts';
import { movedMinor, transfer } from '../domain/ledger/posting.ts';
import type { Voucher } from '../domain/ledger/voucher.ts';
import type { Order } from '../domain/order/order.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { ReadTx, Tx } from './ports.ts';
import { balanceOf, postEntry } from './post-entry.ts';
import { record } from './record-case.ts';
import { alreadyCompensated, compensationOf } from './weigh-compensation.ts';

export interface CompensationReceipt {
  readonly orderId: string;
  readonly entryNumber: number;
  /** Of the ledger entry, SHA-256 hex. */
  readonly hash: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly voucherId: string;
  readonly expiresAt: number;
  /** The same person had confirmed it before; this is that result. */
  readonly alreadyDone?: true;
}

export interface Compensation {
  readonly order: Order;
  readonly quote: Quote;
  readonly by: string;
  readonly note?: string | undefined;
  readonly now: number;
}

/** Refuses `already_compensated` where the order has one for this reason: the ledger's key decides. */
export async function issueCompensation(
  app: App,
  tx: Tx,
  compensation: Compensation,
): Promise<Outcome<CompensationReceipt>> {
  const { order, quote, by, note, now } = compensation;
  const { guildId, merchantId } = order;
  const voucherId = app.ids.next();
  const entry = await postEntry(tx, {
    guildId,
    kind: 'compensation',
    reason: quote.reason,
    orderId: order.id,
    merchantId,
    currency: quote.currency,
    postings: transfer(`merchant:${merchantId}`, `voucher:${voucherId}`, quote.amountMinor),
    at: now,
    by,
    ...(note !== undefined && { note }),
    basis: basisOf(quote),
  });
  if (entry === 'duplicate') {
    const first = await compensationOf(tx, order.id, quote.reason);
    if (!first) throw new Error(`a compensation of ${order.id} is a duplicate of none`);
    return alreadyCompensated(first, order);
  }
  const voucher = voucherOf(compensation, voucherId, entry.number);
  await tx.put('vouchers', voucher);
  await record(tx, app, order, 'compensated', by, caseData(compensation, entry, voucherId), now);
  await announce(app, tx, order, entry, voucher);
  return receipt(entry, voucher);
}

/** The result of a compensation given before. */
export async function receiptOf(tx: ReadTx, entry: LedgerEntry): Promise<CompensationReceipt> {
  const voucherId = entry.postings.map(({ account }) => /^voucher:(.+)$/.exec(account)?.[1]).find(Boolean);
  const voucher = voucherId === undefined ? undefined : await tx.get('vouchers', voucherId);
  if (!voucher) throw new Error(`compensation ${entry.number} has no voucher`);
  return receipt(entry, voucher);
}

function receipt(entry: LedgerEntry, voucher: Voucher): CompensationReceipt {
  return {
    orderId: voucher.orderId,
    entryNumber: entry.number,
    hash: entry.hash,
    amountMinor: movedMinor(entry.postings),
    currency: entry.currency,
    voucherId: voucher.id,
    expiresAt: voucher.expiresAt,
  };
}

/** What decided, as codes: the ledger keeps it for good. */
function basisOf({ pack, version, ruleId, verified, steps }: Quote): NonNullable<LedgerEntry['basis']> {
  return { pack, version, ruleId, verified, steps: steps.map(({ code, data }) => ({ code, data: { ...data } })) };
}

function voucherOf({ order, quote, now }: Compensation, id: string, entryNumber: number): Voucher {
  return {
    id,
    guildId: order.guildId,
    merchantId: order.merchantId,
    orderId: order.id,
    orderNumber: order.number,
    ...(order.buyer && { buyerId: order.buyer.userId }),
    amountMinor: quote.amountMinor,
    currency: quote.currency,
    minSpendMinor: quote.minSpendMinor,
    reason: quote.reason,
    issuedAt: now,
    expiresAt: quote.expiresAt,
    entryNumber,
  };
}

function caseData({ quote, note }: Compensation, entry: LedgerEntry, voucherId: string) {
  const { reason, amountMinor, currency, pack, version, ruleId, expiresAt } = quote;
  return {
    reason,
    amountMinor,
    currency,
    pack,
    version,
    ruleId,
    expiresAt,
    voucherId,
    entryNumber: entry.number,
    hash: entry.hash,
    ...(note !== undefined && { text: note }),
  };
}

/** The buyer, where one is linked, hears of the voucher; the merchant of the debit. */
async function announce(app: App, tx: Tx, order: Order, entry: LedgerEntry, voucher: Voucher): Promise<void> {
  const { guildId, merchantId, id: orderId } = order;
  const { amountMinor, currency, reason, minSpendMinor, expiresAt, id: voucherId } = voucher;
  const about = { guildId, orderId, now: entry.at };
  const given = { amountMinor, currency, reason, entryNumber: entry.number };
  if (order.buyer) {
    await queueNotice(tx, app, {
      ...about,
      key: `compensated_buyer:${voucherId}`,
      kind: 'compensated_buyer',
      to: { type: 'buyer', userId: order.buyer.userId },
      data: { ...given, voucherId, minSpendMinor, expiresAt },
    });
  }
  const balanceMinor = await balanceOf(tx, guildId, currency, `merchant:${merchantId}`);
  await queueNotice(tx, app, {
    ...about,
    key: `compensated_merchant:${voucherId}`,
    kind: 'compensated_merchant',
    to: { type: 'merchant', merchantId },
    data: { ...given, balanceMinor },
  });
}
