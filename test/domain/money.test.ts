import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits, parseMoney } from '../../src/domain/money.ts';
import { isRefusal } from '../../src/domain/refusal.ts';

describe('parseMoney', () => {
  it.each([
    ['5', 'CNY', 500],
    ['5.0', 'CNY', 500],
    ['5.00', 'CNY', 500],
    [' 0.01 ', 'CNY', 1],
    ['５．５０', 'CNY', 550],
    ['19.99', 'USD', 1999],
    ['500', 'JPY', 500],
    ['500.00', 'JPY', 500],
    ['5.000', 'CNY', 500],
    ['1.234', 'KWD', 1234],
    ['999999999.99', 'CNY', 99_999_999_999],
  ])('%s %s is %i', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each([
    ['', 'CNY'],
    ['0', 'CNY'],
    ['0.00', 'CNY'],
    ['-5', 'CNY'],
    ['5.001', 'CNY'],
    ['5,00', 'CNY'],
    ['1e3', 'CNY'],
    ['¥5', 'CNY'],
    ['5 5', 'CNY'],
    ['.5', 'CNY'],
    ['5.', 'CNY'],
    ['5.01', 'JPY'],
    ['1000000000', 'CNY'],
    ['9'.repeat(5000), 'CNY'],
    ['NaN', 'CNY'],
  ])('refuses %s %s', (text, currency) => {
    const kind = currency === 'JPY' ? { kind: 'whole' } : {};
    expect(parseMoney(text, currency)).toEqual({
      refused: 'amount_invalid',
      data: { currency, decimals: minorDigits(currency), ...kind },
    });
  });

  it('takes zero only where it is allowed', () => {
    expect(parseMoney('0', 'CNY', { zero: true })).toBe(0);
    expect(isRefusal(parseMoney('0', 'CNY'))).toBe(true);
  });

  it('reads back whatever is written with the currency’s decimals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999_999 }),
        (minor) => parseMoney((minor / 100).toFixed(2), 'CNY') === minor,
      ),
    );
  });
});
