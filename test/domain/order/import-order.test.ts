// What a file makes of an order, new or known.
import { describe, expect, it } from 'vitest';
import { isLate } from '../../../src/domain/order/facts.ts';
import { changesBetween, fileState, mergeDraft, orderFromDraft } from '../../../src/domain/order/import-order.ts';
import { type Order, orderSchema } from '../../../src/domain/order/order.ts';
import type { OrderDraft } from '../../../src/domain/order-draft.ts';
import { refundableMinor } from '../../../src/domain/remedy/remedies.ts';
import { guild, startOfTest as now, pddPack } from '../../support/app.ts';
import { buyer, dayMs, draft, hourMs, lin, linkedTo, order } from '../../support/orders.ts';

const fresh = {
  id: 'o1',
  guildId: guild,
  merchantId: lin,
  source: 'pdd',
  by: 'system',
  pack: pddPack,
  now,
};
const merge = (known: Order, more: Partial<OrderDraft>) =>
  orderSchema.parse(mergeDraft(known, draft(1, more), { pack: pddPack, now }));

describe('the state a file tells', () => {
  it.each([
    ['to_ship', 'none', 'to_ship'],
    ['to_ship', 'processing', 'to_ship'],
    ['to_ship', 'refunding', 'to_ship'],
    ['to_ship', 'refunded', 'closed'],
    ['unpaid', 'none', 'unpaid'],
    ['cancelled', 'none', 'closed'],
    ['shipped', 'refunded', 'shipped'],
    ['delivered', 'refunded', 'delivered'],
  ] as const)('%s, %s: %s', (state, afterSales, expected) => {
    expect(fileState({ state, afterSales })).toBe(expected);
  });
});

describe('what a file says was given back', () => {
  const paid = { paidMinor: 2500 };

  it('lessens what a refund comes to, of a new order and of a known one', () => {
    const made = orderFromDraft(draft(1, { ...paid, refundedMinor: 750 }), fresh);
    expect(refundableMinor(made)).toBe(1750);
    const told = merge(order(1, paid), { ...paid, refundedMinor: 750 });
    expect(refundableMinor(told)).toBe(1750);
    expect(changesBetween(order(1, paid), told)).toEqual(['paid']);
    expect(refundableMinor(merge(told, paid))).toBe(1750);
  });

  it.each([
    [undefined, 2200],
    [300, 2200],
    [1050, 1450],
  ])('holds what was given back here: %j leaves %i', (refundedMinor, left) => {
    const swapped = order(1, { ...paid, refundedMinor: 300 });
    const told = merge(swapped, { ...paid, ...(refundedMinor && { refundedMinor }) });
    expect(refundableMinor(told)).toBe(left);
  });

  it('counts in the currency of the order alone', () => {
    const swapped = order(1, { ...paid, refundedMinor: 300 });
    expect(refundableMinor(merge(swapped, { currency: 'JPY', paidMinor: 1400, refundedMinor: 1400 }))).toBe(2200);
    const known = merge(order(1, paid), { ...paid, refundedMinor: 750 });
    const corrected = merge(known, { currency: 'JPY', paidMinor: 3000 });
    expect(corrected).toMatchObject({ currency: 'JPY', paidMinor: 3000 });
    expect(refundableMinor(corrected)).toBe(3000);
  });
});

describe('a new order', () => {
  it('is a valid record with its policy and ship-by', () => {
    const made = orderSchema.parse(orderFromDraft(draft(1), fresh));
    expect(made).toMatchObject({
      id: 'o1',
      state: 'to_ship',
      shipBy: { at: now + dayMs, basis: 'policy' },
      policy: { pack: 'pdd' },
      version: 1,
    });
  });

  it('has no field that is undefined', () => {
    expect(Object.values(orderFromDraft(draft(1), fresh))).not.toContain(undefined);
  });
});

describe('a known order', () => {
  it('keeps link, choice, trouble and version', () => {
    const kept = {
      ...linkedTo(buyer(1)),
      choice: { kind: 'wait', at: now, by: buyer(1), version: 3 } as const,
      trouble: { incidentId: 'i', kind: 'delay', reason: 'supplier', reportedAt: now } as const,
      version: 7,
    };
    expect(merge(order(1, kept), { buyerNote: 'soon please' })).toMatchObject({ ...kept, buyerNote: 'soon please' });
  });

  it.each([
    ['an agreed date stands', 'agreed', { promisedShipAt: now + 9 * dayMs }, 'agreed'],
    ['a promised date replaces one by policy', 'policy', { promisedShipAt: now + 9 * dayMs }, 'promised'],
    ['a promised date is not given up for policy', 'promised', {}, 'promised'],
    ['a promised date is replaced by a newer one', 'promised', { promisedShipAt: now + 9 * dayMs }, 'promised'],
  ] as const)('%s', (_, basis, more, expected) => {
    expect(merge(order(1, { shipBy: { at: now + hourMs, basis } }), more).shipBy?.basis).toBe(expected);
  });

  it('keeps the date it was held to where it is paid for on delivery', () => {
    const shipBy = { at: now - dayMs, basis: 'policy' } as const;
    const late = order(1, { paidMinor: 0, paidAt: now - 3 * dayMs, shipBy, state: 'shipped', shippedAt: now - hourMs });
    const paid = merge(late, { state: 'delivered', paidMinor: 6800, paidAt: now });
    expect(paid).toMatchObject({ paidMinor: 6800, paidAt: now, shipBy });
    expect(isLate(paid, now)).toBe(true);
  });

  it.each(['shipped', 'delivered'] as const)(
    'keeps it also where one file tells of the payment and that it is %s',
    (state) => {
      const shipBy = { at: now - dayMs, basis: 'policy' } as const;
      const late = order(1, { paidMinor: 0, paidAt: now - 3 * dayMs, shipBy });
      const paid = merge(late, { state, shippedAt: now - hourMs, paidMinor: 6800, paidAt: now });
      expect(paid).toMatchObject({ state, paidMinor: 6800, shipBy });
      expect(isLate(paid, now)).toBe(true);
    },
  );

  it('is not made unpaid by an older file, from before it was paid for on delivery', () => {
    const paid = order(1, { state: 'delivered', paidAt: now });
    const older = { paidMinor: 0, paysOnDelivery: true, paidAt: now - 3 * dayMs };
    expect(merge(paid, older)).toMatchObject({ paidMinor: 6800, paidAt: now });
    expect(merge(order(1, { paidMinor: 0 }), older)).toMatchObject({ paidMinor: 0, paidAt: older.paidAt });
  });

  it('is shipped where the file says so, with its waybill, and not dragged back', () => {
    const shipped = merge(order(1), {
      state: 'shipped',
      carrier: 'zto',
      tracking: '75312345678901',
      shippedAt: now - 1,
    });
    expect(shipped).toMatchObject({ state: 'shipped', carrier: 'zto', shippedAt: now - 1 });
    const waybill = { carrier: 'sf', tracking: 'SF1', ownWaybill: true } as const;
    const ours = order(1, { state: 'shipped', ...waybill, shippedAt: now - hourMs });
    expect(merge(ours, { state: 'to_ship' })).toMatchObject({
      state: 'shipped',
      carrier: 'sf',
      shippedAt: now - hourMs,
    });
    expect(merge(ours, { state: 'shipped', carrier: 'zto', tracking: '1', shippedAt: now })).toMatchObject({
      carrier: 'sf',
      tracking: 'SF1',
      shippedAt: now - hourMs,
    });
  });

  it('takes a newer waybill from a file for one from a file', () => {
    const told = order(1, { state: 'shipped', carrier: 'sf', tracking: 'SF1', shippedAt: now - hourMs });
    const right = { carrier: 'zto', tracking: '75312345678901' };
    const corrected = merge(told, { state: 'shipped', ...right });
    expect(corrected).toMatchObject({ ...right, shippedAt: now - hourMs });
    expect(changesBetween(told, corrected)).toEqual(['tracking']);
    expect(merge(told, { state: 'shipped', carrier: 'zto' })).toMatchObject({ carrier: 'sf', tracking: 'SF1' });
    expect(merge(told, { state: 'shipped', tracking: '75312345678901' })).not.toHaveProperty('carrier');
    const { carrier: _carrier, ...numbered } = told;
    expect(merge(numbered, { state: 'shipped', carrier: 'zto' })).not.toHaveProperty('carrier');
  });

  it('stays closed once it is', () => {
    const closed = order(1, { state: 'closed', closedAt: now - 1 });
    for (const state of ['to_ship', 'shipped', 'delivered', 'on_hold'] as const) {
      expect(merge(closed, { state })).toMatchObject({ state: 'closed', closedAt: now - 1 });
    }
    expect(merge(order(1), { afterSales: 'refunded' })).toMatchObject({ state: 'closed', closedAt: now });
  });

  it('loses no payment, its time, or a refund to a file from before it', () => {
    const paid = order(1, { paidMinor: 2500, paidAt: now, shipBy: { at: now + 48 * hourMs, basis: 'policy' } });
    const { promisedShipAt: _, ...before } = draft(1, { state: 'unpaid', paidMinor: 0, paidAt: now - dayMs });
    const pending = mergeDraft(paid, before, { pack: pddPack, now });
    expect(pending).toMatchObject({ state: 'to_ship', paidMinor: 2500, paidAt: now, shipBy: paid.shipBy });
    const refunded = merge(order(1, {}), { afterSales: 'refunded' });
    expect(refunded.state).toBe('closed');
    expect(changesBetween(refunded, merge(refunded, { afterSales: 'none' }))).toEqual([]);
  });

  it('keeps lines that were swapped here', () => {
    const swapped = [{ sku: 'WHITE', name: 'w', quantity: 1, swappedFrom: 'BLACK' }];
    expect(merge(order(1, { lines: swapped }), { buyerNote: 'x' }).lines).toEqual(swapped);
  });

  it('keeps pieces set aside, never more than the line has', () => {
    const lines = [{ sku: 'BLACK', name: 'b', quantity: 3, reserved: 3 }];
    const fewer = merge(order(1, { lines }), { lines: [{ sku: 'BLACK', name: 'b', quantity: 2 }] });
    expect(fewer.lines).toEqual([{ sku: 'BLACK', name: 'b', quantity: 2, reserved: 2 }]);
  });

  it('keeps them line by line where a SKU stands in two', () => {
    const told = { sku: 'BLACK', name: 'b', quantity: 2 };
    const lines = [
      { ...told, reserved: 2 },
      { ...told, reserved: 1 },
    ];
    expect(merge(order(1, { lines }), { lines: [told, told], buyerNote: 'x' }).lines).toEqual(lines);
    expect(merge(order(1, { lines }), { lines: [told] }).lines).toEqual([{ ...told, reserved: 2 }]);
  });

  it('takes carrier and tracking number from one and the same place', () => {
    const announced = order(1, { carrier: 'sf' });
    const waybill = { carrier: 'zto', tracking: '75312345678901' };
    expect(merge(announced, { state: 'shipped', ...waybill })).toMatchObject(waybill);
    expect(merge(announced, { buyerNote: 'x' }).carrier).toBe('sf');
  });

  it('is never paid in one currency and counted in another', () => {
    const dollars = { currency: 'USD', paidMinor: 950 };
    expect(merge(order(1), dollars)).toMatchObject(dollars);
    expect(changesBetween(order(1), merge(order(1), { ...dollars, paidMinor: 6800 }))).toEqual(['paid']);
    const choice = { kind: 'wait', at: now, by: buyer(1), version: 2 } as const;
    const lines = [{ sku: 'GREEN', name: 'Green', quantity: 1, swappedFrom: 'BLACK', forgoneMinor: 1200 }];
    const swapped = order(1, { lines, choice });
    expect(merge(swapped, dollars)).toMatchObject({ currency: 'CNY', paidMinor: 6800 });
    expect(merge(swapped, { paidMinor: 6000 }).paidMinor).toBe(6000);
  });

  it('is not made poorer by a file that masks or leaves out what we know', () => {
    const { recipient } = merge(order(1), { recipient: { name: '王*', phone: '138****5678', region: '浙江' } });
    expect(recipient).toEqual({ ...order(1).recipient, region: '浙江' });
    const masked = order(1, { recipient: { phone: '138****0000' } });
    expect(merge(masked, { recipient: { phone: '139****1111' } }).recipient.phone).toBe('139****1111');
  });

  it('says what has changed, as codes', () => {
    const before = order(1);
    const after = merge(before, {
      state: 'shipped',
      tracking: '1234',
      buyerNote: 'x',
      recipient: before.recipient as object,
    });
    expect(changesBetween(before, after)).toEqual(['state', 'tracking', 'notes']);
    expect(changesBetween(before, before)).toEqual([]);
  });
});
