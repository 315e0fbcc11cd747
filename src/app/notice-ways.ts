// The ways to a person: tried one after another until one gets through, and what comes of it.
import type { Merchant } from '../domain/merchant.ts';
import type { Addressee, DeliveryWay, Notice } from '../domain/notice/notice.ts';
import type { Order } from '../domain/order/order.ts';
import type { Person } from '../domain/person.ts';
import type { Locale } from '../domain/scalars.ts';
import { isRecent } from '../domain/time.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import type { Delivery, Messenger, NotDelivered, ReadTx, Target } from './ports.ts';

/** A DM that was found closed is not tried again for this long: each try counts against the bot's limits at Discord. */
const dmClosedForMs = 86_400_000;

/** What came of an attempt. `closedDm`: whose DM was found closed on the way. */
export type Attempt = { readonly closedDm?: string } & (
  | { readonly type: 'sent'; readonly way: DeliveryWay; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'later'; readonly retryAfterMs?: number }
  /** A bug; logged where it was caught. */
  | { readonly type: 'failed' }
  | { readonly type: 'undeliverable'; readonly failure: string }
  | { readonly type: 'dropped'; readonly failure: string }
  /**
   * Nobody is set up to whom it could go; somebody may be while it is still news. `failure`: why, for a merchant. `refusedBy`:
   * the channel that would not take it.
   */
  | { readonly type: 'nobody'; readonly failure?: string; readonly refusedBy?: string }
  /** To each member of the merchant by DM instead; `failure`: why the channel set could not be used, where there is one. */
  | { readonly type: 'split'; readonly userIds: readonly string[]; readonly failure?: string }
);

/** Tries to deliver a notice by the ways open to its addressee. */
export function attempt(app: App, messenger: Messenger, notice: Notice): Promise<Attempt> {
  const { to } = notice;
  switch (to.type) {
    case 'buyer':
      return toBuyer(app, messenger, notice, to.userId);
    case 'merchant':
      return toMerchant(app, messenger, notice, to.merchantId);
    case 'member':
      return toMember(app, messenger, notice, to);
    case 'staff':
      return toStaff(app, messenger, notice);
  }
}

interface BuyersSituation {
  readonly person: Person | undefined;
  readonly order: Order | undefined;
  readonly merchant: Merchant | undefined;
  /** A private thread opened for this buyer and this order, whether or not they could be reached in it. */
  readonly threadId: string | undefined;
}

async function situationOf(tx: ReadTx, notice: Notice, userId: string): Promise<BuyersSituation> {
  const person = await tx.get('people', userId);
  const order = notice.orderId === undefined ? undefined : await tx.get('orders', notice.orderId);
  if (!order) return { person, order, merchant: undefined, threadId: notice.channelId };
  const merchant = await tx.get('merchants', keyOf(order.guildId, order.merchantId));
  const earlier = await tx.list('notices', 'byOrder', { group: order.id, newestFirst: true });
  const inThread = earlier.find(
    ({ channelId, way, to }) => channelId !== undefined && way !== 'dm' && to.type === 'buyer' && to.userId === userId,
  );
  return { person, order, merchant, threadId: notice.channelId ?? inThread?.channelId };
}

async function toBuyer(app: App, messenger: Messenger, notice: Notice, userId: string): Promise<Attempt> {
  const now = app.clock.now();
  const situation = await app.store.read((tx) => situationOf(tx, notice, userId));
  const { person, order } = situation;
  if (notice.orderId !== undefined && order?.buyer?.userId !== userId)
    return { type: 'dropped', failure: 'not_theirs' };
  const locale = person?.locale ?? app.defaults.locale;
  let closed = isClosed(person, now);
  if (!closed) {
    const sent = await messenger.send({ type: 'dm', userId }, notice, locale);
    if (sent.ok || sent.why === 'later' || sent.why === 'obsolete') return attempted(sent, 'dm');
    if (sent.why === 'gone') return { type: 'undeliverable', failure: 'gone' };
    closed = sent.why === 'dm_closed';
  }
  const inThread = await toThread(app, messenger, notice, userId, situation, locale);
  const newlyClosed = closed && !isClosed(person, now);
  return newlyClosed ? { ...inThread, closedDm: userId } : inThread;
}

function isClosed(person: Person | undefined, now: number): boolean {
  return person?.dmClosedAt !== undefined && isRecent(person.dmClosedAt, now, dmClosedForMs);
}

/**
 * The thread there is, else a new one in the merchant's channel; it is remembered before anything is said in it. Where the
 * buyer cannot be added to it (they have left the server), no other is opened.
 */
async function toThread(
  app: App,
  messenger: Messenger,
  notice: Notice,
  userId: string,
  { order, merchant, threadId }: BuyersSituation,
  locale: Locale,
): Promise<Attempt> {
  const target = (channelId: string): Target => ({ type: 'thread', channelId, userId });
  if (threadId !== undefined) {
    const sent = await messenger.send(target(threadId), notice, locale);
    if (sent.ok || sent.why !== 'gone') return attempted(sent, 'thread');
  }
  if (!order || merchant?.channelId === undefined) return { type: 'undeliverable', failure: 'dm_closed' };
  const opened = await messenger.openThread(merchant.channelId, order.number, userId);
  if (!opened.ok) return opened.why === 'later' ? later(opened) : { type: 'undeliverable', failure: 'dm_closed' };
  await rememberThread(app, notice.id, opened.channelId);
  return attempted(await messenger.send(target(opened.channelId), notice, locale), 'thread');
}

async function rememberThread(app: App, noticeId: string, channelId: string): Promise<void> {
  await app.store.transact(async (tx) => {
    const notice = await tx.get('notices', noticeId);
    if (notice) await tx.put('notices', { ...notice, channelId });
  });
}

async function toMerchant(app: App, messenger: Messenger, notice: Notice, merchantId: string): Promise<Attempt> {
  const merchant = await app.store.read((tx) => tx.get('merchants', keyOf(notice.guildId, merchantId)));
  if (!merchant) return { type: 'dropped', failure: 'merchant_gone' };
  const { channelId, memberIds: userIds } = merchant;
  if (channelId === undefined) {
    return userIds.length > 0 ? { type: 'split', userIds } : { type: 'nobody', failure: 'no_members' };
  }
  const locale = merchant.language ?? (await languageOf(app, userIds)) ?? app.defaults.locale;
  const sent = await messenger.send({ type: 'channel', channelId }, notice, locale);
  if (sent.ok || sent.why === 'later' || sent.why === 'obsolete') return attempted(sent, 'channel');
  const failure = `channel_${sent.why}`;
  return userIds.length > 0 ? { type: 'split', userIds, failure } : { type: 'undeliverable', failure };
}

/** The one language that all of them use whose own is known. */
async function languageOf(app: App, userIds: readonly string[]): Promise<Locale | undefined> {
  const people = await app.store.read((tx) => Promise.all(userIds.map((id) => tx.get('people', id))));
  const [first, ...others] = new Set(people.flatMap((person) => person?.locale ?? []));
  return others.length === 0 ? first : undefined;
}

async function toMember(
  app: App,
  messenger: Messenger,
  notice: Notice,
  to: Addressee & { type: 'member' },
): Promise<Attempt> {
  const { merchant, person } = await app.store.read(async (tx) => ({
    merchant: await tx.get('merchants', keyOf(notice.guildId, to.merchantId)),
    person: await tx.get('people', to.userId),
  }));
  if (!merchant?.memberIds.includes(to.userId)) return { type: 'dropped', failure: 'not_theirs' };
  if (isClosed(person, app.clock.now())) return { type: 'undeliverable', failure: 'dm_closed' };
  const locale = person?.locale ?? merchant.language ?? app.defaults.locale;
  const sent = await messenger.send({ type: 'dm', userId: to.userId }, notice, locale);
  const result = attempted(sent, 'dm');
  return !sent.ok && sent.why === 'dm_closed' ? { ...result, closedDm: to.userId } : result;
}

async function toStaff(app: App, messenger: Messenger, notice: Notice): Promise<Attempt> {
  const settings = await app.store.read((tx) => tx.get('settings', notice.guildId));
  const channelId = settings?.staffChannelId;
  if (channelId === undefined) return { type: 'nobody' };
  const sent = await messenger.send({ type: 'channel', channelId }, notice, app.defaults.locale);
  if (sent.ok || (sent.why !== 'forbidden' && sent.why !== 'gone')) return attempted(sent, 'channel');
  const { id: noticeId, kind, attempts } = notice;
  // Said once: it is tried for days.
  if (attempts === 1) app.log.warn({ noticeId, kind, why: sent.why }, 'the staff channel does not take messages');
  // There is no other way to staff: the bot may be let in, or another channel set.
  return { type: 'nobody', refusedBy: channelId };
}

function attempted(sent: Delivery, way: DeliveryWay): Attempt {
  if (sent.ok) return { type: 'sent', way, channelId: sent.channelId, messageId: sent.messageId };
  if (sent.why === 'later') return later(sent);
  return sent.why === 'obsolete'
    ? { type: 'dropped', failure: 'obsolete' }
    : { type: 'undeliverable', failure: way === 'channel' ? `channel_${sent.why}` : sent.why };
}

function later({ retryAfterMs }: NotDelivered): Attempt {
  return { type: 'later', ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
