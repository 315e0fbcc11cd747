// Stock: never below zero, nothing lost, one warning.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available, giveBack, take, withStock } from '../../../src/domain/stock/take.ts';
import { product } from '../../support/orders.ts';

describe('taking and giving back', () => {
  it('takes what is there, and nothing of what is not counted', () => {
    expect(take(product('A', { stock: 2 }), 3, 0)).toMatchObject({ taken: 2, product: { stock: 0 } });
    expect(take(product('A'), 3, 0)).toEqual({ taken: 0, product: product('A') });
  });

  it('gives nothing back to what was reported out of stock', () => {
    const out = product('A', { stock: 0, stockOutIncidentId: 'i' });
    expect(giveBack(out, 2, 0)).toEqual(out);
    expect(giveBack(product('A', { stock: 0 }), 2, 0).stock).toBe(2);
    expect(giveBack(product('A'), 2, 0)).toEqual(product('A'));
  });

  it.each([
    [{ stock: 2 }, 2, true],
    [{ stock: 1 }, 2, false],
    [{}, 99, true],
    [{ stock: 5, stockOutIncidentId: 'i' }, 1, false],
    [{ stockOutIncidentId: 'i' }, 1, false],
  ])('%j has %i pieces: %s', (more, quantity, can) => {
    expect(available(product('A', more), quantity)).toBe(can);
  });

  it('is never below zero, and what was taken is what is missing', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.array(fc.integer({ min: 1, max: 20 })), (stock, wanted) => {
        let shelf = product('A', { stock });
        let gone = 0;
        for (const quantity of wanted) {
          const { product: left, taken } = take(shelf, quantity, 0);
          shelf = left;
          gone += taken;
        }
        expect(shelf.stock).toBe(stock - gone);
        expect(shelf.stock).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it('warns once while it is low, and again after it was not', () => {
  const low = withStock(product('A', { stock: 5, warnBelow: 3 }), 2, 10);
  expect(low.warnedAt).toBe(10);
  expect(withStock(low, 1, 20).warnedAt).toBe(10);
  const full = withStock(low, 3, 30);
  expect(full.warnedAt).toBeUndefined();
  expect(withStock(full, 0, 40).warnedAt).toBe(40);
});
