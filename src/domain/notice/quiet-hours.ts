// Quiet hours by the wall clock of a time zone, through clock changes.
import { Temporal } from 'temporal-polyfill';
import type { Reminders } from '../merchant.ts';

/**
 * When the quiet hours that `now` lies in end: the next time the wall clock of the zone shows `to`, or jumps past it.
 * Undefined outside of quiet hours, and where they are empty (`from` equals `to`).
 *
 * @param now UTC ms
 * @returns UTC ms, later than `now`
 */
export function quietHoursEndAt(reminders: Reminders, now: number): number | undefined {
  const { quietHours, timeZone } = reminders;
  if (!quietHours) return undefined;
  const from = Temporal.PlainTime.from(quietHours.from);
  const to = Temporal.PlainTime.from(quietHours.to);
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  if (!isBetween(local.toPlainTime(), from, to)) return undefined;
  return endOf(local, to).epochMilliseconds;
}

function isBetween(time: Temporal.PlainTime, from: Temporal.PlainTime, to: Temporal.PlainTime): boolean {
  const span = Temporal.PlainTime.compare(from, to);
  if (span === 0) return false;
  const begun = Temporal.PlainTime.compare(from, time) <= 0;
  const over = Temporal.PlainTime.compare(to, time) <= 0;
  return span < 0 ? begun && !over : begun || !over;
}

/** The next instant after `local` at which the wall clock reaches `to`. */
function endOf(local: Temporal.ZonedDateTime, to: Temporal.PlainTime): Temporal.ZonedDateTime {
  const laterToday = Temporal.PlainTime.compare(local.toPlainTime(), to) < 0;
  const date = local
    .toPlainDate()
    .add({ days: laterToday ? 0 : 1 })
    .toPlainDateTime(to);
  const zone = local.timeZoneId;
  const first = date.toZonedDateTime(zone);
  // Where clocks are set forward over `to`, the hours end with the jump.
  if (!first.toPlainTime().equals(to)) return local.getTimeZoneTransition('next') ?? first;
  // Where clocks are set back, `to` comes twice: the second time counts for those who have passed the first.
  return Temporal.ZonedDateTime.compare(first, local) > 0
    ? first
    : date.toZonedDateTime(zone, { disambiguation: 'later' });
}
