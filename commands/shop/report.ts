// /shop delay and /shop stockout, and their forms: one report, every affected buyer told.
import { reportDelay, reportStockout } from '../../src/app/report-incident.ts';
import type { Card } from '../../src/discord/card.ts';
import { action, type Context, type Handler, onButton, onForm, option } from '../../src/discord/command.ts';
import { ask, show, update } from '../../src/discord/reply.ts';
import { delayCard, stockoutCard } from '../../src/discord/views/shop-done.ts';
import { type DateHint, delayModal, stockoutModal } from '../../src/discord/views/shop-forms.ts';
import { dueDelay, dueStockout, skuDelayForm, stockoutForm } from '../../src/discord/views/shop-ids.ts';
import { type IncidentReason, incidentReasonSchema } from '../../src/domain/order/order.ts';
import { isRefusal, type Outcome, refuse } from '../../src/domain/refusal.ts';
import { dayAfter } from '../../src/domain/time.ts';
import { suggestShopOrders } from '../suggest-orders.ts';
import { findDue } from './due.ts';
import { suggestMerchant, suggestSku, suggestSkuList } from './suggest.ts';

type Typed = Readonly<Record<string, string | undefined>>;

export function dateHint({ app }: Context, timeZone: string): DateHint {
  return { example: dayAfter(app.clock.now(), timeZone), timeZone };
}

function reasonOf(typed: string | undefined): Outcome<IncidentReason> {
  const reason = incidentReasonSchema.safeParse(typed);
  return reason.success ? reason.data : refuse('card_outdated');
}

/** When the report says it will be, as the app understood the date. */
async function dateOf({ app }: Context, incidentId: string): Promise<number | undefined> {
  return (await app.store.read((tx) => tx.get('incidents', incidentId)))?.newShipAt;
}

/** Reports a delay as typed into the command or a form. */
export async function delayed(context: Context, typed: Typed): Promise<Outcome<Card>> {
  const reason = reasonOf(typed.reason);
  if (isRefusal(reason)) return reason;
  const receipt = await reportDelay(context.app, context.request, {
    until: typed.until ?? '',
    reason,
    order: typed.order,
    sku: typed.sku,
    note: typed.note,
    merchantId: typed.merchant,
  });
  if (isRefusal(receipt)) return receipt;
  const until = await dateOf(context, receipt.incidentId);
  return delayCard(context, receipt, until ?? context.app.clock.now());
}

async function outOfStock(context: Context, typed: Typed): Promise<Outcome<Card>> {
  const reason = reasonOf(typed.reason);
  if (isRefusal(reason)) return reason;
  const sku = typed.sku ?? '';
  const receipt = await reportStockout(context.app, context.request, {
    sku,
    reason,
    restock: typed.restock || undefined,
    substitutes: typed.substitutes?.split(/[,，、]/),
    merchantId: typed.merchant,
  });
  if (isRefusal(receipt)) return receipt;
  return stockoutCard(context, sku.trim(), receipt, await dateOf(context, receipt.incidentId));
}

const reasonOption = option.choice(incidentReasonSchema.options, { required: true });
const merchantOption = option.text({ suggest: suggestMerchant, max: 32 });

export const delay = action(
  {
    until: option.text({ required: true, max: 40 }),
    reason: reasonOption,
    order: option.text({ suggest: suggestShopOrders, max: 100 }),
    sku: option.text({ suggest: suggestSku, max: 64 }),
    note: option.text({ max: 500 }),
    merchant: merchantOption,
  },
  async (context, typed) => {
    const card = await delayed(context, typed);
    return isRefusal(card) ? card : show(card);
  },
);

export const stockout = action(
  {
    sku: option.text({ required: true, suggest: suggestSku, max: 64 }),
    reason: reasonOption,
    restock: option.text({ max: 40 }),
    substitutes: option.text({ suggest: suggestSkuList, max: 600 }),
    merchant: merchantOption,
  },
  async (context, typed) => {
    const card = await outOfStock(context, typed);
    return isRefusal(card) ? card : show(card);
  },
);

/** What the orders of a list consist of, for a form that asks which of it. Refuses `card_outdated` where there is none left. */
async function dueLines(context: Context, { merchant, minutes }: { merchant: string; minutes: number }) {
  const due = await findDue(context, { merchantId: merchant, withinMs: minutes * 60_000 });
  if (isRefusal(due)) return due;
  const lines = due.orders.flatMap((order) => order.lines);
  return lines.length === 0 ? refuse('card_outdated') : { lines, hint: dateHint(context, due.timeZone) };
}

export const reportHandlers: readonly Handler[] = [
  onButton(dueDelay, async (context, list) => {
    const due = await dueLines(context, list);
    if (isRefusal(due)) return due;
    const id = skuDelayForm.encode(context.request.guildId, { merchant: list.merchant });
    return ask(delayModal(context.t, id, due.hint, due.lines));
  }),
  onButton(dueStockout, async (context, list) => {
    const due = await dueLines(context, list);
    if (isRefusal(due)) return due;
    const id = stockoutForm.encode(context.request.guildId, { merchant: list.merchant });
    return ask(stockoutModal(context.t, id, due.hint, due.lines));
  }),
  onForm(skuDelayForm, async (context, { merchant }, fields) => {
    const card = await delayed(context, { ...fields, merchant });
    return isRefusal(card) ? card : update(card);
  }),
  onForm(stockoutForm, async (context, { merchant }, fields) => {
    const card = await outOfStock(context, { ...fields, merchant });
    return isRefusal(card) ? card : update(card);
  }),
];
