// Everything that can happen to a shop, as plain data: what fast-check draws, shrinks and prints.
import fc from 'fast-check';
import type { CompensationReason } from '../../../src/domain/compensation/policy.ts';
import type { OrderDraft } from '../../../src/domain/order-draft.ts';
import { dayMs, hourMs } from '../../support/orders.ts';
import { channels, type MerchantId, type Name, people } from './world.ts';

export const skus = ['BLACK', 'WHITE', 'GREEN'] as const;
export type Sku = (typeof skus)[number];

/** An order, by its merchant and its place in the merchant's files. */
export interface Which {
  readonly shop: MerchantId;
  readonly n: number;
}

/** One order as a file tells of it. */
export interface Told
  extends Pick<OrderDraft, 'state' | 'afterSales' | 'currency' | 'paidMinor' | 'refundedMinor' | 'tracking'> {
  readonly n: number;
  readonly lines: readonly { readonly sku: Sku; readonly quantity: number; readonly unitPriceMinor?: number }[];
  /** Hours before now. */
  readonly paidAgo?: number;
  /** Hours after the shop was opened. */
  readonly promisedAt?: number;
}

interface Thing extends Pick<Which, 'shop'> {
  readonly sku: Sku;
}

interface By {
  readonly by: Name;
}

/** `by`: absent, whoever would be expected to. */
type ByOwn = Partial<By>;

interface Acts {
  readonly file: { readonly shop: MerchantId; readonly told: readonly Told[]; readonly dryRun: boolean };
  readonly link: By & { readonly which: Which; readonly proof: string };
  readonly linkByStaff: By & { readonly which: Which; readonly to: Name };
  readonly restock: ByOwn & Thing & { readonly quantity: number };
  readonly setStock: ByOwn & Thing & { readonly set?: number; readonly warnBelow?: number };
  readonly stockout: ByOwn & Thing & { readonly inDays?: number; readonly substitutes: readonly Sku[] };
  readonly delay: ByOwn & {
    readonly shop: MerchantId;
    readonly sku?: Sku;
    readonly n?: number;
    readonly inDays: number;
  };
  /** `nth`: of the orders that have a buyer, those in trouble first. `behind`: how many versions old the pressed card is. */
  readonly choose: ByOwn & {
    readonly nth: number;
    readonly kind: 'wait' | 'swap' | 'refund';
    /** Which of the substitutes. */
    readonly pick: number;
    readonly behind: number;
  };
  readonly ship: ByOwn & { readonly which: Which; readonly tracking: string };
  readonly quote: By & { readonly which: Which; readonly reason: CompensationReason; readonly amount?: string };
  /** `draft`: counted back from the newest preview. */
  readonly confirm: ByOwn & { readonly draft: number };
  readonly cancel: ByOwn & { readonly draft: number };
  /** `nth`: of the refunds that are due. */
  readonly paid: By & { readonly nth: number };
  readonly note: By & { readonly which: Which };
  readonly askPerson: By & { readonly which: Which };
  readonly snooze: ByOwn & { readonly which: Which; readonly hours: number };
  readonly see: By;
  readonly reminders: {
    readonly before?: string;
    readonly quietHours?: string;
    readonly timeZone?: string;
    readonly merchantId?: MerchantId;
  };
  readonly policy: By & { readonly pack: string };
  readonly staff: { readonly roleId: string; readonly limit?: string };
  readonly merchant: {
    readonly id: MerchantId;
    readonly memberId?: string;
    readonly removeMemberId?: string;
    readonly roleId?: string;
    readonly removeRoleId?: string;
    readonly channelId?: string;
  };
  readonly deposit: { readonly merchantId: MerchantId; readonly amount: string };
  /** A person closes their DMs, a channel goes, Discord is down: or all is well again. */
  readonly reach: {
    readonly whom: string;
    readonly how: 'open' | 'dm_closed' | 'gone' | 'forbidden' | 'later';
  };
  /** The bot is not running. */
  readonly pass: { readonly ms: number };
  /** The bot is running, and looks whenever something is due. */
  readonly run: { readonly hours: number };
  readonly sweep: object;
  readonly deliver: object;
  readonly restart: { readonly end: 'close' | 'kill' | 'power cut' };
}

export type Kind = keyof Acts;
export type ActOf<K extends Kind> = K extends Kind ? { readonly do: K } & Acts[K] : never;
export type Act = ActOf<Kind>;
/** An act, perhaps with a disk that is full after so many calls: then nothing may come of it, or all. */
export interface Step {
  readonly act: Act;
  readonly diskFullAfter?: number;
}

type Fields<T> = { readonly [K in keyof T]-?: fc.Arbitrary<T[K] | undefined> };

/** Fields drawn as `undefined` are left out. */
function record<T extends object>(fields: Fields<T>): fc.Arbitrary<T> {
  return fc
    .record(fields as Record<string, fc.Arbitrary<unknown>>)
    .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as T);
}

function act<K extends Kind>(weight: number, kind: K, fields: Fields<Acts[K]>): fc.WeightedArbitrary<Act> {
  return { weight, arbitrary: record<Acts[K]>(fields).map((drawn) => ({ do: kind, ...drawn }) as Act) };
}

/** The first of these in four cases of five. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const shop = fc.constantFrom<MerchantId[]>('lin', 'lin', 'wu');
const place = fc.integer({ min: 1, max: 4 });
const which = record<Which>({ shop, n: place });
const sku = fc.constantFrom(...skus);
/** Absent: the shop's own member. */
const seller = mostly<Name | undefined>(undefined, 'lin', 'wu', 'packer', 'b1');
const staff = fc.constantFrom<Name[]>('anna', 'anna', 'anna', 'ben', 'ben', 'ben', 'lin');
/** Absent: whoever asked for the preview. */
const presser = mostly<Name | undefined>(undefined, 'anna', 'ben', 'lin');
const buyer = fc.constantFrom<Name[]>('b1', 'b2', 'b3');
const hours = mostly(2, 1, 5, 11, 24, 50, 24 * 8);
const member = fc.constantFrom(undefined, people.lin.userId, people.wu.userId);
const role = fc.constantFrom(undefined, undefined, ...people.packer.roleIds);

const told = record<Told>({
  n: place,
  state: mostly('to_ship', 'on_hold', 'shipped', 'delivered', 'cancelled', 'unpaid'),
  afterSales: mostly('none', 'processing', 'refunding', 'refunding', 'refunded'),
  currency: mostly('CNY', 'CNY', 'USD'),
  paidMinor: mostly(6800, 5000, 20_400, 0),
  refundedMinor: mostly(undefined, undefined, 1000, 6800),
  tracking: mostly(undefined, '75312345678901', '75312345678902'),
  lines: fc.array(
    record<Told['lines'][number]>({
      sku,
      quantity: mostly(1, 2, 3),
      unitPriceMinor: mostly<number | undefined>(6800, 6000, 9000, undefined),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  paidAgo: fc.constantFrom(1, 5, 20, 47, undefined),
  promisedAt: mostly(undefined, 12, 30, 90, 400, 2000),
});

const anyAct = fc.oneof(
  act(8, 'file', {
    shop,
    told: fc.uniqueArray(told, { minLength: 1, maxLength: 3, selector: ({ n }) => n }),
    dryRun: mostly(false, true),
  }),
  act(5, 'link', { which, by: buyer, proof: mostly('5678', '0000') }),
  act(2, 'linkByStaff', { which, to: buyer, by: staff }),
  act(3, 'restock', { shop, sku, quantity: fc.integer({ min: 1, max: 3 }), by: seller }),
  act(3, 'setStock', {
    shop,
    sku,
    set: fc.constantFrom(undefined, 0, 1, 2, 4),
    warnBelow: fc.constantFrom(undefined, 2),
    by: seller,
  }),
  act(5, 'stockout', {
    shop,
    sku,
    inDays: fc.constantFrom(undefined, 1, 4),
    substitutes: mostly<readonly Sku[]>(skus, ['WHITE'], ['BLACK'], []),
    by: seller,
  }),
  act(4, 'delay', {
    shop,
    sku: fc.option(sku, { nil: undefined }),
    n: fc.constantFrom(undefined, 1, 2, 3),
    inDays: fc.integer({ min: 0, max: 6 }),
    by: seller,
  }),
  act(14, 'choose', {
    nth: mostly(0, 1, 2, 3, 4, 5),
    by: mostly<Name | undefined>(undefined, 'b1', 'lin'),
    kind: fc.constantFrom('wait', 'swap', 'swap', 'refund'),
    pick: fc.nat(1),
    behind: mostly(0, 1, 2),
  }),
  act(3, 'ship', { which, tracking: fc.constantFrom('75312345678901', '75312345678902', '?'), by: seller }),
  act(6, 'quote', {
    which,
    reason: fc.constantFrom('out_of_stock', 'late_shipment', 'false_shipment', 'other'),
    amount: mostly(undefined, '5', '4000'),
    by: staff,
  }),
  act(8, 'confirm', { draft: mostly(0, 1, 2), by: presser }),
  act(1, 'cancel', { draft: mostly(0, 1, 2), by: presser }),
  act(3, 'paid', { nth: mostly(0, 1, 2), by: staff }),
  act(1, 'note', { which, by: staff }),
  act(1, 'askPerson', { which, by: buyer }),
  act(2, 'snooze', { which, hours, by: seller }),
  act(1, 'see', { by: buyer }),
  act(2, 'reminders', {
    before: fc.constantFrom(undefined, '24h,6h,1h', '2h', '48h,3h'),
    quietHours: fc.constantFrom(undefined, '22:00-08:00', '09:30-09:00', 'off'),
    timeZone: fc.constantFrom(undefined, 'Asia/Shanghai', 'America/New_York'),
    merchantId: mostly<MerchantId | undefined>(undefined, 'lin', 'wu'),
  }),
  act(1, 'policy', { pack: fc.constantFrom('pdd', 'strict', 'none'), by: staff }),
  act(1, 'staff', {
    roleId: mostly<string>(people.anna.roleIds[0], '200000000000000099'),
    limit: fc.constantFrom(undefined, '8', '100'),
  }),
  act(1, 'merchant', {
    id: shop,
    memberId: member,
    removeMemberId: member,
    roleId: role,
    removeRoleId: role,
    channelId: fc.constantFrom(undefined, channels.lin, channels.other),
  }),
  act(1, 'deposit', { merchantId: shop, amount: fc.constant('20') }),
  act(3, 'reach', {
    whom: fc.constantFrom(
      people.b1.userId,
      people.b2.userId,
      people.lin.userId,
      people.wu.userId,
      channels.lin,
      channels.staff,
      'in threads',
    ),
    how: mostly('open', 'dm_closed', 'gone', 'forbidden', 'later'),
  }),
  act(5, 'pass', {
    ms: mostly(hourMs, 1000, 10 * 60_000, 5 * hourMs, 20 * hourMs, 3 * dayMs, 100 * dayMs, 400 * dayMs),
  }),
  act(6, 'run', { hours }),
  act(4, 'sweep', {}),
  act(4, 'deliver', {}),
  act(2, 'restart', { end: fc.constantFrom('close', 'kill', 'power cut') }),
);

export const step: fc.Arbitrary<Step> = record<Step>({
  act: anyAct,
  diskFullAfter: fc.integer({ min: 0, max: 99 }).map((luck) => (luck >= 96 ? luck - 96 : undefined)),
});
