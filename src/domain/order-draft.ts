// What one order looks like as read from a marketplace's file, before it meets the store.

/** Fulfilment state as a file can tell it; the order's own states are in `order/state.ts`. */
export type DraftState = 'unpaid' | 'on_hold' | 'to_ship' | 'shipped' | 'delivered' | 'cancelled';

/** After-sales state as a file can tell it. `refunded` and `refunding` orders are never pinged. */
export type AfterSales = 'none' | 'processing' | 'refunding' | 'refunded';

export interface DraftLine {
  /** The merchant's own code (商家编码), else the market's (样式ID), else the product id; trimmed, at most 64 characters. */
  readonly sku: string;
  readonly name: string;
  readonly spec?: string;
  /** Whole pieces, at least 1. */
  readonly quantity: number;
  /** Minor units for one piece, where the file tells. */
  readonly unitPriceMinor?: number;
}

/** Personal data, kept apart so that it can be masked, encrypted and erased as one thing. */
export interface Recipient {
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  /** Province or state, not personal by itself. */
  readonly region?: string;
}

export interface OrderDraft {
  readonly number: string;
  readonly state: DraftState;
  readonly afterSales: AfterSales;
  readonly currency: string;
  /** What the buyer paid in all, minor units. */
  readonly paidMinor: number;
  /** Nothing paid yet: it is to be paid for on delivery. */
  readonly paysOnDelivery?: boolean;
  /** What of that has been given back already, minor units. */
  readonly refundedMinor?: number;
  readonly lines: readonly DraftLine[];
  /** UTC epoch ms. When the clock of the ship-by promise starts: paid (or deal) time. */
  readonly paidAt?: number;
  /** The date promised in the file, where it has one. */
  readonly promisedShipAt?: number;
  readonly shippedAt?: number;
  readonly deliveredAt?: number;
  /** A carrier id of `domain/carrier.ts` where known, else the file's own words. */
  readonly carrier?: string;
  readonly tracking?: string;
  readonly recipient: Recipient;
  readonly merchantNote?: string;
  readonly buyerNote?: string;
  readonly presale?: boolean;
}
