// Lead times, collapsing, snoozing and the order's next wake.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reminders } from '../../../src/domain/merchant.ts';
import { nextLead, nextPingAt, noticedLead, pingAllowedAt, pinged } from '../../../src/domain/notice/deadline.ts';
import type { Order } from '../../../src/domain/order/order.ts';
import { choiceReminderAt, promiseEndsAt, wakeAt } from '../../../src/domain/order/wake.ts';
import { pddPack, startOfTest } from '../../support/app.ts';
import { buyer, dayMs, hourMs, linkedTo, order } from '../../support/orders.ts';

const reminders: Reminders = { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' };
const at = startOfTest + 10 * dayMs;
const due = (more: Partial<Order> = {}) => order(1, { shipBy: { at, basis: 'policy' }, ...more });

describe('the lead time reached', () => {
  test.each([
    { left: 25 * hourMs, lead: undefined },
    { left: 24 * hourMs + 1, lead: undefined },
    { left: 24 * hourMs, lead: 24 * hourMs },
    { left: 6 * hourMs + 1, lead: 24 * hourMs },
    { left: 6 * hourMs, lead: 6 * hourMs },
    { left: hourMs, lead: hourMs },
    { left: 1, lead: hourMs },
    { left: 0, lead: 0 },
    { left: -3 * dayMs, lead: 0 },
  ])('with $left ms left is $lead', ({ left, lead }) => {
    expect(nextLead(due(), reminders, at - left)).toBe(lead);
  });

  test('is not named again, and what is tighter still comes', () => {
    const noticed = due({ reminded: [{ shipByAt: at, leadMs: 6 * hourMs }] });
    expect(nextLead(noticed, reminders, at - 6 * hourMs)).toBeUndefined();
    expect(nextLead(noticed, reminders, at - hourMs)).toBe(hourMs);
    expect(nextPingAt(noticed, reminders)).toBe(at - hourMs);
  });

  test('starts afresh for a new ship-by instant', () => {
    const moved = due({ reminded: [{ shipByAt: at - dayMs, leadMs: 0 }] });
    expect(nextLead(moved, reminders, at - 2 * hourMs)).toBe(6 * hourMs);
  });

  test('goes on where it was for a ship-by instant that comes back', () => {
    const first = pinged(due(), reminders, at - 6 * hourMs);
    const other = pinged({ ...first, shipBy: { at: at + dayMs, basis: 'promised' } }, reminders, at);
    const back: Order = { ...other, shipBy: { at, basis: 'promised' } };
    expect(nextLead(back, reminders, at - 6 * hourMs)).toBeUndefined();
    expect(nextPingAt(back, reminders)).toBe(at - hourMs);
    expect(nextLead(back, reminders, at)).toBe(0);
  });

  test('is kept for the last dates only, however many files bring', () => {
    let current = due();
    for (let n = 0; n < 30; n++) {
      current = pinged({ ...current, shipBy: { at: at + n * dayMs, basis: 'promised' } }, reminders, at + n * dayMs);
    }
    expect(current.reminded).toHaveLength(10);
    expect(nextPingAt(current, reminders)).toBeUndefined();
  });

  test.each([
    { state: 'shipped' },
    { state: 'closed' },
    { state: 'unpaid' },
    { afterSales: 'refunded' },
    { afterSales: 'refunding' },
  ] as const)('is never one for %o', (more) => {
    expect(nextLead(due(more), reminders, at)).toBeUndefined();
    expect(nextPingAt(due(more), reminders)).toBeUndefined();
  });

  test('overdue comes also where no lead times are set', () => {
    expect(nextPingAt(due(), { ...reminders, beforeMs: [] })).toBe(at);
  });
});

describe('a snooze', () => {
  test('holds the lead times reached meanwhile, and ends once', () => {
    const snoozedUntil = at - 30 * 60_000;
    const snoozed = due({ reminded: [{ shipByAt: at, leadMs: 6 * hourMs }], snoozedUntil });
    expect(nextPingAt(snoozed, reminders)).toBe(snoozedUntil);
    const after = pinged(snoozed, reminders, snoozedUntil);
    expect(after).not.toHaveProperty('snoozedUntil');
    expect(after.reminded).toEqual([{ shipByAt: at, leadMs: hourMs }]);
    expect(nextPingAt(after, reminders)).toBe(at);
  });

  test('brings back an order without a date', () => {
    const { shipBy: _none, ...undated } = due({ snoozedUntil: at });
    expect(nextPingAt(undated, reminders)).toBe(at);
    expect(nextPingAt(pinged(undated, reminders, at), reminders)).toBeUndefined();
  });
});

describe('quiet hours', () => {
  test.each([
    { name: 'hold until they end', left: 10 * hourMs, quietFor: 9 * hourMs, waits: true },
    { name: 'let through what ends with them', left: 9 * hourMs, quietFor: 9 * hourMs, waits: false },
    { name: 'let through what ends in them', left: 5 * hourMs, quietFor: 9 * hourMs, waits: false },
    { name: 'hold what is overdue', left: 0, quietFor: 9 * hourMs, waits: true },
    { name: 'hold what is long overdue', left: -dayMs, quietFor: hourMs, waits: true },
  ])('$name', ({ left, quietFor, waits }) => {
    const now = at - left;
    expect(pingAllowedAt(due(), now, now + quietFor)).toBe(waits ? now + quietFor : now);
    expect(pingAllowedAt(due(), now, undefined)).toBe(now);
  });
});

describe('the next wake', () => {
  const trouble = { incidentId: 'i1', kind: 'stock_out', reason: 'supplier', reportedAt: startOfTest } as const;

  test('is the earliest of ping, agreed date and reminder of a choice', () => {
    expect(wakeAt(due(), reminders, pddPack)).toBe(at - dayMs);
    const asked = due({ trouble, ...linkedTo(buyer(1)) });
    const remindAt = startOfTest + pddPack.remedies.remindChoiceAfterHours * hourMs;
    expect(choiceReminderAt(asked, pddPack)).toBe(remindAt);
    expect(wakeAt(asked, reminders, pddPack)).toBe(Math.min(remindAt, at - dayMs));
    const agreed = due({ shipBy: { at, basis: 'agreed' }, reminded: [{ shipByAt: at, leadMs: 0 }] });
    expect(wakeAt(agreed, reminders, pddPack)).toBe(at);
    expect(promiseEndsAt({ ...agreed, escalatedAt: at })).toBeUndefined();
    expect(wakeAt({ ...agreed, escalatedAt: at }, reminders, pddPack)).toBeUndefined();
  });

  test('asks a choice only of a linked buyer who has not answered, and once', () => {
    expect(choiceReminderAt(due({ trouble }), pddPack)).toBeUndefined();
    const asked = due({ trouble, ...linkedTo(buyer(1)) });
    expect(choiceReminderAt({ ...asked, trouble: { ...trouble, remindedAt: at } }, pddPack)).toBeUndefined();
    const choice = { kind: 'wait', at: startOfTest, by: buyer(1), version: 1, incidentId: 'i1' } as const;
    expect(choiceReminderAt({ ...asked, choice }, pddPack)).toBeUndefined();
  });

  test('counts from the link where the order was linked after the report', () => {
    const linkedAt = startOfTest + 5 * dayMs;
    const asked = due({ trouble, buyer: { userId: buyer(1), linkedAt, by: 'proof' } });
    expect(choiceReminderAt(asked, pddPack)).toBe(linkedAt + pddPack.remedies.remindChoiceAfterHours * hourMs);
  });

  test('a held ping delays nothing else', () => {
    const asked = due({ trouble: { ...trouble, reportedAt: at }, ...linkedTo(buyer(1)) });
    const remindAt = at + pddPack.remedies.remindChoiceAfterHours * hourMs;
    expect(wakeAt(asked, reminders, pddPack, remindAt + dayMs)).toBe(remindAt);
  });
});

test('each lead time is noticed once and none is passed over, whenever the clock is looked at', () => {
  const hours = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(
      fc.uniqueArray(hours, { maxLength: 10 }),
      fc.array(fc.integer({ min: -150, max: 30 })),
      (leads, looks) => {
        const mine: Reminders = { ...reminders, beforeMs: leads.map((lead) => lead * hourMs) };
        const noticed: number[] = [];
        let current = due();
        for (const look of looks) {
          const now = at + look * hourMs;
          const pingAt = nextPingAt(current, mine);
          const lead = nextLead(current, mine, now);
          expect(lead !== undefined).toBe(pingAt !== undefined && pingAt <= now);
          if (lead !== undefined) noticed.push(lead);
          current = pinged(current, mine, now);
          const reached = [...mine.beforeMs, 0].filter((leadMs) => now >= at - leadMs);
          for (const leadMs of reached) expect(noticedLead(current)).toBeLessThanOrEqual(leadMs);
        }
        expect(new Set(noticed).size).toBe(noticed.length);
        expect(noticed).toEqual([...noticed].sort((a, b) => b - a));
      },
    ),
  );
});
