// Dates, durations and lead times as people type them.
import { Temporal } from 'temporal-polyfill';
import { isRefusal, type Outcome, refuse } from './refusal.ts';

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A year: nobody snoozes, promises or looks further ahead, and it keeps typing errors from becoming plans. */
export const furthestAheadMs = 366 * 86_400_000;
const maxLeadTimes = 10;

/**
 * True where an instant lies less than `ms` before `now` (UTC ms), or after it: a clock that was ahead and has been set right
 * leaves instants that are still to come, and nobody is to wait for those.
 */
export function isRecent(at: number, now: number, ms: number): boolean {
  return Math.abs(now - at) < ms;
}

/**
 * `2026-11-25` or `2026-11-25 18:00` (also with slashes, or a `T`), on the wall clock of the zone, as UTC epoch ms.
 * A time that a clock change skips is taken as the same distance after it; one that comes twice, as the first.
 * Refuses `date_invalid` ({text}).
 *
 * @param timeZone IANA name
 * @param options.endOfDay a date without a time means 23:59 of that day instead of 00:00
 */
export function parseLocalDate(text: string, timeZone: string, options: { endOfDay?: boolean } = {}): Outcome<number> {
  const invalid = refuse('date_invalid', { text: text.slice(0, 40) });
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2}))?$/.exec(text.trim().normalize('NFKC'));
  if (!parts) return invalid;
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number);
  const time = parts[4] !== undefined && parts[5] !== undefined ? [Number(parts[4]), Number(parts[5])] : undefined;
  const [hour = 0, minute = 0] = time ?? (options.endOfDay ? [23, 59] : []);
  try {
    const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute }, { overflow: 'reject' });
    return local.toZonedDateTime(timeZone).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return invalid;
    throw error;
  }
}

/** `90m`, `24h` or `2d`: whole and above zero, at most a year, as ms. Refuses `duration_invalid` ({text}). */
export function parseDuration(text: string): Outcome<number> {
  const parts = /^(\d{1,6})\s*([mhd])$/i.exec(text.trim().normalize('NFKC'));
  const ms = Number(parts?.[1] ?? 0) * (unitMs[parts?.[2]?.toLowerCase() ?? ''] ?? 0);
  return ms > 0 && ms <= furthestAheadMs ? ms : refuse('duration_invalid', { text: text.slice(0, 40) });
}

/**
 * `24h,6h,1h`: lead times in ms, longest first, each once. Refuses `duration_invalid` ({text}) for a part that is none, and
 * `list_invalid` ({max}) for more than ten.
 */
export function parseLeadTimes(text: string): Outcome<number[]> {
  const parts = text.split(/[,\uff0c\u3001]/).map(parseDuration);
  const refused = parts.find(isRefusal);
  if (refused) return refused;
  const leads = [...new Set(parts.filter((part) => typeof part === 'number'))].sort((a, b) => b - a);
  return leads.length <= maxLeadTimes ? leads : refuse('list_invalid', { max: maxLeadTimes });
}

/** The day after `at` (UTC epoch ms) on the zone's calendar, `YYYY-MM-DD`: an example of how a date is typed. */
export function dayAfter(at: number, timeZone: string): string {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.add({ days: 1 }).toString();
}
