// One run at a time, none forgotten, and a stop that finishes what is under way.
import { expect, test } from 'vitest';
import { queueNotice } from '../../src/app/notify.ts';
import { releaseLeases } from '../../src/app/release-leases.ts';
import { createCourier } from '../../src/jobs/courier.ts';
import { guild, type TestApp, testApp } from '../support/app.ts';
import { buyer, linkedTo, order, setUpShop } from '../support/orders.ts';
import { discord } from '../support/outbox-world.ts';

async function setUp() {
  const app = testApp();
  await setUpShop(app, { orders: [order(1, linkedTo(buyer(1)))] });
  const net = discord(app);
  return { app, net, courier: createCourier(app, net, async () => undefined) };
}

const queue = (app: TestApp, key: string) =>
  app.store.transact((tx) =>
    queueNotice(tx, app, {
      key,
      guildId: guild,
      kind: 'order_shipped',
      to: { type: 'buyer', userId: buyer(1) },
      orderId: 'order1',
      now: app.clock.now(),
    }),
  );

test('delivers when woken, also what comes while it delivers', async () => {
  const { app, net, courier } = await setUp();
  await queue(app, 'a');
  let late: Promise<unknown> | undefined;
  net.before = ({ key }) => {
    if (key === 'a') late = queue(app, 'b').then(() => courier.wake());
  };
  courier.wake();
  courier.wake();
  await courier.idle();
  await late;
  await courier.idle();
  expect(net.messages.map(({ notice }) => notice.key)).toEqual(['a', 'b']);
});

test('goes on after a store that could not be written', async () => {
  const { app, net, courier } = await setUp();
  await queue(app, 'a');
  app.store.broken = true;
  courier.wake();
  await courier.idle();
  expect(net.messages).toEqual([]);
  app.store.broken = false;
  courier.wake();
  await courier.idle();
  expect(net.messages).toHaveLength(1);
});

test('stops after what is under way is written down, and takes nothing more', async () => {
  const { app, net, courier } = await setUp();
  await queue(app, 'a');
  courier.wake();
  await courier.stop();
  expect(app.store.all('notices')[0]?.state).toBe('sent');
  await queue(app, 'b');
  courier.wake();
  await courier.idle();
  expect(net.messages).toHaveLength(1);
});

test('stops after the message under way, however many wait for the same person', async () => {
  const { app, net, courier } = await setUp();
  for (const key of ['a', 'b', 'c']) await queue(app, key);
  let stopped: Promise<void> | undefined;
  net.before = () => {
    stopped ??= courier.stop();
  };
  courier.wake();
  await courier.idle();
  await stopped;
  expect(net.messages).toHaveLength(1);
  net.before = () => undefined;
  await releaseLeases(app);
  const next = createCourier(app, net, async () => undefined);
  next.wake();
  await next.idle();
  expect(net.messages.map(({ notice }) => notice.key)).toEqual(['a', 'b', 'c']);
});
