// The buttons of a buyer's order card, wherever it stands: in a server, in a DM, in a thread.
import { askPerson } from '../app/ask-person.ts';
import { chooseRemedy, type RemedyAsked } from '../app/choose-remedy.ts';
import { orderStatusById } from '../app/order-status.ts';
import { previewRemedy } from '../app/preview-remedy.ts';
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { cards, textCard } from './card.ts';
import { type Context, type Handler, onButton, onSelect } from './command.ts';
import { type Reply, show, update } from './reply.ts';
import { orderCard, orderContent } from './views/order-card.ts';
import { refundQuestion, substituteQuestion, swapQuestion } from './views/order-confirm.ts';
import {
  orderPerson,
  orderPick,
  orderRefund,
  orderRefundYes,
  orderShow,
  orderSwap,
  orderSwapPick,
  orderSwapYes,
  orderWait,
  skuTag,
} from './views/order-ids.ts';
import { refusalText } from './views/refusal.ts';

/** What a card showed: an order, and its version then. */
interface Shown {
  readonly order: string;
  readonly version: number;
}

async function showNow(context: Context, orderId: string): Promise<Outcome<Reply>> {
  const { app, request } = context;
  const status = await orderStatusById(app, request, orderId);
  return isRefusal(status) ? status : update(orderCard(context, { ...status, now: app.clock.now() }));
}

/** Why not, and below it the card as it now is: what has been decided meanwhile, and what is still open. */
async function explain(context: Context, orderId: string, refusal: Refusal): Promise<Outcome<Reply>> {
  const { app, request } = context;
  const status = await orderStatusById(app, request, orderId);
  if (isRefusal(status)) return refusal;
  const content = orderContent(context, { ...status, now: app.clock.now() });
  return update(cards({ tone: 'closed', lines: [refusalText(context, refusal)] }, content));
}

async function choose(context: Context, shown: Shown, choice: RemedyAsked): Promise<Outcome<Reply>> {
  const { app, request } = context;
  const chosen = await chooseRemedy(app, request, { orderId: shown.order, version: shown.version, choice });
  return isRefusal(chosen) ? explain(context, shown.order, chosen) : showNow(context, shown.order);
}

function preview({ app, request }: Context, shown: Shown, kind: RemedyAsked['kind'], sku?: string) {
  return previewRemedy(app, request, { orderId: shown.order, version: shown.version, kind, sku });
}

async function askRefund(context: Context, shown: Shown): Promise<Outcome<Reply>> {
  const status = await preview(context, shown, 'refund');
  if (isRefusal(status)) return explain(context, shown.order, status);
  const { refund } = status.remedies;
  if (!refund) return explain(context, shown.order, refuse('choice_expired'));
  return update(refundQuestion(context, { ...status, now: context.app.clock.now() }, refund));
}

async function askSubstitute(context: Context, shown: Shown): Promise<Outcome<Reply>> {
  const status = await preview(context, shown, 'swap');
  if (isRefusal(status)) return explain(context, shown.order, status);
  const view = { ...status, now: context.app.clock.now() };
  const [only, another] = status.remedies.swap?.options ?? [];
  if (only && !another) return update(swapQuestion(context, view, only));
  return update(substituteQuestion(context, view, status.remedies.swap?.options ?? []));
}

async function askSwap(context: Context, shown: Shown, sku: string): Promise<Outcome<Reply>> {
  const status = await preview(context, shown, 'swap', sku);
  if (isRefusal(status)) return explain(context, shown.order, status);
  if (!status.option) return explain(context, shown.order, refuse('choice_expired'));
  return update(swapQuestion(context, { ...status, now: context.app.clock.now() }, status.option));
}

/** The id holds a tag of the SKU; which one it is stands among the offers, or in the choice already made. */
async function swapFor(context: Context, shown: Shown & { readonly item: string }): Promise<Outcome<Reply>> {
  const { app, request } = context;
  const status = await orderStatusById(app, request, shown.order);
  if (isRefusal(status)) return status;
  const { order, remedies } = status;
  const offered = [
    ...(remedies.swap?.options.map(({ sku }) => sku) ?? []),
    ...(order.choice?.sku ? [order.choice.sku] : []),
  ];
  const sku = offered.find((candidate) => skuTag(candidate) === shown.item);
  if (sku !== undefined) return choose(context, shown, { kind: 'swap', sku });
  const stale = order.version !== shown.version;
  return explain(context, shown.order, stale ? refuse('card_outdated', { kind: 'order' }) : refuse('substitute_gone'));
}

async function callPerson({ app, request, t }: Context, orderId: string): Promise<Outcome<Reply>> {
  const asked = await askPerson(app, request, { orderId });
  return isRefusal(asked) ? asked : show(textCard('good', t('order.person.asked')));
}

export const orderHandlers: readonly Handler[] = [
  onButton(orderShow, (context, { order }) => showNow(context, order)),
  onButton(orderWait, (context, shown) => choose(context, shown, { kind: 'wait' })),
  onButton(orderRefund, askRefund),
  onButton(orderRefundYes, (context, shown) => choose(context, shown, { kind: 'refund' })),
  onButton(orderSwap, askSubstitute),
  onSelect(orderSwapPick, (context, shown, [sku = '']) => askSwap(context, shown, sku)),
  onButton(orderSwapYes, swapFor),
  onButton(orderPerson, (context, { order }) => callPerson(context, order)),
  onSelect(orderPick, (context, _none, [id = '']) => showNow(context, id)),
];
