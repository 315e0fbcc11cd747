// Times as files write them, to UTC epoch milliseconds.
import { Temporal } from 'temporal-polyfill';
import type { RejectReason } from '../reasons.ts';
import { clip, textOf } from './text.ts';

const COLON = 0x3a;
const ZERO = 0x30;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MAX_DATE_CHARS = 40;
/** More days than a file's orders lie on; it bounds what one with other dates makes the reader keep. */
const MAX_DAYS = 10_000;

/** `2026-06-05 10:00:00`, `2026/6/6 13:41`, `2026年6月6日`, ISO with or without offset, Shopify's `… -0400`. */
const DATE =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]{1,3}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/;
/** A day number as Excel counts; 30000 is 1982, 60000 is 2064. */
const SERIAL = /^([3-5]\d{4}|60000)(?:\.\d{1,12})?$/;
/** Day 0 of Excel's count (which holds a 29 February 1900 that never was). */
const SERIAL_EPOCH_MS = Date.UTC(1899, 11, 30);
/** Workbooks that count from 1904 are this many days behind. */
const DAYS_1904 = 1462;

export interface DateContext {
  /** IANA name: the zone the file's clock is read in. */
  readonly timeZone: string;
  readonly date1904: boolean;
  /** Times outside these are damage, not dates. UTC epoch ms. */
  readonly earliestAt: number;
  readonly latestAt: number;
}

/** For a date without a time: the first instant of that day, or its last second (a promise "by the 8th" holds all day). */
export type DayEdge = 'start' | 'end';

export class DateReader {
  readonly #context: DateContext;
  /** Offsets of local days, and of the hours of days on which the clock changes: asking is dear, and days repeat. */
  readonly #days = new Map<number, number | undefined>();
  readonly #hours = new Map<number, number | undefined>();
  /** Midnights by how a cell writes its day, where the clock does not change that day: most cells repeat a day. */
  readonly #midnights = new Map<string, number>();

  constructor(context: DateContext) {
    this.#context = context;
  }

  /**
   * Refused: dates that do not exist (30 February), and any outside the context's range. A local time skipped by a clock
   * change is moved on by the gap; one that happens twice is the earlier, so that a deadline is never read as later.
   */
  parse(raw: string, edge: DayEdge = 'start'): number | RejectReason {
    const text = textOf(raw);
    const at = text.length > MAX_DATE_CHARS ? undefined : this.#instant(text, edge);
    const { earliestAt, latestAt } = this.#context;
    if (at === undefined || at < earliestAt || at > latestAt) {
      return { code: 'date_invalid', value: clip(text, MAX_DATE_CHARS) };
    }
    return at;
  }

  #instant(text: string, edge: DayEdge): number | undefined {
    const cut = text.indexOf(' ');
    const midnight = cut === -1 ? undefined : this.#midnights.get(text.slice(0, cut));
    const clock = midnight === undefined ? undefined : clockMs(text, cut + 1);
    if (midnight !== undefined && clock !== undefined) return midnight + clock;
    if (SERIAL.test(text)) return this.#serial(Number(text), edge);
    const found = DATE.exec(text);
    if (found === null) return undefined;
    const [, year, month, day, hour, minute, second, offset] = found;
    const dayMs = utcDay(Number(year), Number(month), Number(day));
    if (dayMs === undefined) return undefined;
    const time = hour === undefined ? edgeMs(edge) : timeMs(Number(hour), Number(minute), Number(second ?? 0));
    if (time === undefined) return undefined;
    if (offset !== undefined) return dayMs + time - offsetMs(offset);
    if (cut !== -1) this.#remember(text.slice(0, cut), dayMs);
    return this.#fromLocal(dayMs + time);
  }

  #remember(day: string, dayMs: number): void {
    const offset = this.#offset(this.#days, DAY_MS, dayMs);
    if (offset !== undefined && this.#midnights.size < MAX_DAYS) this.#midnights.set(day, dayMs - offset);
  }

  #serial(days: number, edge: DayEdge): number {
    const shift = this.#context.date1904 ? DAYS_1904 : 0;
    const whole = Number.isInteger(days) ? edgeMs(edge) : 0;
    const seconds = Math.round((days * DAY_MS) / 1000);
    return this.#fromLocal(SERIAL_EPOCH_MS + shift * DAY_MS + seconds * 1000 + whole);
  }

  /** `local` is the wall clock's reading, written as if it were UTC. */
  #fromLocal(local: number): number {
    const offset = this.#offset(this.#days, DAY_MS, local) ?? this.#offset(this.#hours, HOUR_MS, local);
    return offset === undefined ? this.#exact(local) : local - offset;
  }

  /** The offset all through the span that holds `local`; none where the clock changes within it. */
  #offset(known: Map<number, number | undefined>, spanMs: number, local: number): number | undefined {
    const start = Math.floor(local / spanMs) * spanMs;
    if (known.has(start)) return known.get(start);
    const first = start - this.#exact(start);
    const last = start + spanMs - 1 - this.#exact(start + spanMs - 1);
    const offset = first === last ? first : undefined;
    known.set(start, offset);
    return offset;
  }

  #exact(local: number): number {
    const plain = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
    return plain.toZonedDateTime(this.#context.timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
  }
}

function utcDay(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : undefined;
}

function timeMs(hour: number, minute: number, second: number): number | undefined {
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * HOUR_MS + minute * MINUTE_MS + second * 1000;
}

/** A plain `10:00` or `10:00:00` that ends the text; anything else is for the pattern. */
function clockMs(text: string, from: number): number | undefined {
  const length = text.length - from;
  if (length !== 5 && length !== 8) return undefined;
  const hour = twoDigits(text, from);
  const minute = text.charCodeAt(from + 2) === COLON ? twoDigits(text, from + 3) : Number.NaN;
  if (length === 5) return hour + minute >= 0 ? timeMs(hour, minute, 0) : undefined;
  const second = text.charCodeAt(from + 5) === COLON ? twoDigits(text, from + 6) : Number.NaN;
  return hour + minute + second >= 0 ? timeMs(hour, minute, second) : undefined;
}

/** NaN where there are no two digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function edgeMs(edge: DayEdge): number {
  return edge === 'start' ? 0 : DAY_MS - 1000;
}

function offsetMs(offset: string): number {
  if (offset === 'Z' || offset === 'UTC') return 0;
  const digits = offset.slice(1).replace(':', '');
  const ms = Number(digits.slice(0, 2)) * HOUR_MS + Number(digits.slice(2)) * MINUTE_MS;
  return offset.startsWith('-') ? -ms : ms;
}
