// Instants as Discord's client words them.
import type { Locale } from './words.ts';

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { hour: 'numeric', minute: '2-digit' },
  T: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  d: { year: 'numeric', month: '2-digit', day: '2-digit' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** `in 52 minutes`, `3 hours ago`. */
export function relative(distanceMs: number, locale: Locale): string {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(distanceMs) >= size) ?? ['second', 1000];
  return relativeFormat(locale).format(Math.round(distanceMs / length), unit);
}

/** Formats are slow to make and used a thousand times. */
const made = new Map<string, Intl.DateTimeFormat>();
const madeRelative = new Map<string, Intl.RelativeTimeFormat>();

function relativeFormat(locale: Locale): Intl.RelativeTimeFormat {
  const format = madeRelative.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  madeRelative.set(locale, format);
  return format;
}

function dateFormat(style: string, locale: Locale, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${timeZone}`;
  const options = { ...(STYLES[style] ?? STYLES.f), ...(timeZone && { timeZone }) };
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}

/** An instant in UTC epoch ms, as `<t:…:style>`; in the reader's own zone unless one is given. */
export function timestamp(
  at: number,
  style: string,
  { locale, now, timeZone }: { locale: Locale; now: number; timeZone?: string },
): string {
  if (Number.isNaN(new Date(at).getTime())) return '–';
  if (style === 'R') return relative(at - now, locale);
  return dateFormat(style, locale, timeZone).format(at);
}

/** `52 min`, `3 h`, `5 d`: how long, at a glance. */
export function stretch(ms: number, locale: Locale): string {
  const [unit, length] = UNITS.slice(2).find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1000];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(
    ms / length,
  );
}
