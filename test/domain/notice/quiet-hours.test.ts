// Quiet hours through clock changes, checked against the wall clock as Intl tells it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quietHoursEndAt } from '../../../src/domain/notice/quiet-hours.ts';

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/St_Johns',
  'Africa/Casablanca',
  'UTC',
];

const formats = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ]),
);
const wallClock = (timeZone: string, at: number) => formats.get(timeZone)?.format(at) ?? '';

function reminders(timeZone: string, from: string, to: string) {
  return { beforeMs: [], timeZone, quietHours: { from, to } };
}

function isQuiet(timeZone: string, from: string, to: string, at: number): boolean {
  const time = wallClock(timeZone, at);
  return from < to ? time >= from && time < to : from !== to && (time >= from || time < to);
}

const ends = (timeZone: string, from: string, to: string, now: string) => {
  const endsAt = quietHoursEndAt(reminders(timeZone, from, to), Date.parse(now));
  return endsAt === undefined ? undefined : new Date(endsAt).toISOString();
};

describe('quiet hours end', () => {
  test.each([
    ['before midnight', 'Asia/Shanghai', '22:00', '08:00', '2026-11-21T15:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['after midnight', 'Asia/Shanghai', '22:00', '08:00', '2026-11-21T20:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['at their first minute', 'Asia/Shanghai', '22:00', '08:00', '2026-11-21T14:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['not at their end', 'Asia/Shanghai', '22:00', '08:00', '2026-11-22T00:00:00Z', undefined],
    ['within a day', 'Asia/Kathmandu', '12:00', '13:30', '2026-11-21T06:30:00Z', '2026-11-21T07:45:00.000Z'],
    ['never where empty', 'UTC', '08:00', '08:00', '2026-11-21T08:00:00Z', undefined],
    ['after a short night', 'America/New_York', '22:00', '08:00', '2027-03-14T04:00:00Z', '2027-03-14T12:00:00.000Z'],
    ['after a long night', 'America/New_York', '22:00', '08:00', '2026-11-01T03:00:00Z', '2026-11-01T13:00:00.000Z'],
    [
      'with the jump over them',
      'America/New_York',
      '22:00',
      '02:30',
      '2027-03-14T06:00:00Z',
      '2027-03-14T07:00:00.000Z',
    ],
    ['the first time', 'America/New_York', '22:00', '01:30', '2026-11-01T04:00:00Z', '2026-11-01T05:30:00.000Z'],
    ['the second time', 'America/New_York', '22:00', '01:30', '2026-11-01T06:10:00Z', '2026-11-01T06:30:00.000Z'],
    ['by half an hour', 'Australia/Lord_Howe', '22:00', '02:15', '2026-10-03T15:00:00Z', '2026-10-03T15:30:00.000Z'],
    [
      'after a day that was left out',
      'Pacific/Apia',
      '22:00',
      '08:00',
      '2011-12-30T09:00:00Z',
      '2011-12-30T18:00:00.000Z',
    ],
  ])('%s', (_name, zone, from, to, now, expected) => {
    expect(ends(zone, from, to, now)).toBe(expected);
  });

  test('when and where the wall clock says so', () => {
    const minute = 60_000;
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, min]) => `${String(hour).padStart(2, '0')}:${String(min).padStart(2, '0')}`);
    const changes = ['2011-12-30', '2026-10-25', '2026-11-01', '2027-03-14', '2027-04-03', '2026-10-03', '2027-03-28'];
    const near = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 60, max: 36 * 60 }))
      .map(([day, minutes]) => Date.parse(day) + minutes * minute);
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, time, near, (zone, from, to, now) => {
        const endsAt = quietHoursEndAt(reminders(zone, from, to), now);
        expect(endsAt !== undefined).toBe(isQuiet(zone, from, to, now));
        if (endsAt === undefined) return;
        expect(endsAt).toBeGreaterThan(now);
        expect(endsAt - now).toBeLessThanOrEqual(49 * 60 * minute);
        const jumped = wallClock(zone, endsAt - minute) < to && wallClock(zone, endsAt) > to;
        expect(wallClock(zone, endsAt) === to || jumped).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
