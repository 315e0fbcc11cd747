// How long a voucher lasts: whole calendar years or days in the shop's zone.
import { Temporal } from 'temporal-polyfill';
import type { Validity } from './policy.ts';

/** What holds for everything issued on one day: from its first instant, before that of the next. UTC epoch ms. */
interface IssuedOnDay {
  readonly fromAt: number;
  readonly untilAt: number;
  readonly expiresAt: number;
}

/** The latest day asked for, by a pack's validity and zone: a calendar is slow to ask, and every order's status asks it. */
const latestDays = new WeakMap<Validity, Map<string, IssuedOnDay>>();

/**
 * The last instant (UTC epoch ms) of a voucher issued at `now`: the end of the day, in the zone, that many years or days on.
 * Issued on 2026-11-21 for 50 years it is good through 2076-11-21; on 29 February, through 28 February where there is no 29th.
 */
export function expiryOf(validity: Validity, now: number, timeZone: string): number {
  const days = latestDays.get(validity) ?? new Map<string, IssuedOnDay>();
  const known = days.get(timeZone);
  if (known && known.fromAt <= now && now < known.untilAt) return known.expiresAt;
  const day = issuedOnDayOf(validity, now, timeZone);
  latestDays.set(validity, days.set(timeZone, day));
  return day.expiresAt;
}

function issuedOnDayOf(validity: Validity, now: number, timeZone: string): IssuedOnDay {
  const issued = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  return {
    fromAt: startOf(issued),
    untilAt: startOf(issued.add({ days: 1 })),
    expiresAt: startOf(issued.add(validity).add({ days: 1 })) - 1,
  };
}
