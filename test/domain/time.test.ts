// Dates, durations and lead times as people type them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseLeadTimes, parseLocalDate } from '../../src/domain/time.ts';

const shanghai = 'Asia/Shanghai';

describe('dates', () => {
  it.each([
    ['2026-11-25', Date.UTC(2026, 10, 24, 16)],
    ['2026-11-25 18:00', Date.UTC(2026, 10, 25, 10)],
    ['2026/11/25 18:00', Date.UTC(2026, 10, 25, 10)],
    ['2026-11-25T18:00', Date.UTC(2026, 10, 25, 10)],
    [' 2026-1-5 7:05 ', Date.UTC(2026, 0, 4, 23, 5)],
    ['2028-02-29', Date.UTC(2028, 1, 28, 16)],
  ])('%s', (text, at) => {
    expect(parseLocalDate(text, shanghai)).toBe(at);
  });

  it('a date alone means its end where a promise is made', () => {
    expect(parseLocalDate('2026-11-25', shanghai, { endOfDay: true })).toBe(Date.UTC(2026, 10, 25, 15, 59));
    expect(parseLocalDate('2026-11-25 00:00', shanghai, { endOfDay: true })).toBe(Date.UTC(2026, 10, 24, 16));
  });

  it('a time that a clock change skips is taken after it, one that comes twice the first time', () => {
    expect(parseLocalDate('2027-03-14 02:30', 'America/New_York')).toBe(Date.UTC(2027, 2, 14, 7, 30));
    expect(parseLocalDate('2027-11-07 01:30', 'America/New_York')).toBe(Date.UTC(2027, 10, 7, 5, 30));
  });

  it.each([
    '',
    'soon',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-11-25 24:00',
    '2026-11-25 10:60',
    '25.11.2026',
    '2026-11-25 10',
  ])('refuses %j', (text) => {
    expect(parseLocalDate(text, shanghai)).toMatchObject({ refused: 'date_invalid' });
  });

  it('never throws on what people type', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const parsed = parseLocalDate(text, shanghai);
        expect(typeof parsed === 'number' || parsed.refused === 'date_invalid').toBe(true);
      }),
    );
  });
});

describe('durations', () => {
  it.each([
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['2d', 172_800_000],
    [' 1 H ', 3_600_000],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '0h', '-1h', '1.5h', '5', 'h', '10s', '400d', '9999999h'])('refuses %j', (text) => {
    expect(parseDuration(text)).toMatchObject({ refused: 'duration_invalid' });
  });
});

describe('lead times', () => {
  it('longest first, each once, with any comma', () => {
    expect(parseLeadTimes('1h, 24h,6h、1h')).toEqual([86_400_000, 21_600_000, 3_600_000]);
    expect(parseLeadTimes('1h\uff0c2h')).toEqual([7_200_000, 3_600_000]);
  });

  it('refuses a part that is none, and more than ten', () => {
    expect(parseLeadTimes('24h,,1h')).toMatchObject({ refused: 'duration_invalid' });
    expect(parseLeadTimes(Array.from({ length: 11 }, (_, at) => `${at + 1}h`).join(','))).toMatchObject({
      refused: 'list_invalid',
      data: { max: 10 },
    });
  });
});
