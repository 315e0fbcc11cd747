// Binds an order to a Discord account: by proof, or by hand of staff.
import { isOpen, type Order } from '../domain/order/order.ts';
import { proves } from '../domain/order/proof.ts';
import { decide, evolve } from '../domain/order/state.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { isRecent } from '../domain/time.ts';
import { findOrder, findOrderForBuyer, findOrderForStaff } from './access.ts';
import { tellTrouble } from './apply-incident.ts';
import { failedProofsAtMost, keyOf, type LinkFailures } from './collections.ts';
import type { App, Request } from './context.ts';
import { perform } from './perform.ts';
import { type ReadTx, StoreUnavailableError, type Tx } from './ports.ts';
import { record } from './record-case.ts';
import { saveOrder } from './save-order.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const maxFailures = 5;

export interface LinkReceipt {
  readonly orderId: string;
}

/**
 * Links an order to the account that proves it: the last four digits of the phone, or the e-mail, on the order.
 * Refuses `link_failed` alike for a wrong proof, an order that does not exist, one linked to another account, and one for
 * which twenty proofs failed within a day, from whatever accounts: four digits are soon guessed by many. Refuses
 * `link_locked` ({untilAt}) after five failures within an hour; `already_linked`; `order_ambiguous` where the proof fits the
 * same number at two merchants. Failures are counted, so this is no `perform`, which forgets a refusal.
 */
export async function linkOrder(
  app: App,
  request: Request,
  { order: typed, proof }: { readonly order: string; readonly proof: string },
): Promise<Outcome<LinkReceipt>> {
  try {
    return await app.store.transact(async (tx) => {
      const done = await tx.get('operations', request.operationId);
      if (done) return done.answer as unknown as Outcome<LinkReceipt>;
      const now = app.clock.now();
      const outcome = await tryToLink(app, tx, request, typed, proof, now);
      await tx.insert('operations', { id: request.operationId, at: now, answer: outcome as never });
      return outcome;
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    app.log.error({ err: error }, 'the store could not be written');
    return refuse('store_not_writable');
  }
}

async function tryToLink(
  app: App,
  tx: Tx,
  request: Request,
  typed: string,
  proof: string,
  now: number,
): Promise<Outcome<LinkReceipt>> {
  const person = (await tx.get('people', request.userId)) ?? { userId: request.userId };
  const failures = (person.failedLinksAt ?? []).filter((at) => isRecent(at, now, hourMs));
  const fifthLast = failures.at(-maxFailures);
  if (fifthLast !== undefined) return refuse('link_locked', { untilAt: fifthLast + hourMs });
  const own = await findOrderForBuyer(tx, request, typed);
  if (!isRefusal(own)) return refuse('already_linked', { order: own.number });

  const found = await findProven(tx, request, typed, proof, now);
  if (!isRefusal(found)) return link(app, tx, found, request.userId, 'proof', request.userId, now);
  if (found.refused === 'order_ambiguous') return found;
  await tx.put('people', { ...person, seenAt: now, failedLinksAt: [...failures, now] });
  return refuse('link_failed', { left: maxFailures - failures.length - 1 });
}

/**
 * A proof that fails is counted for each order it was tried on. As much work is done where there is no such order as where the
 * proof is wrong.
 */
async function findProven(
  tx: Tx,
  request: Request,
  typed: string,
  proof: string,
  now: number,
): Promise<Outcome<Order>> {
  const tried: LinkFailures[] = [];
  const isProven = async (id: string, recipient: Order['recipient'] | undefined) => {
    const earlier = await failuresFor(tx, id, now);
    tried.push(earlier);
    return proves(recipient, proof) && earlier.failedAt.length < failedProofsAtMost;
  };
  const found = await findOrder(
    tx,
    request.guildId,
    typed,
    async (order) => (await isProven(order.id, order.recipient)) && order.buyer === undefined,
  );
  if (tried.length === 0) await isProven(keyOf('none', request.guildId), undefined);
  if (isRefusal(found) && found.refused === 'order_not_found') {
    for (const earlier of tried) await tx.put('linkFailures', withOneMore(earlier, now));
  }
  return found;
}

async function failuresFor(tx: ReadTx, id: string, now: number): Promise<LinkFailures> {
  const failedAt = (await tx.get('linkFailures', id))?.failedAt ?? [];
  return { id, failedAt: failedAt.filter((at) => isRecent(at, now, dayMs)) };
}

/** What fails while the order is closed is not counted, so that the day does pass. */
function withOneMore({ id, failedAt }: LinkFailures, now: number): LinkFailures {
  return { id, failedAt: [...failedAt, now].slice(0, failedProofsAtMost) };
}

/** Staff bind an order by hand, also away from another account. Refuses `user_unknown`, `already_linked`, `order_not_found`. */
export function linkOrderByStaff(
  app: App,
  request: Request,
  { order: typed, userId }: { readonly order: string; readonly userId: string },
): Promise<Outcome<LinkReceipt>> {
  return perform(app, request, async (tx, now) => {
    const order = await findOrderForStaff(tx, request, typed);
    if (isRefusal(order)) return order;
    if (!/^\d{15,21}$/.test(userId)) return refuse('user_unknown');
    // Who could give themselves an order could give themselves what it is owed. With its proof, `/order link` is open to them.
    if (userId === request.userId) return refuse('link_to_oneself', { order: order.number });
    return link(app, tx, order, userId, 'staff', request.userId, now);
  });
}

async function link(
  app: App,
  tx: Tx,
  order: Order,
  userId: string,
  how: 'proof' | 'staff',
  by: string,
  now: number,
): Promise<Outcome<LinkReceipt>> {
  const events = decide(order, { type: 'link', userId, by: how }, now);
  if (isRefusal(events)) return events;
  const linked = await saveOrder(app, tx, order, events.reduce(evolve, order), now);
  const data = { userId, how, ...(order.buyer && { from: order.buyer.userId }) };
  await record(tx, app, linked, 'linked', by, data, now);
  await handOver(tx, linked.id, userId);
  if (isOpen(linked)) await tellOpenTrouble(app, tx, order, linked, now);
  return { orderId: linked.id };
}

/** Vouchers and refunds of the order belong to its buyer. */
async function handOver(tx: Tx, orderId: string, buyerId: string): Promise<void> {
  for (const voucher of await tx.list('vouchers', 'byOrder', { group: orderId })) {
    await tx.put('vouchers', { ...voucher, buyerId });
  }
  for (const refund of await tx.list('refunds', 'byOrder', { group: orderId })) {
    await tx.put('refunds', { ...refund, buyerId });
  }
}

async function tellOpenTrouble(app: App, tx: Tx, before: Order, linked: Order, now: number): Promise<void> {
  if (!linked.trouble) return;
  await tellTrouble(app, tx, linked, now);
  const incident = await tx.get('incidents', linked.trouble.incidentId);
  if (!incident || before.buyer) return;
  const { told, unlinked } = incident;
  await tx.put('incidents', { ...incident, told: told + 1, unlinked: Math.max(0, unlinked - 1) });
}
