// Words `<t:…>` timestamps as Discord's client does.

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { hour: 'numeric', minute: '2-digit' },
  T: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  d: { year: 'numeric', month: '2-digit', day: '2-digit' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

export interface TimestampOptions {
  /** BCP 47 language. */
  readonly locale: string;
  /** UTC epoch ms that `R` is told from; without it `R` is shown as a date. */
  readonly now?: number | undefined;
  /** IANA; the machine's own where it is left out. */
  readonly timeZone?: string | undefined;
}

/** The largest unit that fits, and how many of it, rounded: ±52 minutes. */
export function inUnits(ms: number): { readonly unit: Intl.RelativeTimeFormatUnit; readonly count: number } {
  const [unit, length] = units.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1000];
  return { unit, count: Math.round(ms / length) };
}

/** Formats are slow to make and used a thousand times. */
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const format = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  relativeFormats.set(locale, format);
  return format;
}

function dateFormat(style: string, locale: string, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${style} ${locale} ${timeZone}`;
  const options = { ...(styles[style] ?? styles.f), ...(timeZone && { timeZone }) };
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, format);
  return format;
}

/**
 * @param at UTC epoch ms
 * @param style one of `tTdDfFsSR`; any other is `f`
 */
export function formatTimestamp(at: number, style: string, { locale, now, timeZone }: TimestampOptions): string {
  if (Number.isNaN(new Date(at).getTime())) return '–';
  if (style !== 'R' || now === undefined) return dateFormat(style, locale, timeZone).format(at);
  const { unit, count } = inUnits(at - now);
  return relativeFormat(locale).format(count, unit);
}
