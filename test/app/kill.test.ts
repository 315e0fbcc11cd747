// The process is killed before and after every step of sweep and delivery: nobody hears twice, and nothing is lost.
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/context.ts';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import { sweep } from '../../src/app/sweep.ts';
import { leaseMs } from '../../src/domain/notice/retry.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { wakeAt } from '../../src/domain/order/wake.ts';
import { guild, pddPack, startOfTest, type TestApp, testApp } from '../support/app.ts';
import { buyer, dayMs, hourMs, linkedTo, merchant, order, setUpShop } from '../support/orders.ts';
import { type Discord, discord, Killed, KillSwitch } from '../support/outbox-world.ts';

const reminders = { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' };
const merchantChannel = '500000000000000001';
const staffChannel = '500000000000000002';

function saved(given: Order): Order {
  const wake = wakeAt(given, reminders, pddPack);
  return wake === undefined ? given : { ...given, wakeAt: wake };
}

async function world(): Promise<{ app: TestApp; net: Discord }> {
  const app = testApp();
  const trouble = {
    incidentId: 'i1',
    kind: 'stock_out',
    reason: 'supplier',
    reportedAt: startOfTest - 10 * dayMs,
  } as const;
  await setUpShop(app, {
    merchants: [merchant({ channelId: merchantChannel })],
    orders: [
      saved(order(1, { shipBy: { at: startOfTest + 5 * hourMs, basis: 'policy' } })),
      saved(order(2, { shipBy: { at: startOfTest - hourMs, basis: 'agreed' }, ...linkedTo(buyer(2)) })),
      saved(order(3, { trouble, buyer: { userId: buyer(3), linkedAt: trouble.reportedAt, by: 'proof' } })),
    ],
  });
  await app.store.transact(async (tx) => {
    const settings = await tx.get('settings', guild);
    if (settings) await tx.put('settings', { ...settings, staffChannelId: staffChannel });
  });
  const net = discord(app);
  net.answers.set(buyer(3), 'dm_closed');
  return { app, net };
}

/** What everybody saw: who, where, what it was about. */
function seen(net: Discord): string[] {
  return net.messages
    .map(({ target, notice }) => {
      const who = target.type === 'channel' ? target.channelId : target.userId;
      return `${target.type} ${who} ${notice.kind} ${JSON.stringify(notice.data.orderIds ?? notice.orderId)}`;
    })
    .sort();
}

/** One life of the process; answers how many steps it took. */
async function live(app: App, net: Discord, kill: KillSwitch): Promise<number> {
  const mortal: App = { ...app, store: kill.store(app.store) };
  try {
    await sweep(mortal);
    await deliverNotices(mortal, kill.messenger(net));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return kill.steps;
}

/** Restarts until all is said: leases end, and staff lists that wait for more leave. */
async function liveOn({ app, net }: { app: TestApp; net: Discord }): Promise<void> {
  for (let life = 0; life < 4; life++) {
    app.clock.advance(leaseMs);
    await live(app, net, new KillSwitch(0));
  }
}

async function undisturbed() {
  const one = await world();
  const steps = await live(one.app, one.net, new KillSwitch(0));
  await liveOn(one);
  return { steps, seen: seen(one.net) };
}

describe('killed at any moment', () => {
  test('everything due is said once, by whatever way it has to go', async () => {
    const expected = await undisturbed();
    expect(expected.seen).toEqual([
      `channel ${merchantChannel} deadline_digest ["order2","order1","order3"]`,
      `channel ${merchantChannel} promise_missed_merchant ["order2"]`,
      `channel ${staffChannel} choices_open ["order3"]`,
      `channel ${staffChannel} promise_missed_merchant ["order2"]`,
      `dm ${buyer(2)} promise_missed_buyer "order2"`,
      `thread ${buyer(3)} choice_reminder "order3"`,
    ]);
    expect(expected.steps).toBeGreaterThan(20);
    for (let at = 1; at <= expected.steps; at++) {
      const one = await world();
      await live(one.app, one.net, new KillSwitch(at));
      await liveOn(one);
      expect(seen(one.net), `killed at ${at}`).toEqual(expected.seen);
      expect(one.app.store.all('notices').every(({ state }) => state !== 'pending')).toBe(true);
    }
  });

  test('also when it is killed again and again', async () => {
    const expected = await undisturbed();
    for (let at = 1; at <= 12; at++) {
      const one = await world();
      for (let life = 0; life < 3; life++) await live(one.app, one.net, new KillSwitch(at));
      await liveOn(one);
      expect(seen(one.net), `killed three times at ${at}`).toEqual(expected.seen);
    }
  });
});
