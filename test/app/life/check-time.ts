// Nothing that has its time is passed over, and nothing is brought up twice.
import { expect } from 'vitest';
import { keyOf } from '../../../src/app/collections.ts';
import type { PolicyPack } from '../../../src/domain/compensation/policy.ts';
import type { Reminders } from '../../../src/domain/merchant.ts';
import { nextPingAt, pingAllowedAt } from '../../../src/domain/notice/deadline.ts';
import { dueWork } from '../../../src/domain/notice/due-work.ts';
import { quietHoursEndAt } from '../../../src/domain/notice/quiet-hours.ts';
import { isOpen, type Order } from '../../../src/domain/order/order.ts';
import { choiceReminderAt, promiseEndsAt } from '../../../src/domain/order/wake.ts';
import { guild } from '../../support/app.ts';
import { recordIn, recordsIn } from './changed.ts';
import type { World } from './world.ts';

function merchantOf({ tables }: World, { merchantId }: Order) {
  return recordIn(tables, 'merchants', keyOf(guild, merchantId));
}

function remindersFor(world: World, order: Order): Reminders {
  const reminders = merchantOf(world, order)?.reminders ?? recordIn(world.tables, 'settings', guild)?.reminders;
  if (!reminders) throw new Error('the shop is set up');
  return reminders;
}

function packFor({ app }: World, { policy }: Order): PolicyPack {
  return app.policies.find(policy.pack, policy.version) ?? app.policies.defaultPack;
}

/** The sweep looks at each open order no later than something has to happen to it, and never at any other. */
export function checkWakes(world: World): void {
  for (const order of recordsIn(world.tables, 'orders')) {
    if (!isOpen(order)) expect(order.wakeAt, `${order.id}: not open, and woken`).toBeUndefined();
    else if (merchantOf(world, order)?.rewake === undefined) {
      expect(order.wakeAt ?? Number.POSITIVE_INFINITY, `${order.id}: in time`).toBeLessThanOrEqual(
        latest(world, order),
      );
    }
  }
}

/** The last instant at which the order may be woken for all that comes next. */
function latest(world: World, order: Order): number {
  const reminders = remindersFor(world, order);
  const pingAt = nextPingAt(order, reminders);
  const at = Math.max(pingAt ?? 0, world.clock.now());
  const times = [
    pingAt && Math.max(pingAt, pingAllowedAt(order, at, quietHoursEndAt(reminders, at))),
    promiseEndsAt(order),
    choiceReminderAt(order, packFor(world, order)),
  ];
  return Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
}

/** After a sweep nothing is left to do, and nothing is due again at once. */
export function checkSwept(world: World): void {
  const { tables, clock } = world;
  const now = clock.now();
  for (const order of recordsIn(tables, 'orders').filter(isOpen)) {
    const reminders = remindersFor(world, order);
    const around = { reminders, pack: packFor(world, order), quietEndsAt: quietHoursEndAt(reminders, now) };
    const { promiseMissed, remindChoice, ping } = dueWork(order, around, now);
    expect({ promiseMissed, remindChoice, ping }, order.id).toEqual({ promiseMissed: false, remindChoice: false });
  }
  for (const { id, wakeAt } of [...recordsIn(tables, 'orders'), ...recordsIn(tables, 'refunds')]) {
    expect(wakeAt ?? Number.POSITIVE_INFINITY, id).toBeGreaterThan(now);
  }
  expect(recordsIn(tables, 'incidents').filter(({ state }) => state === 'spreading')).toEqual([]);
  expect(recordsIn(tables, 'merchants').filter(({ rewake }) => rewake !== undefined)).toEqual([]);
}

/** Each lead time of a ship-by instant is brought up once, and never a longer one after a shorter. */
export class Pings {
  readonly #seen = new Set<string>();
  /** For each order: the ship-by instant it has, and the lead times noticed of each that it has had. */
  readonly #shipByAt = new Map<string, number | undefined>();
  readonly #noticed = new Map<string, number[]>();

  check(world: World): void {
    const { tables } = world;
    for (const { id, at, orderId, kind, data } of recordsIn(tables, 'caseEntries')) {
      if (kind !== 'reminded' || this.#seen.has(id)) continue;
      this.#seen.add(id);
      expect(data.shipByAt, `${orderId}: pinged for the date it has`).toBe(this.#shipByAt.get(orderId));
      const leads = this.#leadsOf(orderId);
      expect(Number(data.leadMs), `${orderId}: after ${leads}`).toBeLessThan(leads.at(-1) ?? Number.POSITIVE_INFINITY);
      leads.push(Number(data.leadMs));
      expect(isListed(world, orderId, at), `${orderId}: in a digest`).toBe(true);
    }
    for (const { id, shipBy } of recordsIn(tables, 'orders')) this.#shipByAt.set(id, shipBy?.at);
  }

  /** Of the date it has now: one that was given up and comes back goes on where it was. */
  #leadsOf(orderId: string): number[] {
    const date = keyOf(orderId, this.#shipByAt.get(orderId) ?? 0);
    const leads = this.#noticed.get(date) ?? [];
    this.#noticed.set(date, leads);
    return leads;
  }
}

/** In a message to its merchant that left since then, or has still to leave. */
function isListed({ tables }: World, orderId: string, since: number): boolean {
  return recordsIn(tables, 'notices').some(({ kind, data, state, failure, lastAttemptAt, createdAt }) => {
    if (kind !== 'deadline_digest' || failure === 'joined') return false;
    const isAbout = Array.isArray(data.orderIds) && data.orderIds.includes(orderId);
    return isAbout && (state === 'pending' || (lastAttemptAt ?? createdAt) >= since);
  });
}
