import { describe, expect, it } from 'vitest';
import { dayStartsAt, limitIn } from '../../../src/domain/compensation/daily-limit.ts';

describe('dayStartsAt', () => {
  it.each([
    ['2026-11-20T15:59:59Z', 'Asia/Shanghai', '2026-11-19T16:00:00.000Z'],
    ['2026-11-20T16:00:00Z', 'Asia/Shanghai', '2026-11-20T16:00:00.000Z'],
    ['2026-03-08T20:00:00Z', 'America/New_York', '2026-03-08T05:00:00.000Z'],
    // Clocks go forward at midnight: the day begins at 01:00.
    ['2026-04-24T12:00:00Z', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ])('%s in %s: %s', (now, zone, start) => {
    expect(new Date(dayStartsAt(Date.parse(now), zone)).toISOString()).toBe(start);
  });
});

describe('limitIn', () => {
  it('is the same figure of main units in every currency', () => {
    const limit = { minor: 500_050, currency: 'CNY' };
    expect(limitIn('CNY', limit)).toBe(500_050);
    expect(limitIn('USD', limit)).toBe(500_050);
    expect(limitIn('JPY', limit)).toBe(5_000);
    expect(limitIn('KWD', limit)).toBe(5_000_500);
  });
});
