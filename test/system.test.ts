// Ids are Crockford base 32, ordered by time, and never repeat.
import { expect, it } from 'vitest';
import { systemClock, systemIds } from '../src/system.ts';

it('makes ids of 16 characters that rise, within a millisecond and when the clock is set back', () => {
  let now = 1_730_000_000_000;
  const ids = systemIds({ now: () => now });
  const made: string[] = [];
  for (const step of [0, 0, 1, -5_000, 0, 6_000, 0]) {
    now += step;
    for (let i = 0; i < 1_000; i++) made.push(ids.next());
  }
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
  for (const id of made) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
});

it('tells the time in the id, and differs between makers', () => {
  const at = (now: number) => systemIds({ now: () => now }).next();
  expect(at(0).slice(0, 8)).toBe('00000000');
  expect(at(2 ** 47) > at(2 ** 47 - 1)).toBe(true);
  expect(at(1_000)).not.toBe(at(1_000));
});

it('has a clock in milliseconds', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
});
