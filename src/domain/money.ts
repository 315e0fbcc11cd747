// Money as people type it, to whole minor units: how many decimals a currency has, and the parsing.
import { type Outcome, refuse } from './refusal.ts';

/** A formatter takes long to make, and amounts come by the hundred thousand. */
const knownDigits = new Map<string, number>();

/** Decimals of a currency by ISO 4217: 2 for CNY, 0 for JPY, 3 for KWD. Throws for what is no code of three letters. */
export function minorDigits(currency: string): number {
  const known = knownDigits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  knownDigits.set(currency, digits);
  return digits;
}

/** At most nine digits before the point, so that sums stay far inside the safe integers. */
const typedAmount = /^(\d{1,9})(?:\.(\d{1,3}))?$/;

/**
 * Minor units of an amount typed in the main unit: `5`, `5.00` (full-width digits too) with at most the currency's decimals,
 * zeros aside: `5.00` is five yen as well. Above zero, unless `zero` allows it. Refuses `amount_invalid` ({currency, decimals};
 * kind `whole` where the currency has no decimals).
 */
export function parseMoney(text: string, currency: string, allow: { zero?: boolean } = {}): Outcome<number> {
  const decimals = minorDigits(currency);
  const invalid = refuse('amount_invalid', { currency, decimals, ...(decimals === 0 && { kind: 'whole' }) });
  if (text.length > 40) return invalid;
  const [, whole, fraction = ''] = typedAmount.exec(text.normalize('NFKC').trim()) ?? [];
  if (whole === undefined || /[^0]/.test(fraction.slice(decimals))) return invalid;
  const minor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return minor > 0 || allow.zero ? minor : invalid;
}
