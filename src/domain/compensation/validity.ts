// How long a voucher lasts: whole calendar years or days in the shop's zone.
import { Temporal } from 'temporal-polyfill';
import type { Validity } from './policy.ts';

/**
 * The last instant (UTC epoch ms) of a voucher issued at `now`: the end of the day, in the zone, that many years or days on.
 * Issued on 2026-11-21 for 50 years it is good through 2076-11-21; on 29 February, through 28 February where there is no 29th.
 */
export function expiryOf(validity: Validity, now: number, timeZone: string): number {
  const issued = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const dayAfter = issued.add(validity).add({ days: 1 });
  return dayAfter.toZonedDateTime(timeZone).epochMilliseconds - 1;
}
