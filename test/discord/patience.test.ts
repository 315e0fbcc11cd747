// One timer for all who wait: each is called once its own time is over, and nobody who left.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Patience } from '../../src/discord/patience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('calls each who stays when its time is over, and at no other time', () => {
  const visits = fc.array(fc.record({ comesAt: fc.nat(5000), leavesAfter: fc.option(fc.nat(3000)) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(visits, (all) => {
      const patience = new Patience(1500);
      const start = performance.now();
      const calledAt = all.map((): number[] => []);
      for (const [i, { comesAt, leavesAfter }] of all.entries()) {
        const waiting = { late: () => void calledAt[i]?.push(Math.round(performance.now() - start)) };
        setTimeout(() => patience.enter(waiting), comesAt);
        if (leavesAfter !== null) setTimeout(() => patience.leave(waiting), comesAt + leavesAfter);
      }
      vi.advanceTimersByTime(20_000);
      for (const [i, { comesAt, leavesAfter }] of all.entries()) {
        if (leavesAfter === 1500) continue; // either may come first
        expect(calledAt[i]).toEqual(leavesAfter === null || leavesAfter > 1500 ? [comesAt + 1500] : []);
      }
    }),
  );
});

it('leaves no timer behind once it has nothing to wait for', () => {
  const patience = new Patience(1500);
  const waiting = { late: () => undefined };
  patience.enter(waiting);
  patience.leave(waiting);
  vi.advanceTimersByTime(1500);
  expect(vi.getTimerCount()).toBe(0);
});
