// The order's states: every cell of the table, what each command does, and what no sequence of commands may break.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, type OrderState, orderSchema, type Trouble } from '../../../src/domain/order/order.ts';
import { decide, evolve, next, type OrderCommand, type Trigger } from '../../../src/domain/order/state.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { startOfTest } from '../../support/app.ts';
import { buyer, dayMs, hourMs, linkedTo, order } from '../../support/orders.ts';

const now = startOfTest;
const me = buyer(1);

const trouble: Trouble = {
  incidentId: 'incident1',
  kind: 'stock_out',
  sku: 'BLACK',
  reason: 'supplier',
  reportedAt: now,
  newShipAt: now + 5 * dayMs,
};

const white = { sku: 'WHITE', name: 'White tea', quantity: 1 };
const swapFor = (fromSku: string): OrderCommand => ({
  type: 'swap',
  by: me,
  fromSku,
  line: { ...white, swappedFrom: fromSku },
  shipByAt: now + 2 * dayMs,
  refundedMinor: 300,
});

function apply(start: Order, ...commands: OrderCommand[]): Order {
  return commands.reduce((current, command) => {
    const events = decide(current, command, now);
    if (isRefusal(events)) throw new Error(`${command.type}: ${events.refused}`);
    return events.reduce(evolve, current);
  }, start);
}

describe('the table of states', () => {
  const stays = (state: OrderState) => state;
  const rows: [Trigger, Record<OrderState, OrderState>][] = [
    [
      'ship',
      {
        unpaid: 'unpaid',
        on_hold: 'shipped',
        to_ship: 'shipped',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'refund',
      {
        unpaid: 'unpaid',
        on_hold: 'closed',
        to_ship: 'closed',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_unpaid',
      {
        unpaid: 'unpaid',
        on_hold: 'on_hold',
        to_ship: 'to_ship',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_on_hold',
      {
        unpaid: 'on_hold',
        on_hold: 'on_hold',
        to_ship: 'on_hold',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_to_ship',
      {
        unpaid: 'to_ship',
        on_hold: 'to_ship',
        to_ship: 'to_ship',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_shipped',
      {
        unpaid: 'shipped',
        on_hold: 'shipped',
        to_ship: 'shipped',
        shipped: 'shipped',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_delivered',
      {
        unpaid: 'delivered',
        on_hold: 'delivered',
        to_ship: 'delivered',
        shipped: 'delivered',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
    [
      'file_closed',
      {
        unpaid: 'closed',
        on_hold: 'closed',
        to_ship: 'closed',
        shipped: 'closed',
        delivered: 'delivered',
        closed: 'closed',
      },
    ],
  ];

  it.each(rows)('%s', (trigger, cells) => {
    for (const [from, to] of Object.entries(cells)) expect(next(from as OrderState, trigger), from).toBe(to);
  });

  it('lets nothing out of closed', () => {
    for (const [trigger] of rows) expect(next('closed', trigger)).toBe(stays('closed'));
  });
});

describe('commands', () => {
  it('a report asks the buyer anew and keeps the date agreed to before', () => {
    const waiting = apply(
      order(1),
      { type: 'report', trouble },
      { type: 'wait', by: me, untilAt: now + dayMs, indefinite: false },
    );
    const again = apply(waiting, { type: 'report', trouble: { ...trouble, incidentId: 'incident2' } });
    expect(again.trouble?.incidentId).toBe('incident2');
    expect(again.shipBy).toEqual({ at: now + dayMs, basis: 'agreed' });
    expect(again.stockOutAt).toBe(now);
  });

  it('a stock-out sets nothing aside any more for the lines it is about', () => {
    const reserved = order(1, {
      lines: [
        { sku: 'BLACK', name: 'Black', quantity: 1, reserved: 1 },
        { ...white, reserved: 1 },
      ],
    });
    expect(apply(reserved, { type: 'report', trouble }).lines.map((line) => line.reserved)).toEqual([undefined, 1]);
  });

  it('waiting moves the ship-by instant and keeps the trouble, so that a refund stays open', () => {
    const done = apply(
      order(1),
      { type: 'report', trouble },
      { type: 'wait', by: me, untilAt: now + dayMs, indefinite: true },
    );
    expect(done.shipBy).toEqual({ at: now + dayMs, basis: 'agreed', indefinite: true });
    expect(done.trouble).toEqual(trouble);
    expect(done.choice).toEqual({
      kind: 'wait',
      at: now,
      by: me,
      untilAt: now + dayMs,
      incidentId: 'incident1',
      version: 1,
    });
  });

  it('a swap replaces the line, keeps what it was, and ends the trouble', () => {
    const done = apply(order(1), { type: 'report', trouble }, swapFor('BLACK'));
    expect(done.lines).toEqual([{ ...white, swappedFrom: 'BLACK' }]);
    expect(done.trouble).toBeUndefined();
    expect(done.refundedMinor).toBe(300);
    expect(done.shipBy).toEqual({ at: now + 2 * dayMs, basis: 'agreed' });
  });

  it('a first difference keeps how much was given back at the marketplace before it', () => {
    const once = apply(order(1, { refundedElsewhereMinor: 500 }), { type: 'report', trouble }, swapFor('BLACK'));
    expect(once).toMatchObject({ refundedMinor: 300, refundedElsewhereFirstMinor: 500 });
    const more: Order = { ...once, refundedElsewhereMinor: 900, trouble: { ...trouble, incidentId: 'i2' } };
    const twice = apply(more, swapFor('WHITE'));
    expect(twice).toMatchObject({ refundedMinor: 600, refundedElsewhereFirstMinor: 500 });
  });

  it('a swap of one line leaves the trouble standing while another line has the same SKU', () => {
    const line = { sku: 'BLACK', name: 'Black', quantity: 1 };
    const two = order(1, { lines: [line, { ...line, quantity: 2 }] });
    const once = apply(two, { type: 'report', trouble }, swapFor('BLACK'));
    expect(once.trouble).toEqual(trouble);
    expect(apply(once, swapFor('BLACK')).trouble).toBeUndefined();
  });

  it('an agreed date that passes escalates once; a new wait starts afresh', () => {
    const waiting = order(1, { shipBy: { at: now, basis: 'agreed' } });
    const missed = apply(waiting, { type: 'miss_promise' });
    expect(missed.escalatedAt).toBe(now);
    expect(decide(missed, { type: 'miss_promise' }, now)).toMatchObject({ refused: 'card_outdated' });
    const again = apply(
      missed,
      { type: 'report', trouble },
      { type: 'wait', by: me, untilAt: now + dayMs, indefinite: false },
    );
    expect(again.escalatedAt).toBeUndefined();
  });

  it.each([
    ['a date not agreed to', { shipBy: { at: now - 1, basis: 'policy' as const } }],
    ['a date still ahead', { shipBy: { at: now + 1, basis: 'agreed' as const } }],
  ])('%s is no missed promise', (_, more) => {
    expect(decide(order(1, more), { type: 'miss_promise' }, now)).toMatchObject({ refused: 'card_outdated' });
  });

  it('a date that has passed cannot be agreed to', () => {
    const command: OrderCommand = { type: 'wait', by: me, untilAt: now, indefinite: false };
    expect(decide(order(1), command, now)).toMatchObject({ refused: 'choice_expired' });
  });

  it.each([
    [{ state: 'unpaid' }, 'unpaid_order'],
    [{ state: 'shipped', carrier: 'zto', tracking: '123' }, 'already_shipped'],
    [{ state: 'delivered' }, 'already_shipped'],
    [{ state: 'closed' }, 'order_closed'],
    [{ state: 'to_ship', afterSales: 'refunding' }, 'order_closed'],
  ] as const)('an order that is %j takes no command: %s', (more, refused) => {
    for (const command of commandsOnOpenOrders) {
      expect(decide(order(1, more), command, now), command.type).toMatchObject({ refused });
    }
  });

  it('shipping twice says what was recorded', () => {
    const shipped = apply(order(1), { type: 'ship', carrier: 'zto', tracking: '75312345678901' });
    expect(decide(shipped, { type: 'ship', carrier: 'sf', tracking: 'SF1' }, now)).toEqual({
      refused: 'already_shipped',
      data: { order: order(1).number, carrier: 'zto', tracking: '75312345678901' },
    });
  });

  it('a waybill is corrected while the order is on its way, and only where something is wrong', () => {
    const command = { type: 'correct_waybill', carrier: 'sf', tracking: 'SF1' } as const;
    const shipped = apply(order(1), { type: 'ship', carrier: 'zto', tracking: '75312345678901' });
    const corrected = apply(shipped, command);
    expect(corrected).toEqual({ ...shipped, carrier: 'sf', tracking: 'SF1' });
    expect(decide(corrected, command, now)).toMatchObject({ refused: 'already_shipped', data: { kind: 'same' } });
    expect(decide({ ...shipped, state: 'delivered' }, command, now)).toMatchObject({ refused: 'already_shipped' });
    expect(decide(order(1, { state: 'closed' }), command, now)).toMatchObject({ refused: 'order_closed' });
  });

  it('a link by proof never takes an order away from another account; staff may', () => {
    const theirs = order(1, linkedTo(buyer(2)));
    expect(decide(theirs, { type: 'link', userId: me, by: 'proof' }, now)).toMatchObject({ refused: 'link_failed' });
    expect(apply(theirs, { type: 'link', userId: me, by: 'staff' }).buyer).toMatchObject({ userId: me, by: 'staff' });
    expect(decide(theirs, { type: 'link', userId: buyer(2), by: 'proof' }, now)).toMatchObject({
      refused: 'already_linked',
    });
  });
});

const commandsOnOpenOrders: OrderCommand[] = [
  { type: 'report', trouble },
  { type: 'wait', by: me, untilAt: now + dayMs, indefinite: false },
  swapFor('BLACK'),
  { type: 'refund', by: me },
  { type: 'ship', carrier: 'zto', tracking: '75312345678901' },
  { type: 'miss_promise' },
  { type: 'snooze', untilAt: now + hourMs },
];

describe('any sequence of commands', () => {
  const at = fc.integer({ min: -10, max: 10 }).map((hours) => now + hours * hourMs);
  const sku = fc.constantFrom('BLACK', 'WHITE', 'GREEN');
  const command: fc.Arbitrary<OrderCommand> = fc.oneof(
    fc.record({ incidentId: fc.uuid(), reportedAt: at, newShipAt: at, sku }).map((some) => ({
      type: 'report' as const,
      trouble: { ...trouble, ...some },
    })),
    fc.record({ type: fc.constant('wait' as const), by: fc.constant(me), untilAt: at, indefinite: fc.boolean() }),
    fc.tuple(sku, sku).map(([from, to]) => ({
      type: 'swap' as const,
      by: me,
      fromSku: from,
      line: { sku: to, name: to, quantity: 1, swappedFrom: from },
      shipByAt: now + dayMs,
      refundedMinor: 100,
    })),
    fc.constant({ type: 'refund' as const, by: me }),
    fc.constant({ type: 'ship' as const, carrier: 'zto', tracking: '75312345678901' }),
    fc.constant({ type: 'miss_promise' as const }),
    fc.record({
      type: fc.constant('link' as const),
      userId: fc.constantFrom(me, buyer(2)),
      by: fc.constantFrom('proof' as const, 'staff' as const),
    }),
  );

  it('keeps a valid order that ends at most one way: shipped or refunded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, at), { maxLength: 30 }), (steps) => {
        let current = order(1);
        let ends = 0;
        for (const [step, when] of steps) {
          const events = decide(current, step, when);
          if (isRefusal(events)) continue;
          ends += events.filter((event) => event.type === 'shipped' || event.type === 'refund_chosen').length;
          current = events.reduce(evolve, current);
          orderSchema.parse(current);
          expect(current.lines).toHaveLength(1);
        }
        expect(ends).toBeLessThanOrEqual(1);
        expect(current.closedAt !== undefined && current.shippedAt !== undefined).toBe(false);
        expect(current.state === 'shipped').toBe(current.shippedAt !== undefined);
      }),
    );
  });
});
