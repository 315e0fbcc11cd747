// By when an order must ship, and where it stands at an instant.
import { describe, expect, it } from 'vitest';
import { factsOf, isLate } from '../../../src/domain/order/facts.ts';
import type { Order } from '../../../src/domain/order/order.ts';
import { shipByOf } from '../../../src/domain/order/ship-by.ts';
import { startOfTest as now, pddPack } from '../../support/app.ts';
import { dayMs, hourMs, order } from '../../support/orders.ts';

describe('ship-by', () => {
  it.each([
    ['promised in the file', { promisedShipAt: 500, paidAt: 100 }, { at: 500, basis: 'promised' }],
    ['48 hours after it was paid', { paidAt: 100 }, { at: 100 + 48 * hourMs, basis: 'policy' }],
    ['a presale with a date', { promisedShipAt: 500, paidAt: 100, presale: true }, { at: 500, basis: 'promised' }],
    ['a presale without a date', { paidAt: 100, presale: true }, undefined],
    ['unpaid', {}, undefined],
  ])('%s', (_, draft, expected) => {
    expect(shipByOf(draft, pddPack)).toEqual(expected);
  });
});

describe('facts', () => {
  const trouble = { incidentId: 'i', kind: 'stock_out', reason: 'supplier', reportedAt: now } as const;
  const choice = { kind: 'wait', incidentId: 'i', at: now, by: 'u', version: 1 } as const;
  const due = (msLeft: number): Partial<Order> => ({ shipBy: { at: now + msLeft, basis: 'policy' } });
  it.each<[string, Partial<Order>, object]>([
    ['closed', { state: 'closed' }, { standing: 'closed' }],
    ['on its way back as money', { afterSales: 'refunding' }, { standing: 'closed' }],
    ['shipped', { state: 'shipped' }, { standing: 'shipped' }],
    ['delivered', { state: 'delivered' }, { standing: 'delivered' }],
    ['unpaid', { state: 'unpaid' }, { standing: 'unpaid' }],
    ['on hold', { state: 'on_hold', ...due(dayMs) }, { standing: 'on_hold', msLeft: dayMs }],
    ['more than six hours left', due(6 * hourMs + 1), { standing: 'on_time', msLeft: 6 * hourMs + 1 }],
    ['six hours left', due(6 * hourMs), { standing: 'due_soon', msLeft: 6 * hourMs }],
    ['reported out of stock', { trouble, ...due(dayMs) }, { standing: 'held_up', msLeft: dayMs }],
    [
      'reported out of stock, but back before it is to ship',
      { trouble: { ...trouble, newShipAt: now + dayMs }, ...due(dayMs) },
      { standing: 'on_time', msLeft: dayMs },
    ],
    [
      'reported out of stock, and not back when it was to be',
      { trouble: { ...trouble, newShipAt: now }, ...due(dayMs) },
      { standing: 'held_up', msLeft: dayMs },
    ],
    [
      'reported out of stock, but back before it is to ship, beside another line',
      {
        trouble: { ...trouble, newShipAt: now + hourMs },
        ...due(dayMs),
        lines: [...order(1).lines, ...order(1).lines],
      },
      { standing: 'held_up', msLeft: dayMs },
    ],
    [
      'reported out of stock until after it is to ship',
      { trouble: { ...trouble, newShipAt: now + dayMs + 1 }, ...due(dayMs) },
      { standing: 'held_up', msLeft: dayMs },
    ],
    ['reported late, with no date', { trouble, shipBy: undefined as never }, { standing: 'held_up' }],
    ['reported, and late already', { trouble, ...due(0) }, { standing: 'overdue', msLeft: 0 }],
    ['reported and settled', { trouble, choice, ...due(dayMs) }, { standing: 'on_time', msLeft: dayMs }],
    ['at the instant', due(0), { standing: 'overdue', msLeft: 0 }],
    ['three hours late', due(-3 * hourMs), { standing: 'overdue', msLeft: -3 * hourMs }],
  ])('%s', (_, more, expected) => {
    expect(factsOf(order(1, more), now)).toEqual(expected);
  });

  it('no date', () => {
    const { shipBy: _none, ...undated } = order(1);
    expect(factsOf(undated, now)).toEqual({ standing: 'no_date' });
  });

  it('an order shipped after its instant stays late', () => {
    const shipped = order(1, { state: 'shipped', ...due(-2 * hourMs) });
    expect(isLate({ ...shipped, shippedAt: now - hourMs }, now)).toBe(true);
    expect(isLate({ ...shipped, shippedAt: now - 3 * hourMs }, now)).toBe(false);
    expect(isLate(order(1, due(-1)), now)).toBe(true);
    expect(isLate(order(1, due(1)), now)).toBe(false);
  });
});
