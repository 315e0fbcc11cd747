// The order's states as a table, and what each command does to an order: `decide` says what happens, `evolve` applies it.
import { type Outcome, refuse } from '../refusal.ts';
import type { Choice, Order, OrderLine, OrderState, ShipBy, Trouble } from './order.ts';
import { isOpen } from './order.ts';

/** What may move an order from state to state. `file_…`: what a later import of the same order says. */
export type Trigger =
  | 'ship'
  | 'refund'
  | 'file_unpaid'
  | 'file_on_hold'
  | 'file_to_ship'
  | 'file_shipped'
  | 'file_delivered'
  | 'file_closed';

/** What a file says of an order that is still ahead of us is taken over. */
const fromFile = {
  file_on_hold: 'on_hold',
  file_to_ship: 'to_ship',
  file_shipped: 'shipped',
  file_delivered: 'delivered',
  file_closed: 'closed',
} as const;

/**
 * The table: where a trigger is absent the order stays as it is. So a file is never believed that drags an order back: not
 * from shipped to to_ship (the marketplace has not heard of our waybill yet), and never out of closed.
 */
export const transitions: Readonly<Record<OrderState, Readonly<Partial<Record<Trigger, OrderState>>>>> = {
  unpaid: { file_unpaid: 'unpaid', ...fromFile },
  on_hold: { ...fromFile, ship: 'shipped', refund: 'closed' },
  to_ship: { ...fromFile, ship: 'shipped', refund: 'closed' },
  shipped: { file_shipped: 'shipped', file_delivered: 'delivered', file_closed: 'closed' },
  delivered: { file_delivered: 'delivered' },
  closed: {},
};

/** The state after a trigger; the same one where the table has no such move. */
export function next(state: OrderState, trigger: Trigger): OrderState {
  return transitions[state][trigger] ?? state;
}

export type OrderCommand =
  | { readonly type: 'report'; readonly trouble: Trouble }
  /** Terms as `remediesOf` offered them. */
  | { readonly type: 'wait'; readonly by: string; readonly untilAt: number; readonly indefinite: boolean }
  | {
      readonly type: 'swap';
      readonly by: string;
      readonly fromSku: string;
      readonly line: OrderLine;
      readonly shipByAt: number;
      /** Minor units, > 0 where the substitute is cheaper and the buyer gets them back. */
      readonly refundedMinor: number;
    }
  | { readonly type: 'refund'; readonly by: string }
  | { readonly type: 'ship'; readonly carrier: string; readonly tracking: string }
  /** Of an order on its way. */
  | { readonly type: 'correct_waybill'; readonly carrier: string; readonly tracking: string }
  /** The agreed date passed and the order is not shipped. */
  | { readonly type: 'miss_promise' }
  | { readonly type: 'link'; readonly userId: string; readonly by: 'proof' | 'staff' }
  | { readonly type: 'snooze'; readonly untilAt: number };

export type OrderEvent =
  | { readonly type: 'trouble_reported'; readonly trouble: Trouble }
  | { readonly type: 'wait_chosen'; readonly choice: Choice; readonly shipBy: ShipBy }
  | {
      readonly type: 'swap_chosen';
      readonly choice: Choice;
      readonly shipBy: ShipBy;
      readonly fromSku: string;
      readonly line: OrderLine;
      readonly refundedMinor: number;
    }
  | { readonly type: 'refund_chosen'; readonly choice: Choice }
  | { readonly type: 'shipped'; readonly at: number; readonly carrier: string; readonly tracking: string }
  | { readonly type: 'waybill_corrected'; readonly carrier: string; readonly tracking: string }
  | { readonly type: 'promise_missed'; readonly at: number }
  | { readonly type: 'linked'; readonly userId: string; readonly at: number; readonly by: 'proof' | 'staff' }
  | { readonly type: 'snoozed'; readonly untilAt: number };

/**
 * What a command does to an order, or why not. Pure.
 * Refuses what is not open with `order_closed`, `already_shipped` ({carrier, tracking}; with {kind: 'same'} a correction to
 * what is recorded) or `unpaid_order`; a date already past with `choice_expired`; a promise that is not missed with
 * `card_outdated`; a link that stands with `already_linked`.
 *
 * @param now UTC epoch ms
 */
export function decide(order: Order, command: OrderCommand, now: number): Outcome<OrderEvent[]> {
  if (command.type === 'link') return decideLink(order, command, now);
  if (command.type === 'correct_waybill') return decideCorrection(order, command);
  if (!isOpen(order)) return notOpen(order);
  switch (command.type) {
    case 'report':
      return [{ type: 'trouble_reported', trouble: command.trouble }];
    case 'wait':
      return decideWait(order, command, now);
    case 'swap':
      return decideSwap(order, command, now);
    case 'refund':
      return [{ type: 'refund_chosen', choice: { kind: 'refund', ...chosen(order, command.by, now) } }];
    case 'ship':
      return [{ type: 'shipped', at: now, carrier: command.carrier, tracking: command.tracking }];
    case 'miss_promise':
      return promiseMissed(order, now) ? [{ type: 'promise_missed', at: now }] : refuse('card_outdated');
    case 'snooze':
      return [{ type: 'snoozed', untilAt: command.untilAt }];
  }
}

/** Why an order that is not open takes no command: what became of it. */
export function notOpen(order: Order): Outcome<never> {
  if (order.state === 'unpaid') return refuse('unpaid_order', { order: order.number });
  if (order.state === 'shipped' || order.state === 'delivered') {
    return refuse('already_shipped', {
      order: order.number,
      carrier: order.carrier ?? '',
      tracking: order.tracking ?? '',
    });
  }
  return refuse('order_closed', { order: order.number });
}

/** True where a date the buyer agreed to has passed, and nobody has been told so yet. */
export function promiseMissed(order: Order, now: number): boolean {
  const { shipBy, escalatedAt } = order;
  return isOpen(order) && shipBy?.basis === 'agreed' && shipBy.at <= now && escalatedAt === undefined;
}

function chosen(order: Order, by: string, at: number) {
  const incidentId = order.trouble?.incidentId;
  return { at, by, version: order.version, ...(incidentId !== undefined && { incidentId }) };
}

function decideCorrection(
  order: Order,
  { carrier, tracking }: OrderCommand & { type: 'correct_waybill' },
): Outcome<OrderEvent[]> {
  if (order.state !== 'shipped') return notOpen(order);
  if (order.carrier === carrier && order.tracking === tracking) {
    return refuse('already_shipped', { order: order.number, carrier, tracking, kind: 'same' });
  }
  return [{ type: 'waybill_corrected', carrier, tracking }];
}

function decideWait(order: Order, command: OrderCommand & { type: 'wait' }, now: number): Outcome<OrderEvent[]> {
  const { by, untilAt, indefinite } = command;
  if (untilAt <= now) return refuse('choice_expired', { order: order.number });
  const choice: Choice = { kind: 'wait', ...chosen(order, by, now), untilAt };
  return [{ type: 'wait_chosen', choice, shipBy: { at: untilAt, basis: 'agreed', ...(indefinite && { indefinite }) } }];
}

function decideSwap(order: Order, command: OrderCommand & { type: 'swap' }, now: number): Outcome<OrderEvent[]> {
  const { by, fromSku, line, shipByAt, refundedMinor } = command;
  if (!order.lines.some((own) => own.sku === fromSku)) return refuse('choice_expired', { order: order.number });
  const choice: Choice = { kind: 'swap', ...chosen(order, by, now), sku: line.sku };
  const shipBy: ShipBy = { at: shipByAt, basis: 'agreed' };
  return [{ type: 'swap_chosen', choice, shipBy, fromSku, line, refundedMinor }];
}

function decideLink(order: Order, command: OrderCommand & { type: 'link' }, now: number): Outcome<OrderEvent[]> {
  if (order.buyer?.userId === command.userId) return refuse('already_linked', { order: order.number });
  if (order.buyer && command.by === 'proof') return refuse('link_failed');
  return [{ type: 'linked', userId: command.userId, at: now, by: command.by }];
}

/** The order after an event. Pure; the version is raised where the order is saved. */
export function evolve(order: Order, event: OrderEvent): Order {
  switch (event.type) {
    case 'trouble_reported':
      return troubled(order, event.trouble);
    case 'wait_chosen':
      return { ...chosenBy(without(order, 'escalatedAt'), event.choice), shipBy: event.shipBy };
    case 'swap_chosen':
      return swapped(order, event);
    case 'refund_chosen':
      return {
        ...chosenBy(order, event.choice),
        state: next(order.state, 'refund'),
        lines: order.lines.map((line) => without(line, 'reserved')),
        closedAt: event.choice.at,
      };
    case 'shipped': {
      const { at, carrier, tracking } = event;
      return { ...order, state: next(order.state, 'ship'), shippedAt: at, carrier, tracking, ownWaybill: true };
    }
    case 'waybill_corrected':
      return { ...order, carrier: event.carrier, tracking: event.tracking, ownWaybill: true };
    case 'promise_missed':
      return { ...order, escalatedAt: event.at };
    case 'linked':
      return { ...order, buyer: { userId: event.userId, linkedAt: event.at, by: event.by } };
    case 'snoozed':
      return { ...order, snoozedUntil: event.untilAt };
  }
}

/**
 * A new report asks the buyer anew; a date agreed to before stays agreed until they answer, since silence accepts nothing.
 * What is out of stock is set aside no more.
 */
function troubled(order: Order, trouble: Trouble): Order {
  if (trouble.kind === 'delay') return { ...order, trouble };
  const lines = order.lines.map((line) => (line.sku === trouble.sku ? without(line, 'reserved') : line));
  return { ...order, trouble, lines, stockOutAt: trouble.reportedAt };
}

/** A choice moves the ship-by instant, not what a broken promise cost: that one had passed is kept. */
function chosenBy(order: Order, choice: Choice): Order {
  const { shipBy, lateSince } = order;
  const since = lateSince ?? (shipBy !== undefined && shipBy.at <= choice.at ? shipBy.at : undefined);
  return { ...order, choice, ...(since !== undefined && { lateSince: since }) };
}

/** One line becomes the substitute. The trouble is over unless another line still has the SKU it is about. */
function swapped(order: Order, event: OrderEvent & { type: 'swap_chosen' }): Order {
  const { choice, shipBy, fromSku, line, refundedMinor } = event;
  const at = order.lines.findIndex((own) => own.sku === fromSku);
  const after: Order = {
    ...chosenBy(without(order, 'escalatedAt'), choice),
    lines: order.lines.with(at, line),
    shipBy,
    ...(refundedMinor > 0 && givenBack(order, refundedMinor)),
  };
  const goesOn = after.trouble?.sku !== undefined && after.lines.some((own) => own.sku === after.trouble?.sku);
  return goesOn ? after : without(after, 'trouble');
}

type GivenBack = Pick<Order, 'refundedMinor' | 'refundedElsewhereFirstMinor'>;

function givenBack({ refundedMinor, refundedElsewhereMinor }: Order, moreMinor: number): GivenBack {
  const isFirst = refundedMinor === undefined && refundedElsewhereMinor;
  return {
    refundedMinor: (refundedMinor ?? 0) + moreMinor,
    ...(isFirst && { refundedElsewhereFirstMinor: refundedElsewhereMinor }),
  };
}

function without<T extends object, K extends keyof T>(record: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
