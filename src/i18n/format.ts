// How money, instants, durations and personal data are written in each language.
import type { Locale } from '../domain/scalars.ts';
import { cached } from './cached.ts';
import { clip, Markup, plainText } from './markup.ts';

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
  /** The same without rounding, for what somebody has set: 90 minutes, 36 hours, 2 days. */
  length(ms: number): string;
  /** A time allowed, in hours as shops say it up to three days: 24 hours, 72 hours; 30 days, not 720 hours. */
  term(hours: number): string;
}

/** Writes sums of one currency. `Intl` is slow to ask for each: it says how the sum is marked, and the digits follow. */
function moneyFormat(locale: Locale, currency: string): (minor: number) => string {
  // Every other currency's own symbol, but none that two share: ¥ is the yuan's, the yen is JP¥.
  const format = new Intl.NumberFormat(currency === 'JPY' ? 'zh-CN' : locale, {
    style: 'currency',
    currency,
    currencyDisplay: currency === 'CNY' || currency === 'USD' ? 'narrowSymbol' : 'symbol',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const markBefore = (amount: 1 | -1) => format.format(amount).split('1')[0] ?? '';
  const [owned, owed] = [markBefore(1), markBefore(-1)];
  return (minor) => {
    const text = String(Math.abs(minor)).padStart(digits + 1, '0');
    const whole = text.slice(0, text.length - digits);
    const grouped = whole.length > 3 ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole;
    return (minor < 0 ? owed : owned) + grouped + (digits > 0 ? `.${text.slice(-digits)}` : '');
  };
}

const quarterMs = 15 * 60_000;

/** Writes days. All instants of a quarter of an hour are of one day: zones differ from UTC by whole quarters. */
function dayFormat(format: Intl.DateTimeFormat): (at: number) => string {
  const ofQuarter = cached((quarter: number) => format.format(quarter * quarterMs));
  return (at) => ofQuarter(Math.floor(at / quarterMs));
}

function formatsOf(locale: Locale): Formats {
  const zh = locale === 'zh-CN';
  const language = zh ? 'zh-CN' : 'en-GB';
  const dayAndMonth = { month: zh ? 'long' : 'short', day: 'numeric' } as const;
  const money = cached((currency: string) => moneyFormat(locale, currency));
  const day = cached((timeZone: string) => dayFormat(new Intl.DateTimeFormat(language, { timeZone, ...dayAndMonth })));
  const dayOfYear = cached((timeZone: string) =>
    dayFormat(new Intl.DateTimeFormat(language, { timeZone, year: 'numeric', ...dayAndMonth })),
  );
  const year = cached((timeZone: string) => dayFormat(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })));
  const amount = cached((unit: string) => {
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    return cached((count: number) => format.format(count).replace(/(\d)(?=\p{Script=Han})/u, '$1 '));
  });
  return {
    money: (minor, currency) => money(currency)(minor),
    day: (at, timeZone, now) => {
      const yearAt = year(timeZone);
      return (yearAt(at) === yearAt(now) ? day : dayOfYear)(timeZone)(at);
    },
    duration: (ms) => {
      const [unit, length] = units.find(([, , from]) => Math.abs(ms) >= from) ?? units[2];
      return amount(unit)(Math.max(1, Math.floor(Math.abs(ms) / length)));
    },
    term: (hours) => (hours > 72 && hours % 24 === 0 ? amount('day')(hours / 24) : amount('hour')(hours)),
    length: (ms) => {
      const [unit, length] = units.find(([, one, from]) => ms >= from && ms % one === 0) ?? units[2];
      return amount(unit)(Math.ceil(ms / length));
    },
  };
}

const formats: Readonly<Record<Locale, Formats>> = { 'zh-CN': formatsOf('zh-CN'), 'en-US': formatsOf('en-US') };

export function formatsIn(locale: Locale): Formats {
  return formats[locale];
}

/** A letter or digit of a script that has words. */
const ofWord = /[\p{Script=Latin}\p{Script=Cyrillic}\d]/u;

/** A product's name short enough for a phone: at most 40 characters, cut between words where there is a gap in its second half. */
export function shortName(name: string, max = 40): string {
  const whole = plainText(name);
  const cut = clip(whole, max);
  if (cut === whole) return whole;
  const end = cut.length - 1;
  const inWord = ofWord.test(whole.charAt(end - 1)) && ofWord.test(whole.charAt(end));
  const gap = inWord ? cut.lastIndexOf(' ') : -1;
  return gap >= max / 2 ? `${cut.slice(0, gap).replace(/[ ,;:.-]+$/, '')}…` : cut;
}
