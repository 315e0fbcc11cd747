// Cron only wakes: a tick at once and at every match, one at a time, and nothing that fails ends it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { App } from '../../src/app/context.ts';
import type { Courier } from '../../src/jobs/courier.ts';
import { startJobs } from '../../src/jobs/schedule.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { hourMs, order, setUpShop } from '../support/orders.ts';

beforeEach(() => {
  vi.stubEnv('TZ', 'America/New_York');
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 12, 0, 30) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function fakeCourier(): Courier & { woken: number; stopped: boolean } {
  const courier = {
    woken: 0,
    stopped: false,
    wake: () => {
      courier.woken += 1;
    },
    idle: async () => undefined,
    stop: async () => {
      courier.stopped = true;
    },
  };
  return courier;
}

const digests = (app: TestApp) => app.store.all('notices').filter(({ kind }) => kind === 'deadline_digest');

async function shop(): Promise<TestApp> {
  const app = testApp();
  const at = app.clock.now();
  await setUpShop(app, { orders: [order(1, { shipBy: { at, basis: 'policy' }, wakeAt: at })] });
  return app;
}

test('looks at once for what fell due while nobody looked, and then every minute', async () => {
  const app = await shop();
  const courier = fakeCourier();
  const jobs = startJobs(app, courier, { sweepCron: '* * * * *' });
  await vi.waitFor(() => expect(courier.woken).toBe(1));
  expect(digests(app)).toHaveLength(1);
  const before = courier.woken;
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  expect(courier.woken).toBe(before + 3);
  await jobs.stop();
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  expect(courier.woken).toBe(before + 3);
  expect(courier.stopped).toBe(true);
});

test('reads its hours as UTC wherever the machine stands, so that no clock change skips or repeats one', async () => {
  // The night in which the clocks there jump from two to three.
  vi.setSystemTime(Date.UTC(2027, 2, 14, 2, 29, 30));
  const courier = fakeCourier();
  const jobs = startJobs(await shop(), courier, { sweepCron: '30 2 * * *' });
  await vi.waitFor(() => expect(courier.woken).toBe(1));
  for (const days of [1, 2, 3]) {
    await vi.advanceTimersByTimeAsync(days === 1 ? 60_000 : 86_400_000);
    expect(courier.woken).toBe(1 + days);
  }
  await jobs.stop();
});

test('goes on after a sweep that failed', async () => {
  const app = await shop();
  app.store.broken = true;
  const jobs = startJobs(app, fakeCourier(), { sweepCron: '*/10 * * * * *' });
  await jobs.tick();
  app.store.broken = false;
  await vi.advanceTimersByTimeAsync(10_000);
  await jobs.tick();
  expect(digests(app)).toHaveLength(1);
  await jobs.stop();
});

test('runs one tick at a time, and once more for who asked meanwhile', async () => {
  const app = await shop();
  let under = 0;
  let most = 0;
  let reads = 0;
  const store: App['store'] = {
    ...app.store,
    read: async (work) => {
      reads += 1;
      most = Math.max(most, ++under);
      const result = await app.store.read(work);
      under -= 1;
      return result;
    },
  };
  const jobs = startJobs({ ...app, store }, fakeCourier(), { sweepCron: '* * * * *' });
  await Promise.all([jobs.tick(), jobs.tick(), jobs.tick()]);
  expect(most).toBe(1);
  const once = reads;
  await jobs.tick();
  expect(once).toBeGreaterThan(reads - once);
  await jobs.stop();
});

test('stopping waits for the transaction under way and not for all that is due', async () => {
  const app = testApp();
  const at = app.clock.now();
  const due = { shipBy: { at, basis: 'policy' as const }, wakeAt: at };
  await setUpShop(app, { orders: Array.from({ length: 500 }, (_, n) => order(n + 1, due)) });
  let stopped: Promise<void> | undefined;
  const store: App['store'] = {
    ...app.store,
    transact: async (work) => {
      const result = await app.store.transact(work);
      stopped ??= jobs.stop();
      return result;
    },
  };
  const jobs = startJobs({ ...app, store }, fakeCourier(), { sweepCron: '* * * * *' });
  await jobs.tick();
  await stopped;
  const left = app.store.all('orders').filter(({ wakeAt }) => wakeAt === at);
  expect(left).toHaveLength(400);
  const again = startJobs(app, fakeCourier(), { sweepCron: '* * * * *' });
  await again.tick();
  await again.stop();
  expect(digests(app).map(({ data }) => data.total)).toEqual([500]);
});

test('goes on when the clock is set back by years', async () => {
  const courier = fakeCourier();
  const jobs = startJobs(await shop(), courier, { sweepCron: '* * * * *' });
  await vi.waitFor(() => expect(courier.woken).toBe(1));
  vi.setSystemTime(Date.UTC(2016, 0, 1, 8, 0, 10));
  await vi.advanceTimersByTimeAsync(60_000);
  const before = courier.woken;
  await vi.advanceTimersByTimeAsync(3 * 60_000);
  expect(courier.woken).toBe(before + 3);
  await jobs.stop();
});

test('looks anew at what was put off by a clock that was ahead, once it is set back', async () => {
  const app = await shop();
  const jobs = startJobs(app, fakeCourier(), { sweepCron: '0 0 1 1 *' });
  await jobs.tick();
  const at = app.clock.now() + 20 * hourMs;
  const putOff = order(2, { shipBy: { at, basis: 'policy' }, wakeAt: at + 9_000 * hourMs });
  const rightly = order(3, { shipBy: { at: at + 90 * hourMs, basis: 'policy' }, wakeAt: at + 66 * hourMs });
  await app.store.transact(async (tx) => {
    for (const one of [putOff, rightly]) await tx.put('orders', one);
  });
  vi.setSystemTime(Date.now() - 5 * 60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  await jobs.tick();
  await jobs.stop();
  const listed = digests(app).flatMap(({ data }) => data.orderIds);
  expect(listed).toEqual(['order1', 'order2']);
  expect(app.store.all('orders').find(({ id }) => id === 'order3')).toEqual(rightly);
});

test('looks anew once more when the clock is set back again meanwhile', async () => {
  const app = await shop();
  const jobs = startJobs(app, fakeCourier(), { sweepCron: '0 0 1 1 *' });
  await jobs.tick();
  let goOn = () => {};
  const listed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const read = app.store.read.bind(app.store);
  vi.spyOn(app.store, 'read').mockImplementationOnce(async (work) => {
    const found = await read(work);
    await listed;
    return found;
  });
  vi.setSystemTime(Date.now() - 5 * 60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  const at = app.clock.now() + 20 * hourMs;
  const putOff = order(2, { shipBy: { at, basis: 'policy' }, wakeAt: at + 9_000 * hourMs });
  await app.store.transact((tx) => tx.put('orders', putOff));
  vi.setSystemTime(Date.now() - 5 * 60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  goOn();
  await jobs.tick();
  await jobs.stop();
  expect(digests(app).flatMap(({ data }) => data.orderIds)).toContain('order2');
});

test('looks once for all the minutes that a clock set ahead has skipped', async () => {
  const courier = fakeCourier();
  const jobs = startJobs(await shop(), courier, { sweepCron: '*/5 * * * * *' });
  await vi.waitFor(() => expect(courier.woken).toBe(1));
  vi.setSystemTime(Date.UTC(2027, 0, 1, 8, 0, 1));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(courier.woken).toBe(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(courier.woken).toBe(3);
  await jobs.stop();
});

test('waits no longer than a timer can for a time months ahead', async () => {
  const courier = fakeCourier();
  const jobs = startJobs(await shop(), courier, { sweepCron: '0 0 1 3 *' });
  await vi.waitFor(() => expect(courier.woken).toBe(1));
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(courier.woken).toBe(1);
  vi.setSystemTime(Date.UTC(2027, 1, 28, 23, 59, 30));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(courier.woken).toBe(2);
  await jobs.stop();
});
