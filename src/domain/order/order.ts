// What an order is: the record kept for it, and the small questions everyone asks of it.
import { z } from 'zod';
import { currencySchema, instantSchema, minorSchema, snowflakeSchema } from '../scalars.ts';

/**
 * Fulfilment states. `closed` means cancelled or refunded in full before shipping: nothing is to be shipped any more.
 * What may follow what, and by which event, is the table in `state.ts`.
 */
export const orderStateSchema = z.enum(['unpaid', 'on_hold', 'to_ship', 'shipped', 'delivered', 'closed']);
export type OrderState = z.infer<typeof orderStateSchema>;

/** Why an order is late or cannot be had: the reasons a merchant may give (`/shop delay`, `/shop stockout`). */
export const incidentReasonSchema = z.enum([
  'supplier',
  'demand',
  'production',
  'quality',
  'logistics',
  'weather',
  'other',
]);
export type IncidentReason = z.infer<typeof incidentReasonSchema>;

export const orderLineSchema = z.object({
  sku: z.string().min(1).max(64),
  name: z.string().max(300),
  spec: z.string().max(300).optional(),
  quantity: z.int().min(1),
  unitPriceMinor: minorSchema.min(0).optional(),
  /** The SKU bought first, where this line was swapped in for it. */
  swappedFrom: z.string().max(64).optional(),
  /** What the merchant bears of its price, in minor units of the order, where it was swapped in and is dearer. */
  forgoneMinor: minorSchema.min(1).optional(),
  /** Pieces set aside for this line out of counted stock; given back when the line is given up. */
  reserved: z.int().min(1).optional(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const recipientSchema = z.object({
  name: z.string().max(200).optional(),
  phone: z.string().max(60).optional(),
  email: z.string().max(254).optional(),
  address: z.string().max(500).optional(),
  region: z.string().max(60).optional(),
});

/** `promised`: stood in the file. `policy`: paid time plus the pack's hours. `agreed`: the buyer accepted a new date. */
export const shipBySchema = z.object({
  at: instantSchema,
  basis: z.enum(['promised', 'policy', 'agreed']),
  /** True where the buyer waits for news without a date: by then the shop must ship or name a date. */
  indefinite: z.boolean().optional(),
});
export type ShipBy = z.infer<typeof shipBySchema>;

/**
 * What is wrong with an order and still open to the buyer's choice. Its `version` is in every button that acts on it:
 * a newer report or a choice made raises it, so an old card can be told from the present one.
 */
export const troubleSchema = z.object({
  incidentId: z.string(),
  kind: z.enum(['stock_out', 'delay']),
  sku: z.string().optional(),
  reason: incidentReasonSchema,
  note: z.string().max(500).optional(),
  /** The new date, where the merchant named one. */
  newShipAt: instantSchema.optional(),
  reportedAt: instantSchema,
  /** When it came to this order, where that was after it was reported. */
  heardAt: instantSchema.optional(),
  /** When the buyer was reminded that the choice is still open. */
  remindedAt: instantSchema.optional(),
});
export type Trouble = z.infer<typeof troubleSchema>;

export const choiceSchema = z.object({
  kind: z.enum(['wait', 'swap', 'refund']),
  at: instantSchema,
  by: snowflakeSchema,
  /** wait: the date accepted. */
  untilAt: instantSchema.optional(),
  /** swap: the SKU taken instead. */
  sku: z.string().optional(),
  /** The report it answers, where there was one. */
  incidentId: z.string().optional(),
  /** The version of the order the choice was made on: a card of this version or older was answered by it. */
  version: z.int().min(1),
});
export type Choice = z.infer<typeof choiceSchema>;

export const orderSchema = z.object({
  /** Ours, short, unique over all servers; never shown. People see `number`. */
  id: z.string().min(1).max(32),
  guildId: snowflakeSchema,
  merchantId: z.string().min(1).max(32),
  number: z.string().min(1).max(64),
  source: z.string().max(20),
  state: orderStateSchema,
  afterSales: z.enum(['none', 'processing', 'refunding', 'refunded']),
  currency: currencySchema,
  paidMinor: minorSchema.min(0),
  lines: z.array(orderLineSchema).min(1),
  paidAt: instantSchema.optional(),
  shipBy: shipBySchema.optional(),
  shippedAt: instantSchema.optional(),
  deliveredAt: instantSchema.optional(),
  closedAt: instantSchema.optional(),
  /** When a stock-out was last reported for it: what the rule book gives for that is owed whatever the buyer chose. */
  stockOutAt: instantSchema.optional(),
  /** The ship-by instant that had passed when the buyer first chose: what the rule book gives for that is owed whatever they chose. */
  lateSince: instantSchema.optional(),
  /** Differences already on their way back after a swap for something cheaper; a full refund is what remains. */
  refundedMinor: minorSchema.min(0).optional(),
  /** What the marketplace's file says was given back there, in the order's currency. */
  refundedElsewhereMinor: minorSchema.min(0).optional(),
  /** How much of that was known before the first difference here: no part of it is that difference, given back there. */
  refundedElsewhereFirstMinor: minorSchema.min(1).optional(),
  carrier: z.string().max(60).optional(),
  tracking: z.string().max(60).optional(),
  /** The shop gave them here: files do not change them. */
  ownWaybill: z.literal(true).optional(),
  recipient: recipientSchema,
  merchantNote: z.string().max(500).optional(),
  buyerNote: z.string().max(500).optional(),
  presale: z.boolean().optional(),
  /** The rule pack in force when the order came in: it decides what is owed. */
  policy: z.object({ pack: z.string(), version: z.string() }),
  buyer: z.object({ userId: snowflakeSchema, linkedAt: instantSchema, by: z.enum(['proof', 'staff']) }).optional(),
  trouble: troubleSchema.optional(),
  choice: choiceSchema.optional(),
  /** An accepted date was missed: staff look after it, and the buyer may be refunded at any time before it ships. */
  escalatedAt: instantSchema.optional(),
  /** The tightest lead time already noticed for each of the ship-by instants it has had, newest last; 0 stands for overdue. */
  reminded: z.array(z.object({ shipByAt: instantSchema, leadMs: z.int().min(0) })).optional(),
  snoozedUntil: instantSchema.optional(),
  /** The next instant at which the sweep must look at this order; absent: never. Kept by `wake.ts` on every change. */
  wakeAt: instantSchema.optional(),
  importedAt: instantSchema,
  /** The account that imported it; absent where the system did. */
  importedBy: snowflakeSchema.optional(),
  /** Raised by every change a person can see; not by what the sweep notes for itself (`save-order.ts`). */
  version: z.int().min(1),
});
export type Order = z.infer<typeof orderSchema>;

/** Still to be shipped, and not on its way back to the buyer as money. */
export function isOpen(order: Order): boolean {
  return (
    (order.state === 'to_ship' || order.state === 'on_hold') &&
    order.afterSales !== 'refunding' &&
    order.afterSales !== 'refunded'
  );
}

/** The buyer has chosen, and nothing new has been reported since. */
export function isAnswered(order: Order): boolean {
  const { trouble, choice } = order;
  return choice !== undefined && (trouble === undefined || choice.incidentId === trouble.incidentId);
}
