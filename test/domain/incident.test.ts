// Which orders a report concerns.
import { expect, it } from 'vitest';
import { affects, type Incident, troubleOf } from '../../src/domain/incident.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { guild, merchantMember, startOfTest as now } from '../support/app.ts';
import { lin, order } from '../support/orders.ts';

const incident: Incident = {
  id: 'i5',
  guildId: guild,
  merchantId: lin,
  kind: 'stock_out',
  sku: 'BLACK',
  reason: 'supplier',
  reportedBy: merchantMember,
  reportedAt: now,
  state: 'spreading',
  affected: 0,
  told: 0,
  unlinked: 0,
};
const heard = (more: object) => ({ trouble: { ...troubleOf(incident, incident.reportedAt), ...more } });

it.each<[string, Partial<Order>, boolean]>([
  ['an open order with the SKU', {}, true],
  ['on hold', { state: 'on_hold' }, true],
  ['shipped', { state: 'shipped' }, false],
  ['closed', { state: 'closed' }, false],
  ['unpaid', { state: 'unpaid' }, false],
  ['swapped away from the SKU', { lines: [{ sku: 'WHITE', name: 'w', quantity: 1, swappedFrom: 'BLACK' }] }, false],
  ['another merchant', { merchantId: 'zhao' }, false],
  ['another server', { guildId: '100000000000000009' }, false],
  ['knows of it', heard({}), false],
  ['knows of something older', heard({ incidentId: 'i4', reportedAt: now - 1 }), true],
  ['knows of something newer', heard({ incidentId: 'i6', reportedAt: now + 1 }), false],
  ['knows of an earlier one of the same instant', heard({ incidentId: 'i4' }), true],
  ['knows of a later one of the same instant', heard({ incidentId: 'i6' }), false],
])('%s', (_, more, expected) => {
  expect(affects(incident, order(1, more))).toBe(expected);
});

it('a report on one order concerns that order alone', () => {
  const { sku: _sku, ...one } = { ...incident, orderId: 'order2' };
  expect(affects(one, order(1))).toBe(false);
  expect(affects(one, order(2))).toBe(true);
});
