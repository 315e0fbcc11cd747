// `/compensate`: a preview kept for a quarter of an hour, then Confirm or Cancel by the one who asked.
import { type CompensationDraft, draftLifeMs, noteLength } from '../domain/compensation/draft.ts';
import type { CompensationReason } from '../domain/compensation/policy.ts';
import type { Quote } from '../domain/compensation/quote.ts';
import type { GuildSettings } from '../domain/merchant.ts';
import { parseMoney } from '../domain/money.ts';
import type { Order } from '../domain/order/order.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { parseText } from '../domain/text.ts';
import { findOrder, requireStaff } from './access.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';
import { type CompensationReceipt, issueCompensation, receiptOf } from './issue-compensation.ts';
import { perform } from './perform.ts';
import type { ReadTx } from './ports.ts';
import { balanceOf } from './post-entry.ts';
import { alreadyCompensated, compensationOf, type Weighed, weighCompensation } from './weigh-compensation.ts';

export interface CompensationAsk {
  /** As typed: a number, or `merchant/number`. */
  readonly order: string;
  readonly reason: CompensationReason;
  /** In the main unit of the order's currency, such as `5` or `5.00`: instead of the rule's amount, and only with a note. */
  readonly amount?: string;
  readonly note?: string;
}

export interface CompensationPreview {
  /** Carried by Confirm and Cancel. */
  readonly draftId: string;
  readonly quote: Quote;
  readonly quoteHash: string;
  readonly note?: string;
  readonly order: Order;
  /** Absent where the order is not linked yet: the voucher is the buyer's as soon as it is. */
  readonly buyerId?: string;
  readonly merchantName: string;
  /** The merchant's balance in the quote's currency, minor units; below zero the merchant owes. */
  readonly balanceBeforeMinor: number;
  readonly balanceAfterMinor: number;
  /** What this member of staff may give today after this one. */
  readonly leftTodayMinor: number;
}

/**
 * Previews a compensation; nothing is given yet. Staff only. A note without an amount is recorded too.
 * Refuses `order_not_found`, `amount_needs_note`, `amount_invalid`, `text_too_long`, and like `weighCompensation`.
 */
export async function quoteCompensation(
  app: App,
  request: Request,
  ask: CompensationAsk,
): Promise<Outcome<CompensationPreview>> {
  const drafted = await perform(app, request, async (tx, now) => {
    const settings = await requireStaff(tx, request);
    if (isRefusal(settings)) return settings;
    const order = await findOrder(tx, request.guildId, ask.order, () => true);
    if (isRefusal(order)) return order;
    const said = parseAsk(ask, order.currency);
    if (isRefusal(said)) return said;

    const asked = { ...said, guildId: request.guildId, userId: request.userId, orderId: order.id, reason: ask.reason };
    const weighed = await weigh(app, tx, settings, order, asked, now);
    if (isRefusal(weighed)) return weighed;
    const id = app.ids.next();
    await tx.put('drafts', { ...asked, id, quoteHash: weighed.quoteHash, expiresAt: now + draftLifeMs });
    return { draftId: id };
  });
  if (isRefusal(drafted)) return drafted;
  return app.store.read((tx) => preview(app, tx, request, drafted.draftId));
}

/**
 * Gives what the preview showed, once. Staff only, and only by the one who asked. Quotes again and refuses `quote_changed`
 * where the rule book, the order or what was given before now says otherwise. Refuses `preview_expired`, and
 * `already_compensated` where someone else was first; one's own second press gets the first result, `alreadyDone`.
 */
export function confirmCompensation(
  app: App,
  request: Request,
  { draftId }: { readonly draftId: string },
): Promise<Outcome<CompensationReceipt>> {
  return perform(app, request, async (tx, now) => {
    const settings = await requireStaff(tx, request);
    if (isRefusal(settings)) return settings;
    const found = await findDraft(tx, request, draftId);
    if (isRefusal(found)) return found;
    const { draft, order } = found;

    const existing = await compensationOf(tx, draft.orderId, draft.reason);
    if (existing && existing.by === request.userId) return { ...(await receiptOf(tx, existing)), alreadyDone: true };
    if (existing) return alreadyCompensated(existing, order);
    if (now >= draft.expiresAt) return refuse('preview_expired');

    const weighed = await weigh(app, tx, settings, order, draft, now);
    if (isRefusal(weighed)) return weighed;
    if (weighed.quoteHash !== draft.quoteHash) return refuse('quote_changed', { order: order.number });
    return issueCompensation(app, tx, { order, quote: weighed.quote, by: request.userId, note: draft.note, now });
  });
}

/** Gives up a preview. Staff only, and only by the one who asked. Refuses `already_compensated`, `preview_expired`. */
export function cancelCompensation(
  app: App,
  request: Request,
  { draftId }: { readonly draftId: string },
): Promise<Outcome<{ cancelled: true }>> {
  return perform(app, request, async (tx) => {
    const settings = await requireStaff(tx, request);
    if (isRefusal(settings)) return settings;
    const found = await findDraft(tx, request, draftId);
    if (isRefusal(found)) return found;
    const existing = await compensationOf(tx, found.draft.orderId, found.draft.reason);
    if (existing) return alreadyCompensated(existing, found.order);
    await tx.delete('drafts', draftId);
    return { cancelled: true };
  });
}

type Said = Pick<CompensationDraft, 'amountMinor' | 'note'>;

function parseAsk({ amount, note = '' }: CompensationAsk, currency: string): Outcome<Said> {
  const text = note.trim() === '' ? undefined : parseText(note, noteLength);
  if (isRefusal(text)) return text;
  if (amount === undefined) return text === undefined ? {} : { note: text };
  const amountMinor = parseMoney(amount, currency);
  if (isRefusal(amountMinor)) return amountMinor;
  return text === undefined ? refuse('amount_needs_note') : { amountMinor, note: text };
}

/** The person's own draft and its order. A draft that is unknown, cancelled or another's is `preview_expired` alike. */
async function findDraft(
  tx: ReadTx,
  request: Request,
  draftId: string,
): Promise<Outcome<{ draft: CompensationDraft; order: Order }>> {
  const draft = await tx.get('drafts', draftId);
  if (!draft || draft.guildId !== request.guildId || draft.userId !== request.userId) return refuse('preview_expired');
  const order = await tx.get('orders', draft.orderId);
  return order ? { draft, order } : refuse('preview_expired');
}

function weigh(
  app: App,
  tx: ReadTx,
  settings: GuildSettings,
  order: Order,
  asked: Pick<CompensationDraft, 'reason' | 'userId' | 'amountMinor'>,
  now: number,
): Promise<Outcome<Weighed>> {
  const { reason, userId, amountMinor } = asked;
  return weighCompensation(app, tx, { settings, order, reason, userId, overrideMinor: amountMinor, now });
}

async function preview(app: App, tx: ReadTx, request: Request, draftId: string): Promise<Outcome<CompensationPreview>> {
  const settings = await requireStaff(tx, request);
  if (isRefusal(settings)) return settings;
  const found = await findDraft(tx, request, draftId);
  if (isRefusal(found)) return found;
  const { draft, order } = found;
  const weighed = await weigh(app, tx, settings, order, draft, app.clock.now());
  if (isRefusal(weighed)) return weighed;

  const { guildId, merchantId } = order;
  const merchant = await tx.get('merchants', keyOf(guildId, merchantId));
  const balanceBeforeMinor = await balanceOf(tx, guildId, weighed.quote.currency, `merchant:${merchantId}`);
  return {
    ...weighed,
    draftId,
    ...(draft.note !== undefined && { note: draft.note }),
    order,
    ...(order.buyer && { buyerId: order.buyer.userId }),
    merchantName: merchant?.name ?? merchantId,
    balanceBeforeMinor,
    balanceAfterMinor: balanceBeforeMinor - weighed.quote.amountMinor,
  };
}
