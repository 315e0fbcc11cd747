// The orders' part of the sweep: deadline digests, agreed dates that passed, and choices left open.
import { type DueWork, dueWork, type Surroundings } from '../domain/notice/due-work.ts';
import type { GatheredKind, Notice } from '../domain/notice/notice.ts';
import { quietHoursEndAt } from '../domain/notice/quiet-hours.ts';
import type { Order } from '../domain/order/order.ts';
import { everywhere, keyOf } from './collections.ts';
import type { App } from './context.ts';
import { gather } from './gather.ts';
import { queueNotice } from './notify.ts';
import { packOf } from './pack-of.ts';
import type { Tx } from './ports.ts';
import { record } from './record-case.ts';
import { remindersOf } from './reminders-of.ts';
import { stamped } from './save-order.ts';

/**
 * Orders in one transaction (people wait no longer than that), and transactions in one tick; the rest is due still. As many
 * as a full store has: what comes with a later tick comes in a digest of its own.
 */
const batchSize = 100;
const maxBatches = 1000;
/** A digest waits this long for the batches that are still to come, so that a merchant gets one. */
const gatheringMs = 60_000;
/** An order whose plan fails must not stop the others: it is looked at again after this. */
const putOffMs = 3_600_000;

export interface OrdersSwept {
  readonly looked: number;
  readonly pinged: number;
  readonly promisesMissed: number;
  readonly choicesReminded: number;
}

interface Planned {
  readonly order: Order;
  readonly around: Surroundings;
  readonly work: DueWork;
}

/**
 * Does what is due for orders at `now` (UTC ms). Marks and messages are one transaction, so whatever is interrupted is
 * either done or due still; so is what is left when `stopping` says so between two transactions.
 */
export async function sweepOrders(app: App, now: number, stopping: () => boolean): Promise<OrdersSwept> {
  let total: OrdersSwept = { looked: 0, pinged: 0, promisesMissed: 0, choicesReminded: 0 };
  for (let batch = 0; batch < maxBatches && !stopping(); batch++) {
    const swept = await app.store.transact((tx) => sweepBatch(app, tx, now));
    total = {
      looked: total.looked + swept.looked,
      pinged: total.pinged + swept.pinged,
      promisesMissed: total.promisesMissed + swept.promisesMissed,
      choicesReminded: total.choicesReminded + swept.choicesReminded,
    };
    if (swept.looked < batchSize) break;
  }
  return total;
}

async function sweepBatch(app: App, tx: Tx, now: number): Promise<OrdersSwept> {
  const due = await tx.list('orders', 'byWake', { group: everywhere, to: now, limit: batchSize });
  const planned: Planned[] = [];
  const known = new Map<string, Surroundings>();
  for (const order of due) {
    const plan = await planFor(app, tx, order, known, now);
    if (plan) planned.push(plan);
    else await tx.put('orders', { ...order, wakeAt: now + putOffMs });
  }
  for (const plan of planned) await carryOut(app, tx, plan, now);
  const more = due.length === batchSize;
  await tellMerchantsAndStaff(app, tx, planned, now, more ? now + gatheringMs : now);
  return {
    looked: due.length,
    pinged: planned.filter(({ work }) => work.ping).length,
    promisesMissed: planned.filter(({ work }) => work.promiseMissed).length,
    choicesReminded: planned.filter(({ work }) => work.remindChoice).length,
  };
}

/** Undefined where planning failed, which is a bug or a broken setting: logged. */
async function planFor(
  app: App,
  tx: Tx,
  order: Order,
  known: Map<string, Surroundings>,
  now: number,
): Promise<Planned | undefined> {
  const shop = keyOf(order.guildId, order.merchantId, order.policy.pack, order.policy.version);
  const reminders = known.get(shop)?.reminders ?? (await remindersOf(app, tx, order));
  try {
    const around = known.get(shop) ?? {
      reminders,
      pack: packOf(app, order),
      quietEndsAt: quietHoursEndAt(reminders, now),
    };
    known.set(shop, around);
    return { order, around, work: dueWork(order, around, now) };
  } catch (error) {
    app.log.error({ err: error, orderId: order.id }, 'the sweep could not plan an order and puts it off');
    return undefined;
  }
}

async function carryOut(app: App, tx: Tx, { order, around, work }: Planned, now: number): Promise<void> {
  await tx.put('orders', awake(app, around, order, work, now));
  if (work.promiseMissed) {
    const data = { shipByAt: order.shipBy?.at ?? now };
    await record(tx, app, order, 'promise_missed', 'system', data, now);
    await tellBuyer(app, tx, order, 'promise_missed_buyer', String(data.shipByAt), data, now);
  }
  if (work.remindChoice && order.trouble) {
    const { incidentId } = order.trouble;
    await tellBuyer(app, tx, order, 'choice_reminder', incidentId, { incidentId }, now);
  }
  if (work.ping?.leadMs !== undefined) {
    const data = { leadMs: work.ping.leadMs, shipByAt: order.shipBy?.at ?? now };
    await record(tx, app, order, 'reminded', 'system', data, now);
  }
}

/** The order as planned; it always leaves the stretch of the index that is due, so that a sweep comes to its end. */
function awake(app: App, around: Surroundings, order: Order, work: DueWork, now: number): Order {
  const saved = stamped(app, around.reminders, order, work.after, work.pingNotBefore);
  if (saved.wakeAt === undefined || saved.wakeAt > now) return saved;
  app.log.error({ orderId: order.id }, 'an order is due again at once after the sweep, and is put off');
  return { ...saved, wakeAt: now + putOffMs };
}

async function tellBuyer(
  app: App,
  tx: Tx,
  order: Order,
  kind: Notice['kind'],
  about: string,
  data: Notice['data'],
  now: number,
): Promise<void> {
  if (!order.buyer) return;
  const { guildId, id: orderId, buyer } = order;
  const to = { type: 'buyer', userId: buyer.userId } as const;
  await queueNotice(tx, app, { key: keyOf(kind, orderId, about), guildId, kind, to, orderId, data, now });
}

async function tellMerchantsAndStaff(
  app: App,
  tx: Tx,
  planned: readonly Planned[],
  now: number,
  notBefore: number,
): Promise<void> {
  const pinged = planned.filter(({ work }) => work.ping);
  const missed = planned.filter(({ work }) => work.promiseMissed);
  const unanswered = planned.filter(({ work }) => work.remindChoice);
  await gatherByMerchant(app, tx, 'deadline_digest', pinged, now, () => notBefore);
  await gatherByMerchant(app, tx, 'promise_missed_merchant', missed, now, ({ around }) =>
    Math.max(notBefore, around.quietEndsAt ?? now),
  );
  await gatherForStaff(app, tx, 'promise_missed_merchant', missed, now, notBefore);
  await gatherForStaff(app, tx, 'choices_open', unanswered, now, notBefore);
}

async function gatherByMerchant(
  app: App,
  tx: Tx,
  kind: GatheredKind,
  planned: readonly Planned[],
  now: number,
  notBefore: (plan: Planned) => number,
): Promise<void> {
  for (const plans of grouped(planned, ({ order }) => keyOf(order.guildId, order.merchantId))) {
    const [first] = plans;
    const { guildId, merchantId } = first.order;
    const to = { type: 'merchant', merchantId } as const;
    await gather(tx, app, { guildId, kind, to, ids: idsOf(plans), now, notBefore: notBefore(first) });
  }
}

async function gatherForStaff(
  app: App,
  tx: Tx,
  kind: GatheredKind,
  planned: readonly Planned[],
  now: number,
  notBefore: number,
): Promise<void> {
  for (const plans of grouped(planned, ({ order }) => order.guildId)) {
    const { guildId } = plans[0].order;
    await gather(tx, app, { guildId, kind, to: { type: 'staff' }, ids: idsOf(plans), now, notBefore });
  }
}

function idsOf(plans: readonly Planned[]): string[] {
  return plans.map(({ order }) => order.id);
}

/** Groups, each with at least one. (`Map.groupBy` is newer than the oldest Node supported.) */
function grouped<T>(items: readonly T[], keyFor: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
