import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleAmount } from '../../../src/domain/compensation/amount.ts';
import { type AmountRule, amountSchema } from '../../../src/domain/compensation/policy.ts';

const yuan = (amount: number) => Math.round(amount * 100);

type Percentage = Extract<AmountRule, { type: 'percentage' }>;
const percent = (basisPoints: number, limits: Partial<Percentage> = {}): AmountRule => ({
  type: 'percentage',
  basisPoints,
  rounding: 'half_up',
  ...limits,
});

const taobaoOlder = percent(1000, { floorMinor: yuan(5), capMinor: yuan(100) });
const taobao = percent(500, { floorMinor: yuan(5), capMinor: yuan(30) });
const tmall = percent(3000, { capMinor: yuan(500) });
const pdd: AmountRule = { type: 'fixed', amountMinor: yuan(3) };

describe('published rules', () => {
  it.each([
    ['Taobao 5 %, 5–30', taobao, 30, 5],
    ['Taobao 5 %, 5–30', taobao, 200, 10],
    ['Taobao 5 %, 5–30', taobao, 1000, 30],
    ['Taobao 10 %, 5–100', taobaoOlder, 30, 5],
    ['Taobao 10 %, 5–100', taobaoOlder, 2000, 100],
    ['Tmall and Biyao 30 %, at most 500', tmall, 100, 30],
    ['Tmall and Biyao 30 %, at most 500', tmall, 3000, 500],
    ['Pinduoduo flat 3', pdd, 0, 3],
    ['Pinduoduo flat 3', pdd, 2, 3],
    ['Pinduoduo flat 3', pdd, 9999, 3],
  ])('%s: %#', (_name, rule, paid, due) => {
    expect(ruleAmount(rule, yuan(paid)).amountMinor).toBe(yuan(due));
  });
});

describe('the steps', () => {
  const codes = (rule: AmountRule, base: number) => ruleAmount(rule, base).steps.map(({ code }) => code);

  it('tell what was done, and nothing that was not', () => {
    expect(codes(pdd, 1)).toEqual(['fixed', 'no_cap']);
    expect(codes(taobao, yuan(30))).toEqual(['percentage', 'floor', 'within_cap']);
    expect(codes(taobao, yuan(200))).toEqual(['percentage', 'within_cap']);
    expect(codes(taobao, yuan(1000))).toEqual(['percentage', 'cap']);
    expect(codes(percent(333), 101)).toEqual(['percentage', 'rounded', 'no_cap']);
  });

  it('carry the figures', () => {
    expect(ruleAmount(taobao, yuan(68)).steps).toEqual([
      { code: 'percentage', data: { basisPoints: 500, baseMinor: 6800, amountMinor: 340 } },
      { code: 'floor', data: { amountMinor: 500 } },
      { code: 'within_cap', data: { capMinor: 3000 } },
    ]);
  });
});

describe('rounding', () => {
  it.each([
    ['up', 101, 2],
    ['down', 101, 1],
    ['half_up', 101, 1],
    ['half_up', 150, 2],
    ['up', 200, 2],
    ['half_up', 149, 1],
  ] as const)('%s: 1 %% of %i is %i', (rounding, base, due) => {
    expect(ruleAmount(percent(100, { rounding }), base).amountMinor).toBe(due);
  });

  it('is exact for sums beyond the safe integers', () => {
    expect(ruleAmount(percent(100_000), 900_719_925_474_099).amountMinor).toBe(9_007_199_254_740_990);
  });
});

describe('any rule that the schema takes', () => {
  const rules: fc.Arbitrary<AmountRule> = fc.oneof(
    fc.record({ type: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 10_000_000 }) }),
    fc
      .record(
        {
          type: fc.constant('percentage' as const),
          basisPoints: fc.integer({ min: 1, max: 100_000 }),
          rounding: fc.constantFrom('up' as const, 'down' as const, 'half_up' as const),
          floorMinor: fc.integer({ min: 0, max: 50_000 }),
          capMinor: fc.integer({ min: 1, max: 100_000 }),
        },
        { requiredKeys: ['type', 'basisPoints', 'rounding'] },
      )
      .filter((rule) => amountSchema.safeParse(rule).success),
  );
  const bases = fc.integer({ min: 0, max: 1_000_000_000_000 });

  it('gives a whole amount within floor and cap that does not fall when the base rises', () => {
    fc.assert(
      fc.property(rules, bases, bases, (rule, a, b) => {
        const low = ruleAmount(rule, Math.min(a, b)).amountMinor;
        const high = ruleAmount(rule, Math.max(a, b)).amountMinor;
        expect(Number.isSafeInteger(low)).toBe(true);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(high);
        if (rule.type === 'percentage') {
          expect(low).toBeGreaterThanOrEqual(rule.floorMinor ?? 0);
          expect(high).toBeLessThanOrEqual(rule.capMinor ?? Infinity);
        }
      }),
    );
  });

  it('ends on the amount its last figure tells', () => {
    fc.assert(
      fc.property(rules, bases, (rule, base) => {
        const { amountMinor, steps } = ruleAmount(rule, base);
        const told = steps.map(({ data }) => ('amountMinor' in data ? data.amountMinor : undefined));
        expect(told.filter((amount) => amount !== undefined).at(-1)).toBe(amountMinor);
      }),
    );
  });
});
