// /shop due: what must ship, most urgent first, and the buttons on that list (also where it came as a digest).
import { dueOrders } from '../../src/app/due-orders.ts';
import { lateCost } from '../../src/app/late-cost.ts';
import { snoozeOrders } from '../../src/app/snooze.ts';
import type { Card } from '../../src/discord/card.ts';
import { action, type Context, type Handler, onButton, option } from '../../src/discord/command.ts';
import { show, update, updateAnywhere } from '../../src/discord/reply.ts';
import { snoozedText } from '../../src/discord/views/shop-done.ts';
import { type DueList, dueCard } from '../../src/discord/views/shop-due.ts';
import { duePage, dueSnooze } from '../../src/discord/views/shop-ids.ts';
import { isRefusal, type Outcome } from '../../src/domain/refusal.ts';
import { parseDuration } from '../../src/domain/time.ts';
import { person } from '../../src/i18n/format.ts';
import type { Markup } from '../../src/i18n/markup.ts';
import { suggestMerchant } from './suggest.ts';

export const defaultWithinMs = 24 * 3_600_000;
export const snoozeMs = 3_600_000;
/** Read at once for a list: more pages than anyone turns. */
const mostOrders = 500;

export interface Asked {
  readonly merchantId?: string | undefined;
  readonly withinMs: number;
}

export function findDue({ app, request }: Context, { merchantId, withinMs }: Asked) {
  return dueOrders(app, request, { withinMs, limit: mostOrders, ...(merchantId !== undefined && { merchantId }) });
}

/** The list as it now stands. */
export async function dueList(context: Context, asked: Asked, page = 0, done?: Markup): Promise<Outcome<Card>> {
  const due = await findDue(context, asked);
  if (isRefusal(due)) return due;
  return listCard(context, due, asked, page, done);
}

async function listCard(
  context: Context,
  due: DueList,
  { withinMs }: Asked,
  page: number,
  done?: Markup,
): Promise<Card> {
  const { app, request } = context;
  return dueCard(context, due, {
    guildId: request.guildId,
    now: app.clock.now(),
    withinMs,
    page,
    cost: await lateCost(app, due.orders),
    ...(done && { done }),
  });
}

export const due = action(
  { within: option.text({ max: 20 }), merchant: option.text({ suggest: suggestMerchant, max: 32 }) },
  async (context, { within, merchant }) => {
    const withinMs = within === undefined ? defaultWithinMs : parseDuration(within);
    if (isRefusal(withinMs)) return withinMs;
    const card = await dueList(context, { merchantId: merchant, withinMs });
    return isRefusal(card) ? card : show(card);
  },
);

export const dueHandlers: readonly Handler[] = [
  onButton(duePage, async (context, { merchant, minutes, page }) => {
    const card = await dueList(context, { merchantId: merchant, withinMs: minutes * 60_000 }, page);
    return isRefusal(card) ? card : update(card);
  }),
  onButton(dueSnooze, async (context, { merchant, minutes }) => {
    const { app, request } = context;
    const asked = { merchantId: merchant, withinMs: minutes * 60_000 };
    const listed = await findDue(context, asked);
    if (isRefusal(listed)) return listed;
    const snoozed = await snoozeOrders(app, request, { orderIds: listed.orders.map(({ id }) => id), forMs: snoozeMs });
    if (isRefusal(snoozed)) return snoozed;
    const done = snoozedText(context, snoozed.count, snoozed.untilAt, person(request.userId));
    return updateAnywhere(await listCard(context, listed, asked, 0, done));
  }),
];
