import { describe, expect, it } from 'vitest';
import type { AmountRule, PolicyPack } from '../../../src/domain/compensation/policy.ts';
import { type Quote, type QuoteInput, quote, quoteHash } from '../../../src/domain/compensation/quote.ts';
import { expiryOf } from '../../../src/domain/compensation/validity.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { pddPack } from '../../support/app.ts';

const shanghai = 'Asia/Shanghai';
const now = Date.parse('2026-11-21T15:00:00+08:00');

const input = (more: Partial<QuoteInput> = {}): QuoteInput => ({
  order: { number: '260517-607198974342268', state: 'to_ship', currency: 'CNY', paidMinor: 6800 },
  reason: 'out_of_stock',
  alreadyGivenMinor: 0,
  now,
  timeZone: shanghai,
  ...more,
});

const withCurrency = (currency: string) => ({ order: { ...input().order, currency } });

function withAmount(amount: AmountRule, minSpendMinor = 0): PolicyPack {
  const rules = pddPack.rules.map((rule) => ({ ...rule, amount, voucher: { ...rule.voucher, minSpendMinor } }));
  return { ...pddPack, rules };
}

function given(outcome: ReturnType<typeof quote>): Quote {
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
}

describe('the default rule book', () => {
  it('gives 5.00 for a stock-out: no threshold, 50 years, from the merchant', () => {
    expect(quote(pddPack, input())).toEqual({
      pack: 'pdd',
      version: pddPack.version,
      ruleId: 'out_of_stock',
      reason: 'out_of_stock',
      verified: false,
      amountMinor: 500,
      currency: 'CNY',
      form: 'voucher',
      minSpendMinor: 0,
      validity: { years: 50 },
      expiresAt: Date.parse('2076-11-21T23:59:59.999+08:00'),
      payer: 'merchant',
      steps: [
        { code: 'fixed', data: { amountMinor: 500 } },
        { code: 'no_cap', data: {} },
        { code: 'already_given', data: { amountMinor: 0 } },
      ],
    });
  });

  it.each([
    ['late_shipment', 300],
    ['false_shipment', 2000],
  ] as const)('%s: %i', (reason, amountMinor) => {
    expect(given(quote(pddPack, input({ reason }))).amountMinor).toBe(amountMinor);
  });

  it('has no rule for a lost parcel or another reason: staff name the amount', () => {
    for (const reason of ['lost_parcel', 'other'] as const) {
      expect(quote(pddPack, input({ reason }))).toEqual({ refused: 'amount_required', data: { reason } });
      const byHand = given(quote(pddPack, input({ reason, overrideMinor: 1234 })));
      expect(byHand).toMatchObject({ ruleId: 'override', amountMinor: 1234, verified: true });
      expect(byHand.steps[0]).toEqual({ code: 'override', data: { amountMinor: 1234 } });
    }
  });
});

describe('quote', () => {
  it('keeps what the rule says beside an amount set by hand', () => {
    const byHand = given(quote(pddPack, input({ overrideMinor: 800, alreadyGivenMinor: 300 })));
    expect(byHand.amountMinor).toBe(800);
    expect(byHand.steps).toEqual([
      { code: 'override', data: { amountMinor: 800, ruleMinor: 500 } },
      { code: 'already_given', data: { amountMinor: 300 } },
    ]);
  });

  it('does not apply sums to another currency, and applies a bare percentage', () => {
    const mismatch = { refused: 'currency_mismatch', data: { orderCurrency: 'USD', packCurrency: 'CNY' } };
    const bare: AmountRule = { type: 'percentage', basisPoints: 1000, rounding: 'down' };
    expect(quote(pddPack, input(withCurrency('USD')))).toEqual(mismatch);
    expect(quote(withAmount({ ...bare, capMinor: 500 }), input(withCurrency('USD')))).toEqual(mismatch);
    expect(quote(withAmount({ ...bare, floorMinor: 0 }), input(withCurrency('USD')))).toEqual(mismatch);
    expect(quote(withAmount(bare, 100), input(withCurrency('USD')))).toEqual(mismatch);
    expect(given(quote(withAmount(bare), input(withCurrency('USD'))))).toMatchObject({
      amountMinor: 680,
      currency: 'USD',
    });
  });

  it('takes an amount set by hand in the order’s currency, without a threshold of another', () => {
    const pack = withAmount({ type: 'fixed', amountMinor: 500 }, 9900);
    const byHand = given(quote(pack, input({ ...withCurrency('USD'), overrideMinor: 250 })));
    expect(byHand).toMatchObject({ amountMinor: 250, currency: 'USD', minSpendMinor: 0 });
    expect(byHand.steps[0]).toEqual({ code: 'override', data: { amountMinor: 250 } });
  });

  it('refuses an unpaid order, and a rule that comes to nothing', () => {
    const unpaid = input({ order: { ...input().order, state: 'unpaid' } });
    expect(quote(pddPack, unpaid)).toMatchObject({ refused: 'unpaid_order' });
    const free = input({ order: { ...input().order, paidMinor: 0 } });
    const pack = withAmount({ type: 'percentage', basisPoints: 500, rounding: 'down' });
    expect(quote(pack, free)).toMatchObject({ refused: 'not_compensable' });
  });
});

describe('several reasons on one order', () => {
  const largest: PolicyPack = { ...pddPack, severalReasons: 'largest' };

  it('are compensated each on its own, unless the rule book says otherwise', () => {
    expect(given(quote(pddPack, input({ alreadyGivenMinor: 300 }))).amountMinor).toBe(500);
  });

  it('come to the largest of them where the rule book says so, whichever is given first', () => {
    const rest = given(quote(largest, input({ alreadyGivenMinor: 300 })));
    expect(rest.amountMinor).toBe(200);
    expect(rest.steps.slice(-2)).toEqual([
      { code: 'already_given', data: { amountMinor: 300 } },
      { code: 'remaining', data: { amountMinor: 200 } },
    ]);
    const smaller = input({ reason: 'late_shipment', alreadyGivenMinor: 500 });
    expect(quote(largest, smaller)).toMatchObject({ refused: 'not_compensable' });
    expect(given(quote(largest, input()))).toEqual(given(quote(pddPack, input())));
  });

  it('leave staff free to set an amount by hand', () => {
    const byHand = given(quote(largest, input({ overrideMinor: 100, alreadyGivenMinor: 500 })));
    expect(byHand.amountMinor).toBe(100);
  });
});

describe('quoteHash', () => {
  const hash = (more: Partial<QuoteInput> = {}, pack = pddPack) => quoteHash(given(quote(pack, input(more))));

  it('is the same for the same offer, whatever the clock shows', () => {
    expect(hash({ now: now + 86_400_000 })).toBe(hash());
  });

  it('differs where anything that was shown differs', () => {
    const others = [
      hash({ overrideMinor: 500 }),
      hash({ alreadyGivenMinor: 1 }),
      hash({ reason: 'late_shipment' }),
      hash({}, { ...pddPack, version: '2027-01' }),
      hash({}, withAmount({ type: 'fixed', amountMinor: 501 })),
      hash({}, withAmount({ type: 'fixed', amountMinor: 500 }, 1)),
    ];
    expect(new Set([hash(), ...others]).size).toBe(others.length + 1);
  });
});

describe('expiryOf', () => {
  const expires = (issued: string, zone: string, validity: Parameters<typeof expiryOf>[0]) =>
    new Date(expiryOf(validity, Date.parse(issued), zone)).toISOString();

  it.each([
    ['2026-11-20T17:00:00Z', shanghai, { years: 50 }, '2076-11-21T15:59:59.999Z'],
    ['2026-11-21T15:59:59Z', shanghai, { years: 50 }, '2076-11-21T15:59:59.999Z'],
    ['2026-11-21T16:00:00Z', shanghai, { years: 50 }, '2076-11-22T15:59:59.999Z'],
    ['2028-02-29T12:00:00Z', 'UTC', { years: 50 }, '2078-02-28T23:59:59.999Z'],
    ['2028-02-29T12:00:00Z', 'UTC', { years: 4 }, '2032-02-29T23:59:59.999Z'],
    ['2026-03-07T12:00:00Z', 'America/New_York', { days: 1 }, '2026-03-09T03:59:59.999Z'],
    ['2026-10-31T12:00:00Z', 'America/New_York', { days: 1 }, '2026-11-02T04:59:59.999Z'],
  ])('%s in %s for %j: %s', (issued, zone, validity, until) => {
    expect(expires(issued, zone, validity)).toBe(until);
  });
});
