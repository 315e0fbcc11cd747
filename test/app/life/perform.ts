// Carries out what happens to a shop, as the bot would.
import { askPerson } from '../../../src/app/ask-person.ts';
import { addNote } from '../../../src/app/case-file.ts';
import { chooseRemedy } from '../../../src/app/choose-remedy.ts';
import { cancelCompensation, confirmCompensation, quoteCompensation } from '../../../src/app/compensate.ts';
import type { Request } from '../../../src/app/context.ts';
import { deliverNotices } from '../../../src/app/deliver-notices.ts';
import { importOrders, type ReadOrder } from '../../../src/app/import-orders.ts';
import { linkOrder, linkOrderByStaff } from '../../../src/app/link-order.ts';
import { nextDueAt } from '../../../src/app/next-due.ts';
import { StoreUnavailableError } from '../../../src/app/ports.ts';
import { recordPaid } from '../../../src/app/refunds.ts';
import { reportDelay, reportStockout } from '../../../src/app/report-incident.ts';
import { seeNotices } from '../../../src/app/see-notices.ts';
import { setupDeposit, setupMerchant, setupStaff, usePolicy } from '../../../src/app/setup.ts';
import { setupReminders } from '../../../src/app/setup-reminders.ts';
import { shipOrder } from '../../../src/app/ship-order.ts';
import { snoozeOrders } from '../../../src/app/snooze.ts';
import { restock, setStock } from '../../../src/app/stock.ts';
import { sweep } from '../../../src/app/sweep.ts';
import { isOpen, type Order } from '../../../src/domain/order/order.ts';
import type { OrderDraft } from '../../../src/domain/order-draft.ts';
import { guild, startOfTest } from '../../support/app.ts';
import { dayMs, hourMs } from '../../support/orders.ts';
import type { Act, ActOf, Kind, Told, Which } from './acts.ts';
import { type Name, people, type World } from './world.ts';

/** An act with its object settled: to be carried out, again and again, as this or that operation. */
export type Wish = (operationId: string) => Promise<unknown>;

/** Settles what the act is about as things now stand. Undefined where there is nothing it could be done to. */
export function wishOf(world: World, act: Act): Wish | undefined {
  const meant = meanings[act.do] as (world: World, act: Act) => Meant | undefined;
  const wish = meant(world, act);
  if (!wish) return undefined;
  return (operationId) =>
    wish((name) => ({ guildId: guild, manager: false, locale: 'zh-CN', operationId, ...people[name] }));
}

type Meant = (as: (name: Name) => Request) => Promise<unknown>;

const numberOf = (n: number) => `260517-${600_000_000_000_000 + n}`;
/** As typed where two merchants share a number. */
const typed = ({ shop, n }: Which) => `${shop}/${numberOf(n)}`;

const meanings: { readonly [K in Kind]: (world: World, act: ActOf<K>) => Meant | undefined } = {
  file: (world, { shop, told, dryRun }) => {
    const drafts = told.map((one) => ({ draft: draftFrom(world, one) }));
    async function* each(): AsyncGenerator<ReadOrder<never>[]> {
      yield drafts;
    }
    const target = { guildId: guild, merchantId: shop, source: 'pdd', by: people[shop].userId };
    return () => importOrders(world.app, target, each(), { dryRun });
  },
  link: ({ app }, { which, by, proof }) => {
    return (as) => linkOrder(app, as(by), { order: typed(which), proof });
  },
  linkByStaff: ({ app }, { which, by, to }) => {
    return (as) => linkOrderByStaff(app, as(by), { order: typed(which), userId: people[to].userId });
  },
  restock: ({ app }, { shop, by = shop, sku, quantity }) => {
    return (as) => restock(app, as(by), { sku, quantity, merchantId: shop });
  },
  setStock: ({ app }, { shop, by = shop, sku, set, warnBelow }) => {
    return (as) => setStock(app, as(by), { sku, set, warnBelow, merchantId: shop });
  },
  stockout: (world, { shop, by = shop, sku, inDays, ...act }) => {
    const restock = inDays === undefined ? undefined : dateIn(world, inDays);
    const substitutes = act.substitutes.filter((other) => other !== sku);
    const report = { sku, reason: 'supplier', restock, substitutes, merchantId: shop } as const;
    return (as) => reportStockout(world.app, as(by), report);
  },
  delay: (world, { shop, by = shop, sku, n, inDays }) => {
    const order = n === undefined ? undefined : typed({ shop, n });
    const report = { order, sku, reason: 'weather', until: dateIn(world, inDays), merchantId: shop } as const;
    return (as) => reportDelay(world.app, as(by), report);
  },
  choose: (world, { nth, kind, pick, behind, by }) => {
    const order = linkedOrders(world)[nth];
    const presser = by ?? nameOf(order?.buyer?.userId);
    if (!order || !presser) return undefined;
    const choice = kind === 'swap' ? { kind, sku: substituteFor(world, order, pick) } : { kind };
    const asked = { orderId: order.id, version: order.version - behind, choice };
    return (as) => chooseRemedy(world.app, as(presser), asked);
  },
  ship: ({ app }, { which, by = which.shop, tracking }) => {
    return (as) => shipOrder(app, as(by), { order: typed(which), carrier: 'zto', tracking });
  },
  quote: ({ app }, { which, reason, amount, by }) => {
    const set = amount === undefined ? {} : { amount, note: 'agreed' };
    return (as) => quoteCompensation(app, as(by), { order: typed(which), reason, ...set });
  },
  confirm: (world, act) => {
    const { draftId, by } = previewOf(world, act);
    return (as) => confirmCompensation(world.app, as(by), { draftId });
  },
  cancel: (world, act) => {
    const { draftId, by } = previewOf(world, act);
    return (as) => cancelCompensation(world.app, as(by), { draftId });
  },
  paid: (world, { nth, by }) => {
    const refund = world.all('refunds').filter(({ state }) => state === 'due')[nth];
    const order = refund ? `${refund.merchantId}/${refund.orderNumber}` : typed({ shop: 'lin', n: 1 });
    return (as) => recordPaid(world.app, as(by), { order, reference: 'R-1' });
  },
  note: ({ app }, { which, by }) => {
    return (as) => addNote(app, as(by), { order: typed(which), text: 'called' });
  },
  askPerson: (world, { which, by }) => {
    const orderId = idOf(world, which);
    return (as) => askPerson(world.app, as(by), { orderId });
  },
  snooze: (world, { which, by = which.shop, hours }) => {
    const asked = { orderIds: [idOf(world, which)], forMs: hours * hourMs };
    return (as) => snoozeOrders(world.app, as(by), asked);
  },
  see: (world, { by }) => {
    const { userId } = people[by];
    const unseen = world.all('notices').filter(({ to, state }) => {
      return to.type === 'buyer' && to.userId === userId && state === 'undeliverable';
    });
    const ids = unseen.map(({ id }) => id);
    return (as) => seeNotices(world.app, as(by), ids);
  },
  reminders: ({ app }, act) => {
    return (as) => setupReminders(app, as('owner'), act);
  },
  policy: ({ app }, { pack, by }) => {
    return (as) => usePolicy(app, as(by), { pack });
  },
  staff: ({ app }, act) => {
    return (as) => setupStaff(app, as('owner'), act);
  },
  merchant: ({ app }, act) => {
    return (as) => setupMerchant(app, as('owner'), { ...act, name: act.id });
  },
  deposit: ({ app }, act) => {
    return (as) => setupDeposit(app, as('owner'), act);
  },
  reach: ({ net }, { whom, how }) => {
    return async () => void (how === 'open' ? net.answers.delete(whom) : net.answers.set(whom, how));
  },
  pass: ({ clock }, { ms }) => {
    return async () => clock.advance(ms);
  },
  run: (world, { hours }) => {
    return () => run(world, world.clock.now() + hours * hourMs);
  },
  sweep: (world) => {
    // What a sweep carries on may make orders due that the next one sees to.
    const looks = world.all('merchants').some(({ rewake }) => rewake !== undefined) ? 2 : 1;
    return () => patiently(() => repeated(looks, () => sweep(world.app)));
  },
  deliver: (world) => {
    // Word to staff of a merchant whom nobody can reach leaves with the next run.
    return () => patiently(() => repeated(2, () => deliverNotices(world.app, world.messenger, world)));
  },
  restart: (world, { end }) => {
    return () => world.restart(end);
  },
};

async function repeated(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time++) await work();
}

/** As the jobs do: what a full disk keeps from being done is due still. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
  }
}

/** The bot at work: at every instant at which something is due, and at the end. */
async function run(world: World, until: number): Promise<void> {
  const { app, clock } = world;
  const leastMs = (until - clock.now()) / 60;
  while (clock.now() <= until) {
    await patiently(() => sweep(app));
    await patiently(() => deliverNotices(app, world.messenger, world));
    const next = (await nextDueAt(app)) ?? until;
    clock.set(Math.ceil(Math.max(clock.now() + leastMs, Math.min(next, until))));
  }
}

function draftFrom({ clock }: World, { n, lines, paidAgo, promisedAt, ...told }: Told): OrderDraft {
  return {
    ...told,
    number: numberOf(n),
    lines: lines.map((line) => ({ ...line, name: line.sku })),
    recipient: { name: '王小明', phone: '13812345678' },
    ...(told.tracking !== undefined && { carrier: 'zto' }),
    ...(paidAgo !== undefined && { paidAt: clock.now() - paidAgo * hourMs }),
    ...(promisedAt !== undefined && { promisedShipAt: startOfTest + promisedAt * hourMs }),
  };
}

/** A date so many days ahead, as people type it. */
function dateIn({ clock }: World, days: number): string {
  return new Date(clock.now() + days * dayMs).toISOString().slice(0, 10);
}

function idOf(world: World, { shop, n }: Which): string {
  return world.all('orders').find((order) => order.merchantId === shop && order.number === numberOf(n))?.id ?? 'none';
}

function linkedOrders(world: World): Order[] {
  const linked = world.all('orders').filter(({ buyer }) => buyer);
  const inTrouble = (order: Order) => order.trouble !== undefined && isOpen(order);
  return [...linked.filter(inTrouble), ...linked.filter((order) => !inTrouble(order))];
}

function substituteFor(world: World, { merchantId, trouble, lines }: Order, pick: number): string {
  const sku = trouble?.sku ?? lines[0]?.sku;
  const own = world.all('products').find((product) => product.merchantId === merchantId && product.sku === sku);
  return own?.substitutes[pick] ?? 'NONE';
}

function nameOf(userId: string | undefined): Name | undefined {
  return (Object.keys(people) as Name[]).find((name) => people[name].userId === userId);
}

function previewOf(world: World, { draft, by }: ActOf<'confirm' | 'cancel'>): { draftId: string; by: Name } {
  const newestFirst = world.all('drafts').sort((a, b) => (a.id > b.id ? -1 : 1));
  const { id = 'none', userId } = newestFirst[draft] ?? {};
  return { draftId: id, by: by ?? nameOf(userId) ?? 'anna' };
}
