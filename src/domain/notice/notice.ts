// A message owed to a person or a channel: the outbox row, from written to delivered.
import { z } from 'zod';
import { instantSchema, snowflakeSchema } from '../scalars.ts';

/** What it says. The words are made at delivery, in the reader's language, from `data` and the order as it then stands. */
export const noticeKindSchema = z.enum([
  'trouble_reported', // buyer: late or out of stock, choose
  'choice_reminder', // buyer: your choice is still open
  'promise_missed_buyer', // buyer: the date you agreed to has passed
  'promise_missed_merchant', // merchant
  'order_shipped', // buyer
  'waybill_corrected', // buyer: the carrier or number told before was wrong, or missing
  'refund_opened', // buyer
  'refund_paid', // buyer
  'compensated_buyer',
  'compensated_merchant', // the debit
  'choice_made_merchant', // merchant: the buyer waits, swaps or is refunded
  'deadline_digest', // merchant
  'refund_watch', // staff: refunds due soon or overdue
  'choices_open', // staff: buyers who have not answered
  'not_reached', // staff: who could not be told
  'low_stock', // merchant
  'person_asked', // staff: a buyer wants to talk to a person
  'refund_conflict', // staff: a file says otherwise than a refund still due
]);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/**
 * To whom. `merchant` and `staff` are resolved when sent: to the channel set, and for a merchant without one the row is
 * split into one `member` row for each of its members.
 */
export const addresseeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('buyer'), userId: snowflakeSchema }),
  z.object({ type: z.literal('merchant'), merchantId: z.string() }),
  z.object({ type: z.literal('member'), merchantId: z.string(), userId: snowflakeSchema }),
  z.object({ type: z.literal('staff') }),
]);
export type Addressee = z.infer<typeof addresseeSchema>;

/**
 * Kinds that list what came up since they were last sent instead of being sent for each: by the field of `data` with the ids,
 * the most urgent first and not more than fit, beside `total`.
 */
export const gathered = {
  deadline_digest: 'orderIds',
  promise_missed_merchant: 'orderIds', // to the merchant, and to staff
  choices_open: 'orderIds',
  not_reached: 'orderIds',
  refund_watch: 'refundIds',
} as const satisfies Partial<Record<NoticeKind, string>>;
export type GatheredKind = keyof typeof gathered;

/** The addressee as part of a key. */
export function addresseeKey(to: Addressee): string {
  switch (to.type) {
    case 'buyer':
      return `buyer/${to.userId}`;
    case 'merchant':
      return `merchant/${to.merchantId}`;
    case 'member':
      return `member/${to.merchantId}/${to.userId}`;
    case 'staff':
      return 'staff';
  }
}

/** How a message got through. `next_command`: shown with the buyer's next `/order` command. */
export const deliveryWaySchema = z.enum(['dm', 'channel', 'thread', 'next_command']);
export type DeliveryWay = z.infer<typeof deliveryWaySchema>;

export const noticeSchema = z.object({
  id: z.string().max(25), // sent as Discord's nonce, which takes 25 characters
  /** What makes it the same message: a second one with this key is never written. */
  key: z.string(),
  guildId: snowflakeSchema,
  kind: noticeKindSchema,
  to: addresseeSchema,
  orderId: z.string().optional(),
  /** Codes, amounts, ids. For what is gathered (see `gathered`): `orderIds` or `refundIds`, most urgent first, and `total`. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  createdAt: instantSchema,
  /** `dropped`: no longer worth sending, carried on by another row, or no longer that person's business. */
  state: z.enum(['pending', 'sent', 'undeliverable', 'dropped']),
  /** When to try (again); for a lease, when the lease ends. */
  nextAttemptAt: instantSchema,
  attempts: z.int().min(0),
  /** When it was last handed to Discord, or about to be; absent after attempts that found nobody to hand it to. */
  lastAttemptAt: instantSchema.optional(),
  sentAt: instantSchema.optional(),
  way: deliveryWaySchema.optional(),
  /** Where it stands on Discord, to be edited when things change. */
  channelId: snowflakeSchema.optional(),
  messageId: snowflakeSchema.optional(),
  /** Why it could not be delivered or was dropped, as a code such as `dm_closed`. */
  failure: z.string().max(40).optional(),
});
export type Notice = z.infer<typeof noticeSchema>;
