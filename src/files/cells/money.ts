// Amounts as files write them, to integer minor units, without ever being a fraction.
import { minorDigits } from '../../domain/money.ts';
import type { RejectReason } from '../reasons.ts';
import { clip, textOf } from './text.ts';

/** Twelve digits before the point are more than any order. */
const AMOUNT = /^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,10}))?$/;
const MAX_AMOUNT_CHARS = 40;
const POINT = 0x2e;
const ZERO = 0x30;

let known: ReadonlySet<string> | undefined;

/** True for a currency of ISO 4217, in capitals. */
export function isCurrency(text: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency'));
  return known.has(text);
}

/**
 * `¥1,168.50`, `168.5元`, `168.00⇥` → minor units. Refused: negative amounts, more decimals than the currency has (unless
 * they are zeros), a comma used as decimal point, anything else.
 */
export function parseMoney(raw: string, currency: string): number | RejectReason {
  const plain = plainAmount(raw, minorDigits(currency));
  if (plain !== undefined) return plain;
  const text = textOf(raw);
  if (text.length > MAX_AMOUNT_CHARS) return { code: 'amount_invalid', value: clip(text, MAX_AMOUNT_CHARS) };
  const found = AMOUNT.exec(text) ?? AMOUNT.exec(withoutUnits(text));
  if (found === null) {
    const isNegative = /^-[\d.,]+$|^\([\d.,]+\)$/.test(withoutUnits(text));
    return { code: isNegative ? 'amount_negative' : 'amount_invalid', value: text };
  }
  const digits = minorDigits(currency);
  const [, whole = '', fraction = ''] = found;
  if (fraction.length > digits && !/^0*$/.test(fraction.slice(digits))) return { code: 'amount_invalid', value: text };
  return Number(whole.replaceAll(',', '') + fraction.slice(0, digits).padEnd(digits, '0'));
}

/** `642.83`, with as many decimals as the currency has: nearly every cell is. None for any other form. */
function plainAmount(text: string, decimals: number): number | undefined {
  const point = text.length - decimals - 1;
  if (decimals === 0 || point < 1 || point > 12 || text.charCodeAt(point) !== POINT) return undefined;
  let minor = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (at === point) continue;
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    minor = minor * 10 + digit;
  }
  return minor;
}

function withoutUnits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s¥$€£元]/g, '')
    .replace(/^[A-Z]{3}(?=\d)/, '');
}
