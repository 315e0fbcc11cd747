// What an order's buyer is owed under the rule book, and every step of how that came about.
import { canonicalHash } from '../canonical.ts';
import type { Order } from '../order/order.ts';
import { type Outcome, refuse } from '../refusal.ts';
import { type AmountStep, type QuoteStep, ruleAmount } from './amount.ts';
import type { CompensationReason, CompensationRule, PolicyPack, VoucherTerms } from './policy.ts';
import { expiryOf } from './validity.ts';

export interface Quote {
  /** Pack id and version. */
  readonly pack: string;
  readonly version: string;
  /** `override` where staff set the amount. */
  readonly ruleId: string;
  readonly reason: CompensationReason;
  /** Whether the rule's figure was confirmed at its source; an amount set by staff is theirs, and true. */
  readonly verified: boolean;
  readonly amountMinor: number;
  readonly currency: string;
  readonly form: 'voucher';
  readonly minSpendMinor: number;
  readonly validity: VoucherTerms['validity'];
  /** The last instant of the voucher's last day in the shop's zone. */
  readonly expiresAt: number;
  readonly payer: 'merchant';
  readonly steps: readonly QuoteStep[];
}

export interface QuoteInput {
  readonly order: Pick<Order, 'number' | 'state' | 'currency' | 'paidMinor'>;
  readonly reason: CompensationReason;
  /** Compensation given for this order so far, for any reason, minor units of its currency. */
  readonly alreadyGivenMinor: number;
  readonly now: number;
  /** The shop's zone: voucher validity is counted in its calendar. */
  readonly timeZone: string;
  /** An amount set by staff in place of the rule's, minor units of the order's currency, above zero. */
  readonly overrideMinor?: number | undefined;
}

/**
 * Quotes under the pack's rule for the reason, or with the amount staff set. Pure: the same input gives the same quote.
 * The amount is whole, within the rule's floor and cap, and does not fall when the base rises.
 * Refuses `unpaid_order`, `amount_required` (no rule for the reason), `currency_mismatch` (sums of the pack's currency cannot be
 * applied to this order's), `not_compensable` (the rule comes to nothing, or to no more than was given).
 */
export function quote(pack: PolicyPack, input: QuoteInput): Outcome<Quote> {
  const { order, reason, overrideMinor } = input;
  if (order.state === 'unpaid') return refuse('unpaid_order', { order: order.number });
  const rule = pack.rules.find((candidate) => candidate.reason === reason);
  if (overrideMinor !== undefined) return overridden(pack, rule, input, overrideMinor);
  if (!rule) return refuse('amount_required', { reason });
  if (order.currency !== pack.currency && namesSums(rule)) {
    return refuse('currency_mismatch', { orderCurrency: order.currency, packCurrency: pack.currency });
  }
  const { amountMinor, steps } = ruleAmount(rule.amount, order.paidMinor);
  const leftMinor = leftOf(pack, amountMinor, input.alreadyGivenMinor);
  if (leftMinor === 0) return refuse('not_compensable', { order: order.number, reason });
  const quoted = assemble(pack, input, rule.voucher, { ruleId: rule.id, verified: rule.verified, amountMinor, steps });
  return leftMinor === amountMinor ? quoted : reducedTo(leftMinor, quoted);
}

/** Where all reasons together come to the largest, what was given for one of them counts for the others. */
function leftOf({ severalReasons }: PolicyPack, amountMinor: number, alreadyGivenMinor: number): number {
  return severalReasons === 'each' ? amountMinor : Math.max(0, amountMinor - alreadyGivenMinor);
}

function reducedTo(amountMinor: number, quoted: Quote): Quote {
  return { ...quoted, amountMinor, steps: [...quoted.steps, { code: 'remaining', data: { amountMinor } }] };
}

/** Identifies a quote by everything but the clock: two of one day, or across midnight, are the same offer. */
export function quoteHash({ expiresAt: _, ...offer }: Quote): string {
  return canonicalHash(offer);
}

function overridden(
  pack: PolicyPack,
  rule: CompensationRule | undefined,
  input: QuoteInput,
  amountMinor: number,
): Quote {
  const terms = rule?.voucher ?? pack.staff.voucher;
  const sameCurrency = input.order.currency === pack.currency;
  const byRule =
    rule && (sameCurrency || !namesSums(rule)) ? ruleAmount(rule.amount, input.order.paidMinor) : undefined;
  const data = { amountMinor, ...(byRule && { ruleMinor: byRule.amountMinor }) };
  return assemble(pack, input, sameCurrency ? terms : { ...terms, minSpendMinor: 0 }, {
    ruleId: 'override',
    verified: true,
    amountMinor,
    steps: [{ code: 'override', data }],
  });
}

/** Whether a rule has sums in the pack's currency: a percentage alone applies to any. */
function namesSums({ amount, voucher }: CompensationRule): boolean {
  const limited = amount.type === 'fixed' || amount.floorMinor !== undefined || amount.capMinor !== undefined;
  return limited || voucher.minSpendMinor > 0;
}

function assemble(
  pack: PolicyPack,
  { order, reason, alreadyGivenMinor, now, timeZone }: QuoteInput,
  terms: VoucherTerms,
  decided: { ruleId: string; verified: boolean; amountMinor: number; steps: readonly AmountStep[] },
): Quote {
  return {
    pack: pack.id,
    version: pack.version,
    reason,
    currency: order.currency,
    form: 'voucher',
    minSpendMinor: terms.minSpendMinor,
    validity: terms.validity,
    expiresAt: expiryOf(terms.validity, now, timeZone),
    payer: 'merchant',
    ...decided,
    steps: [...decided.steps, { code: 'already_given', data: { amountMinor: alreadyGivenMinor } }],
  };
}
