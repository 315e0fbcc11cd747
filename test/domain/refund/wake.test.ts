import { describe, expect, it } from 'vitest';
import { refundSoonMs, refundUrgency, refundWakeAt } from '../../../src/domain/refund/wake.ts';

const refund = { state: 'due', reminded: 'none', requestedAt: 0, dueAt: 24 * 3_600_000 } as const;

describe('refundWakeAt', () => {
  it('looks shortly before a refund is due, when it is due, and no more', () => {
    expect(refundWakeAt(refund)).toBe(refund.dueAt - refundSoonMs);
    expect(refundWakeAt({ ...refund, reminded: 'soon' })).toBe(refund.dueAt);
    expect(refundWakeAt({ ...refund, reminded: 'overdue' })).toBeUndefined();
    expect(refundWakeAt({ ...refund, state: 'paid' })).toBeUndefined();
  });

  it('looks at once where a refund is due sooner than that', () => {
    expect(refundWakeAt({ ...refund, requestedAt: 1000, dueAt: 3_600_000 })).toBe(1000);
  });
});

describe('refundUrgency', () => {
  it.each([
    [refundSoonMs + 1, 'on_time'],
    [refundSoonMs, 'due_soon'],
    [1, 'due_soon'],
    [0, 'overdue'],
    [-1, 'overdue'],
  ])('with %i ms left is %s', (left, urgency) => {
    expect(refundUrgency(refund, refund.dueAt - left)).toBe(urgency);
  });
});
