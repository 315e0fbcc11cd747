// Quiet hours and time zones as people type them.
import { Temporal } from 'temporal-polyfill';
import type { Reminders } from './merchant.ts';
import { type Outcome, refuse } from './refusal.ts';

type QuietHours = NonNullable<Reminders['quietHours']>;

const span = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–~]\s*([01]?\d|2[0-3]):([0-5]\d)$/;

/** `22:00-08:00`, which may span midnight, or `off`. Refuses `quiet_hours_invalid`, also where both times are the same. */
export function parseQuietHours(text: string): Outcome<QuietHours | 'off'> {
  const typed = text.slice(0, 40).normalize('NFKC').trim().toLowerCase();
  if (typed === 'off') return 'off';
  const [, fromHour, fromMinute, toHour, toMinute] = span.exec(typed) ?? [];
  if (!fromHour || !toHour) return refuse('quiet_hours_invalid');
  const from = `${fromHour.padStart(2, '0')}:${fromMinute}`;
  const to = `${toHour.padStart(2, '0')}:${toMinute}`;
  return from === to ? refuse('quiet_hours_invalid') : { from, to };
}

/** An IANA name such as `Asia/Shanghai`, in its usual spelling. Refuses `timezone_invalid`, also for bare offsets. */
export function parseTimeZone(text: string): Outcome<string> {
  const name = text.trim();
  if (!/^[A-Za-z]/.test(name)) return refuse('timezone_invalid');
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return refuse('timezone_invalid');
  }
}
