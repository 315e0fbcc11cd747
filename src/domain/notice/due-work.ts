// What the sweep has to do about one order at one instant: a plan, made without doing any of it.
import type { PolicyPack } from '../compensation/policy.ts';
import type { Reminders } from '../merchant.ts';
import type { Order } from '../order/order.ts';
import { decide, evolve } from '../order/state.ts';
import { choiceReminderAt, promiseEndsAt } from '../order/wake.ts';
import { isRefusal } from '../refusal.ts';
import { nextLead, nextPingAt, pingAllowedAt, pinged } from './deadline.ts';

export interface DueWork {
  /** The order once the rest of the plan is carried out. */
  readonly after: Order;
  /** An agreed date has passed: buyer, merchant and staff are to hear of it. */
  readonly promiseMissed: boolean;
  /** The buyer's choice is still open: ask once more. */
  readonly remindChoice: boolean;
  /** The order goes into the merchant's digest; with the lead time reached (ms, 0: overdue) where a new one was. */
  readonly ping?: { readonly leadMs?: number };
  /** UTC ms: a ping is not looked at again before this. */
  readonly pingNotBefore: number;
}

/** Where an order stands: how its merchant is reminded, its rule pack, and when the quiet hours of now end, if it is quiet. */
export interface Surroundings {
  readonly reminders: Reminders;
  readonly pack: PolicyPack;
  readonly quietEndsAt?: number | undefined;
}

/** Plans what is due for an order at `now` (UTC ms). Planned again from `after`, nothing is left to do. */
export function dueWork(order: Order, around: Surroundings, now: number): DueWork {
  const missed = missPromise(order, now);
  const reminded = remindChoice(missed ?? order, around.pack, now);
  const open = reminded ?? missed ?? order;
  const pingAt = nextPingAt(open, around.reminders);
  const isDue = pingAt !== undefined && pingAt <= now;
  const allowedAt = isDue ? pingAllowedAt(open, now, around.quietEndsAt) : now;
  const goes = isDue && allowedAt <= now;
  const leadMs = nextLead(open, around.reminders, now);
  return {
    after: goes ? pinged(open, around.reminders, now) : open,
    promiseMissed: missed !== undefined,
    remindChoice: reminded !== undefined,
    ...(goes && { ping: leadMs === undefined ? {} : { leadMs } }),
    pingNotBefore: allowedAt,
  };
}

function missPromise(order: Order, now: number): Order | undefined {
  const endsAt = promiseEndsAt(order);
  if (endsAt === undefined || endsAt > now) return undefined;
  const events = decide(order, { type: 'miss_promise' }, now);
  return isRefusal(events) ? undefined : events.reduce(evolve, order);
}

function remindChoice(order: Order, pack: PolicyPack, now: number): Order | undefined {
  const at = choiceReminderAt(order, pack);
  if (at === undefined || at > now || !order.trouble) return undefined;
  return { ...order, trouble: { ...order.trouble, remindedAt: now } };
}
