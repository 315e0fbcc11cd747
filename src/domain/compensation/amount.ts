// From a rule and what the buyer paid to an amount, step by step.
import type { AmountRule } from './policy.ts';

/** One step of the reasoning, worded at the edge (`quote.step.<code>`); sums in minor units of the quote's currency. */
export type QuoteStep =
  | { readonly code: 'fixed'; readonly data: { readonly amountMinor: number } }
  | {
      readonly code: 'percentage';
      /** `amountMinor` is rounded already. */
      readonly data: { readonly basisPoints: number; readonly baseMinor: number; readonly amountMinor: number };
    }
  | { readonly code: 'rounded'; readonly data: { readonly rounding: 'up' | 'down' | 'half_up' } }
  /** Raised to the floor. */
  | { readonly code: 'floor'; readonly data: { readonly amountMinor: number } }
  /** Cut to the cap. */
  | { readonly code: 'cap'; readonly data: { readonly amountMinor: number } }
  /** There is a cap, and the amount is within it. */
  | { readonly code: 'within_cap'; readonly data: { readonly capMinor: number } }
  | { readonly code: 'no_cap'; readonly data: Readonly<Record<never, never>> }
  /** Set by staff; `ruleMinor` is what the rule would have given, where it applies. */
  | { readonly code: 'override'; readonly data: { readonly amountMinor: number; readonly ruleMinor?: number } }
  | { readonly code: 'already_given'; readonly data: { readonly amountMinor: number } }
  /** What was given before counts towards it: this much is still to come. */
  | { readonly code: 'remaining'; readonly data: { readonly amountMinor: number } };

export type AmountStep = Exclude<QuoteStep, { code: 'already_given' | 'remaining' }>;

export interface RuleAmount {
  readonly amountMinor: number;
  readonly steps: readonly AmountStep[];
}

/**
 * Applies a rule to what the buyer paid (minor units, 0 or more). A fixed amount is the same at any price. A percentage is
 * rounded to whole minor units first, then raised to the floor, then cut to the cap.
 */
export function ruleAmount(rule: AmountRule, baseMinor: number): RuleAmount {
  if (rule.type === 'fixed') {
    const { amountMinor } = rule;
    return { amountMinor, steps: [{ code: 'fixed', data: { amountMinor } }, noCap] };
  }
  return percentageAmount(rule, baseMinor);
}

const noCap: AmountStep = { code: 'no_cap', data: {} };

function percentageAmount(rule: Extract<AmountRule, { type: 'percentage' }>, baseMinor: number): RuleAmount {
  const { basisPoints, floorMinor = 0, capMinor, rounding } = rule;
  // In whole numbers throughout: a binary fraction would round some exact halves the wrong way.
  const exact = BigInt(baseMinor) * BigInt(basisPoints);
  const share = Number(roundedDivision(exact, 10_000n, rounding));
  const steps: AmountStep[] = [{ code: 'percentage', data: { basisPoints, baseMinor, amountMinor: share } }];
  if (exact % 10_000n !== 0n) steps.push({ code: 'rounded', data: { rounding } });

  const raised = Math.max(share, floorMinor);
  if (raised > share) steps.push({ code: 'floor', data: { amountMinor: raised } });

  if (capMinor === undefined) return { amountMinor: raised, steps: [...steps, noCap] };
  const amountMinor = Math.min(raised, capMinor);
  const capped: AmountStep =
    amountMinor < raised ? { code: 'cap', data: { amountMinor } } : { code: 'within_cap', data: { capMinor } };
  return { amountMinor, steps: [...steps, capped] };
}

function roundedDivision(value: bigint, by: bigint, rounding: 'up' | 'down' | 'half_up'): bigint {
  const added = { up: by - 1n, down: 0n, half_up: by / 2n }[rounding];
  return (value + added) / by;
}
