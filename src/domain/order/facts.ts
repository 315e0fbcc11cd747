// Where an order stands at an instant, in one word.
import { isAnswered, isOpen, type Order } from './order.ts';

const dueSoonMs = 6 * 3_600_000;

export type Standing =
  | 'closed'
  | 'shipped'
  | 'delivered'
  | 'unpaid'
  | 'on_hold'
  | 'overdue'
  | 'held_up'
  | 'due_soon'
  | 'on_time'
  | 'no_date';

export interface OrderFacts {
  /**
   * `held_up`: reported out of stock or late beyond its date, and the buyer has not chosen yet. `due_soon`: six hours left or less.
   * `closed` also stands for an order on its way back as money.
   */
  readonly standing: Standing;
  /** Until the ship-by instant of an order still to be shipped; negative: how late it is. */
  readonly msLeft?: number;
}

/** @param now UTC epoch ms */
export function factsOf(order: Order, now: number): OrderFacts {
  if (order.state === 'shipped' || order.state === 'delivered' || order.state === 'unpaid') {
    return { standing: order.state };
  }
  if (!isOpen(order)) return { standing: 'closed' };
  const msLeft = order.shipBy && order.shipBy.at - now;
  if (order.state === 'on_hold') return { standing: 'on_hold', ...(msLeft !== undefined && { msLeft }) };
  const heldUp = isHeldUp(order, now);
  if (msLeft === undefined) return { standing: heldUp ? 'held_up' : 'no_date' };
  return { standing: standingAt(msLeft, heldUp), msLeft };
}

/** Goods still to come in before the order is to ship hold nothing up; of several lines another may be held up. */
function isHeldUp(order: Order, now: number): boolean {
  const { trouble, shipBy, lines } = order;
  if (!trouble || isAnswered(order)) return false;
  const { newShipAt } = trouble;
  if (newShipAt === undefined || shipBy === undefined || lines.length > 1) return true;
  return newShipAt <= now || newShipAt > shipBy.at;
}

function standingAt(msLeft: number, heldUp: boolean): Standing {
  if (msLeft <= 0) return 'overdue';
  if (heldUp) return 'held_up';
  return msLeft <= dueSoonMs ? 'due_soon' : 'on_time';
}

/** True where the ship-by instant has come and the order is still to be shipped. */
export function isOverdue(order: Order, now: number): boolean {
  return isOpen(order) && order.shipBy !== undefined && order.shipBy.at <= now;
}

/** True where a ship-by instant came before the goods left; also one that a choice has moved since: what it costs stays owed. */
export function isLate(order: Order, now: number): boolean {
  const { shipBy, shippedAt = Number.POSITIVE_INFINITY, lateSince } = order;
  if (lateSince !== undefined && shippedAt > lateSince) return true;
  const hasShippedLate = order.shippedAt !== undefined && shipBy !== undefined && shippedAt > shipBy.at;
  return isOverdue(order, now) || (hasShippedLate && order.state !== 'closed');
}
