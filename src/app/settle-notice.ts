// Writes down what came of trying to deliver a notice, and tells staff of those who could not be reached.
import { canBeReached } from '../domain/merchant.ts';
import type { Notice } from '../domain/notice/notice.ts';
import { givenUp, retryAfterMs } from '../domain/notice/retry.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { gather } from './gather.ts';
import type { Attempt } from './notice-ways.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';

/** Those not reached by one report go to staff in one list, or a few where telling everybody takes longer. */
const gatheringMs = 5_000;
const dayMs = 86_400_000;

export type Settled = 'sent' | 'later' | 'undeliverable' | 'dropped';

/**
 * Writes down an attempt at a leased notice. A row settled otherwise meanwhile stays as it is.
 *
 * @param leased the row as it was leased
 */
export async function settle(app: App, tx: Tx, leased: Notice, attempt: Attempt, now: number): Promise<Settled> {
  const notice = await tx.get('notices', leased.id);
  if (notice?.state !== 'pending') return 'dropped';
  if (attempt.closedDm !== undefined) await rememberClosedDm(tx, attempt.closedDm, now);
  switch (attempt.type) {
    case 'sent':
      return sent(app, tx, notice, attempt, now);
    case 'later':
      return postponed(app, tx, notice, attempt.retryAfterMs, false, now);
    case 'failed':
      return postponed(app, tx, notice, undefined, true, now);
    case 'undeliverable':
      return undeliverable(app, tx, notice, attempt.failure, now);
    case 'dropped':
      await tx.put('notices', { ...notice, state: 'dropped', failure: attempt.failure });
      return 'dropped';
    case 'nobody':
      return waiting(app, tx, notice, attempt, now);
    case 'split':
      return split(app, tx, notice, attempt, now);
  }
}

async function rememberClosedDm(tx: Tx, userId: string, now: number): Promise<void> {
  await tx.put('people', { ...((await tx.get('people', userId)) ?? { userId, seenAt: now }), dmClosedAt: now });
}

async function sent(
  app: App,
  tx: Tx,
  notice: Notice,
  { way, channelId, messageId }: Attempt & { type: 'sent' },
  now: number,
): Promise<Settled> {
  await tx.put('notices', { ...notice, state: 'sent', sentAt: now, way, channelId, messageId });
  await recordForBuyer(app, tx, notice, 'buyer_told', { way }, now);
  return 'sent';
}

async function recordForBuyer(
  app: App,
  tx: Tx,
  notice: Notice,
  kind: 'buyer_told' | 'buyer_not_reached',
  data: Readonly<Record<string, string>>,
  now: number,
): Promise<void> {
  if (notice.to.type !== 'buyer' || notice.orderId === undefined) return;
  const order = { id: notice.orderId, guildId: notice.guildId };
  await record(tx, app, order, kind, 'system', { notice: notice.kind, noticeId: notice.id, ...data }, now);
}

async function postponed(
  app: App,
  tx: Tx,
  notice: Notice,
  asked: number | undefined,
  failed: boolean,
  now: number,
): Promise<Settled> {
  const failure = givenUp(notice, now, failed);
  if (failure) return undeliverable(app, tx, notice, failure, now);
  await tx.put('notices', { ...notice, nextAttemptAt: now + retryAfterMs(notice.attempts, asked) });
  return 'later';
}

/** It was not handed to Discord, so nothing keeps another message from carrying on what it lists. */
async function waiting(
  app: App,
  tx: Tx,
  { lastAttemptAt: _, ...notice }: Notice,
  { failure, refusedBy }: Attempt & { type: 'nobody' },
  now: number,
): Promise<Settled> {
  if (await isSetUpMeanwhile(tx, notice, refusedBy)) {
    await tx.put('notices', { ...notice, nextAttemptAt: now });
    return 'later';
  }
  const { to } = notice;
  if (to.type === 'merchant' && failure !== undefined) {
    await tellStaffOfMerchant(app, tx, notice, to.merchantId, failure, now);
  }
  return postponed(app, tx, notice, undefined, false, now);
}

/** @param refusedBy the channel it was tried in, if any */
async function isSetUpMeanwhile(tx: Tx, { guildId, to }: Notice, refusedBy: string | undefined): Promise<boolean> {
  if (to.type === 'staff') return (await tx.get('settings', guildId))?.staffChannelId !== refusedBy;
  if (to.type !== 'merchant') return false;
  const merchant = await tx.get('merchants', keyOf(guildId, to.merchantId));
  return merchant !== undefined && canBeReached(merchant);
}

async function undeliverable(app: App, tx: Tx, notice: Notice, failure: string, now: number): Promise<Settled> {
  await tx.put('notices', { ...notice, state: 'undeliverable', failure });
  switch (notice.to.type) {
    case 'buyer':
      await recordForBuyer(app, tx, notice, 'buyer_not_reached', { failure }, now);
      await tellStaffOfBuyer(app, tx, notice, now);
      break;
    case 'member':
      if (!(await anotherMemberIsReached(tx, notice))) {
        await tellStaffOfMerchant(app, tx, notice, notice.to.merchantId, failure, now);
      }
      break;
    case 'merchant':
      await tellStaffOfMerchant(app, tx, notice, notice.to.merchantId, failure, now);
      break;
    case 'staff':
      app.log.warn({ noticeId: notice.id, kind: notice.kind, failure }, 'staff could not be told');
  }
  return 'undeliverable';
}

async function tellStaffOfBuyer(app: App, tx: Tx, notice: Notice, now: number): Promise<void> {
  const { guildId, orderId } = notice;
  if (orderId === undefined) return;
  const notBefore = now + gatheringMs;
  await gather(tx, app, { guildId, kind: 'not_reached', to: { type: 'staff' }, ids: [orderId], now, notBefore });
}

/** Staff hear once a day that a merchant cannot be reached, and why. */
async function tellStaffOfMerchant(
  app: App,
  tx: Tx,
  notice: Notice,
  merchantId: string,
  failure: string,
  now: number,
): Promise<void> {
  const { guildId } = notice;
  const key = keyOf('merchant_not_reached', guildId, merchantId, failure, Math.floor(now / dayMs));
  const data = { merchantId, failure };
  await queueNotice(tx, app, { key, guildId, kind: 'not_reached', to: { type: 'staff' }, data, now });
}

/** One row for each member. */
async function split(
  app: App,
  tx: Tx,
  notice: Notice,
  { userIds, failure }: Attempt & { type: 'split' },
  now: number,
): Promise<Settled> {
  const { guildId, kind, to: addressee, data, orderId } = notice;
  if (addressee.type !== 'merchant') throw new Error('only what is for a merchant is split');
  const { merchantId } = addressee;
  for (const userId of userIds) {
    const to = { type: 'member', merchantId, userId } as const;
    const key = memberKey(notice.key, userId);
    await queueNotice(tx, app, { key, guildId, kind, to, data, now, ...(orderId !== undefined && { orderId }) });
  }
  if (failure !== undefined) await tellStaffOfMerchant(app, tx, notice, merchantId, failure, now);
  await tx.put('notices', { ...notice, state: 'dropped', failure: 'split' });
  return 'dropped';
}

function memberKey(key: string, userId: string): string {
  return `${key}@${userId}`;
}

/** True where a row of the same message to another member got through, or may still. */
async function anotherMemberIsReached(tx: Tx, notice: Notice): Promise<boolean> {
  if (notice.to.type !== 'member') return false;
  const message = notice.key.slice(0, notice.key.lastIndexOf('@'));
  const merchant = await tx.get('merchants', keyOf(notice.guildId, notice.to.merchantId));
  for (const userId of merchant?.memberIds ?? []) {
    const [row] = await tx.list('notices', 'byKey', { group: memberKey(message, userId) });
    if (row?.state === 'pending' || row?.state === 'sent') return true;
  }
  return false;
}
