// The watchdog: a connection that is open and silent is not alive.
import { Client, Events } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watch } from '../../src/discord/watchdog.ts';

const minute = 60_000;
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('calls for help once, ten minutes after the last sign of life', () => {
  const client = new Client({ intents: [] });
  const onDead = vi.fn();
  const started = Date.now();
  const dog = watch(client, { now: () => Date.now() - started, onDead });
  expect(dog.ready()).toBe(false);
  vi.advanceTimersByTime(9 * minute);
  client.emit(Events.Raw, {} as never, 0);
  vi.advanceTimersByTime(9 * minute);
  expect(onDead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * minute);
  expect(onDead).toHaveBeenCalledTimes(1);
  dog.stop();
});

it('gives a connection ten minutes more where the process itself was held up, such as by a machine that slept', () => {
  const client = new Client({ intents: [] });
  const onDead = vi.fn();
  const started = Date.now();
  let asleep = 0;
  const dog = watch(client, { now: () => Date.now() - started + asleep, onDead });
  client.emit(Events.Raw, {} as never, 0);
  asleep = 60 * minute;
  vi.advanceTimersByTime(9 * minute);
  expect(onDead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * minute);
  expect(onDead).toHaveBeenCalledTimes(1);
  dog.stop();
});

it('calls for help where one shard of several has fallen silent', () => {
  const client = new Client({ intents: [] });
  const onDead = vi.fn();
  const started = Date.now();
  const dog = watch(client, { now: () => Date.now() - started, onDead });
  for (const shard of [0, 1]) client.emit(Events.Raw, {} as never, shard);
  for (let at = 0; at < 5; at++) {
    vi.advanceTimersByTime(2 * minute);
    client.emit(Events.Raw, {} as never, 1);
  }
  expect(onDead).toHaveBeenCalledTimes(1);
  dog.stop();
});
