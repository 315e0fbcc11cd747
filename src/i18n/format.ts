// How money, instants, durations and personal data are written in each language.
import type { Locale } from '../domain/scalars.ts';
import { clip, Markup, plainText } from './markup.ts';

const minorDigitsByCurrency = new Map<string, number>();

function minorDigits(currency: string): number {
  let digits = minorDigitsByCurrency.get(currency);
  if (digits === undefined) {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    digits = options.maximumFractionDigits ?? 2;
    minorDigitsByCurrency.set(currency, digits);
  }
  return digits;
}

const cached = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
};

/** Discord's own rendering of an instant: every reader sees their own zone. `f` date and time, `D` date, `R` relative. */
export function timestamp(at: number, style: 'f' | 'D' | 'R' | 'd' | 't'): Markup {
  return new Markup(`<t:${Math.floor(at / 1000)}:${style}>`);
}

/** Mentions a person: shown as their name, and (mentions being off) rings nobody. */
export function person(userId: string): Markup {
  return new Markup(/^\d{15,21}$/.test(userId) ? `<@${userId}>` : '–');
}

export function channel(channelId: string): Markup {
  return new Markup(/^\d{15,21}$/.test(channelId) ? `<#${channelId}>` : '–');
}

export function role(roleId: string): Markup {
  return new Markup(/^\d{15,21}$/.test(roleId) ? `<@&${roleId}>` : '–');
}

/** 王小明 → 王*, John Smith → J*. */
export function maskedName(name: string): string {
  const first = [...plainText(name)][0];
  return first === undefined ? '*' : `${first}*`;
}

/** 13812341234 → 138****1234; anything shorter than seven digits shows none. */
export function maskedPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 7 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Unit, its length, and the stretch from which it is used: a day and a half is 36 hours, so that rounding hides little. */
const units = [
  ['day', 86_400_000, 48 * 3_600_000],
  ['hour', 3_600_000, 3_600_000],
  ['minute', 60_000, 60_000],
] as const;

/** The formats of one language. All are cheap to call: what they need is made once. */
export interface Formats {
  /** ¥68.00, $12.00, JP¥800; minor units in. */
  money(minor: number, currency: string): string;
  /** The day in the shop's zone, for places that cannot hold a timestamp: 11月25日, 25 Nov; with the year if not this one's. */
  day(at: number, timeZone: string, now: number): string;
  /** A stretch of time in one unit, rounded down: 3 小时, 3 hours; days from two on; at least a minute. */
  duration(ms: number): string;
}

function formatsOf(locale: Locale): Formats {
  const zh = locale === 'zh-CN';
  // Every other currency's own symbol, but none that two share: ¥ is the yuan's, the yen is JP¥.
  const money = cached((currency) => {
    const currencyDisplay = currency === 'CNY' || currency === 'USD' ? 'narrowSymbol' : 'symbol';
    return new Intl.NumberFormat(currency === 'JPY' ? 'zh-CN' : locale, {
      style: 'currency',
      currency,
      currencyDisplay,
    });
  });
  const day = cached(
    (timeZone) =>
      new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en-GB', { timeZone, month: zh ? 'long' : 'short', day: 'numeric' }),
  );
  const dayOfYear = cached(
    (timeZone) =>
      new Intl.DateTimeFormat(zh ? 'zh-CN' : 'en-GB', {
        timeZone,
        year: 'numeric',
        month: zh ? 'long' : 'short',
        day: 'numeric',
      }),
  );
  const year = cached((timeZone) => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }));
  const amount = cached((unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }));
  return {
    money: (minor, currency) => money(currency).format(minor / 10 ** minorDigits(currency)),
    day: (at, timeZone, now) => {
      const sameYear = year(timeZone).format(at) === year(timeZone).format(now);
      return (sameYear ? day : dayOfYear)(timeZone).format(at);
    },
    duration: (ms) => {
      const [unit, length] = units.find(([, , from]) => Math.abs(ms) >= from) ?? units[2];
      const count = Math.max(1, Math.floor(Math.abs(ms) / length));
      return amount(unit)
        .format(count)
        .replace(/(\d)(?=\p{Script=Han})/u, '$1 ');
    },
  };
}

const formats: Readonly<Record<Locale, Formats>> = { 'zh-CN': formatsOf('zh-CN'), 'en-US': formatsOf('en-US') };

export function formatsIn(locale: Locale): Formats {
  return formats[locale];
}

/** A product's name short enough for a phone: at most 40 characters. */
export function shortName(name: string, max = 40): string {
  return clip(plainText(name), max);
}
