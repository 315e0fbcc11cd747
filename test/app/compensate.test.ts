import { describe, expect, it } from 'vitest';
import {
  type CompensationAsk,
  cancelCompensation,
  confirmCompensation,
  quoteCompensation,
} from '../../src/app/compensate.ts';
import type { Request } from '../../src/app/context.ts';
import { issueCompensation } from '../../src/app/issue-compensation.ts';
import { wallet } from '../../src/app/wallet.ts';
import { verifyChain } from '../../src/domain/ledger/chain.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { isRefusal, type Outcome } from '../../src/domain/refusal.ts';
import {
  ask,
  asMerchant,
  asStaff,
  guild,
  pddPack,
  policyBook,
  staffMember,
  type TestApp,
  testApp,
} from '../support/app.ts';
import { buyer, dayMs, linkedTo, order, setUpShop } from '../support/orders.ts';

const colleague = '300000000000000009';
const asColleague = () => asStaff({ userId: colleague });
const first = order(1, linkedTo(buyer(1)));

async function shop(...orders: readonly Order[]): Promise<TestApp> {
  const app = testApp();
  await setUpShop(app, { orders: orders.length > 0 ? orders : [first] });
  return app;
}

function ok<T>(outcome: Outcome<T>): T {
  if (isRefusal(outcome)) throw new Error(`${outcome.refused} ${JSON.stringify(outcome.data)}`);
  return outcome;
}

const stockOut = (of: Order = first): CompensationAsk => ({ order: of.number, reason: 'out_of_stock' });

async function give(app: TestApp, asked: CompensationAsk = stockOut(), by: () => Request = asStaff) {
  const { draftId } = ok(await quoteCompensation(app, by(), asked));
  return confirmCompensation(app, by(), { draftId });
}

const balances = (app: TestApp) =>
  Object.fromEntries(app.store.all('balances').map(({ account, amountMinor }) => [account, amountMinor]));

describe("one's own order", () => {
  const own = order(1, linkedTo(staffMember));

  it('is not for oneself to compensate; another member of staff may', async () => {
    const app = await shop(own);
    expect(await quoteCompensation(app, asStaff(), stockOut(own))).toEqual({
      refused: 'own_order',
      data: { order: own.number },
    });
    expect(app.store.all('drafts')).toEqual([]);
    ok(await give(app, stockOut(own), asColleague));
  });

  it('is refused at the confirmation too, where it was linked after the preview', async () => {
    const app = await shop(order(1));
    const { draftId } = ok(await quoteCompensation(app, asStaff(), stockOut(own)));
    await app.store.transact((tx) => tx.put('orders', own));
    expect(await confirmCompensation(app, asStaff(), { draftId })).toMatchObject({ refused: 'own_order' });
    expect(app.store.all('ledger')).toEqual([]);
  });
});

describe('rules that have changed since the order came in', () => {
  const dearer = pddPack.rules.map((rule) => ({ ...rule, amount: { type: 'fixed' as const, amountMinor: 900 } }));
  const newer = { ...pddPack, version: '2027-01', rules: dearer };

  it('do not change what it is owed, while its version is at hand', async () => {
    const app = { ...(await shop()), policies: policyBook(newer, pddPack) };
    const { quote } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    expect(quote).toMatchObject({ version: pddPack.version, amountMinor: 500 });
  });

  it('are the present ones where its version is not at hand, and the quote names them', async () => {
    const app = { ...(await shop()), policies: policyBook(newer) };
    const { quote } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    expect(quote).toMatchObject({ version: '2027-01', amountMinor: 900 });
    expect(first.policy.version).toBe(pddPack.version);
  });
});

describe('the preview', () => {
  it('shows quote, balance and what is left today, and gives nothing', async () => {
    const app = await shop();
    const preview = ok(await quoteCompensation(app, asStaff(), stockOut()));
    expect(preview).toMatchObject({
      quote: { amountMinor: 500, currency: 'CNY', ruleId: 'out_of_stock' },
      buyerId: buyer(1),
      merchantName: '林记',
      balanceBeforeMinor: 0,
      balanceAfterMinor: -500,
      leftTodayMinor: 499_500,
    });
    expect(app.store.all('ledger')).toEqual([]);
    expect(app.store.all('vouchers')).toEqual([]);
    expect(app.store.all('notices')).toEqual([]);
  });

  it('keeps no personal data in what is stored of it', async () => {
    const app = await shop();
    await quoteCompensation(app, asStaff(), stockOut());
    const stored = JSON.stringify([app.store.all('operations'), app.store.all('drafts')]);
    expect(stored).not.toMatch(/王小明|13812345678|wang@/);
  });

  it.each([
    ['an amount without a note', { amount: '5' }, 'amount_needs_note'],
    ['an amount with an empty note', { amount: '5', note: '  ' }, 'amount_needs_note'],
    ['an amount that is none', { amount: 'five', note: 'kind' }, 'amount_invalid'],
    ['an endless note', { note: 'x'.repeat(501) }, 'text_too_long'],
    ['a reason without a rule or amount', { reason: 'lost_parcel' }, 'amount_required'],
    ['an order that is not there', { order: '999' }, 'order_not_found'],
  ] as const)('refuses %s', async (_name, more, code) => {
    const app = await shop();
    expect(await quoteCompensation(app, asStaff(), { ...stockOut(), ...more })).toMatchObject({ refused: code });
    expect(app.store.all('drafts')).toEqual([]);
  });

  it('is for staff of this server alone', async () => {
    const app = await shop();
    for (const request of [ask(buyer(1)), asMerchant(), ask(staffMember, { manager: true })]) {
      expect(await quoteCompensation(app, request, stockOut())).toMatchObject({ refused: 'not_allowed' });
    }
    const elsewhere = asStaff({ guildId: '100000000000000002' });
    expect(await quoteCompensation(app, elsewhere, stockOut())).toMatchObject({ refused: 'staff_role_missing' });
  });

  it('refuses an unpaid order, and one of another currency', async () => {
    const unpaid = order(2, { state: 'unpaid' });
    const dollars = order(3, { currency: 'USD' });
    const app = await shop(unpaid, dollars);
    expect(await quoteCompensation(app, asStaff(), stockOut(unpaid))).toMatchObject({ refused: 'unpaid_order' });
    expect(await quoteCompensation(app, asStaff(), stockOut(dollars))).toMatchObject({ refused: 'currency_mismatch' });
    const byHand = ok(await give(app, { ...stockOut(dollars), amount: '2.50', note: 'agreed' }));
    expect(byHand).toMatchObject({ amountMinor: 250, currency: 'USD' });
  });

  it('counts what was given before in the currency the order is in', async () => {
    const app = await shop();
    ok(await give(app, stockOut()));
    await app.store.transact((tx) => tx.put('orders', { ...first, currency: 'USD' }));
    const asked = { ...stockOut(), reason: 'other', amount: '2.50', note: 'agreed' } as const;
    const { quote } = ok(await quoteCompensation(app, asStaff(), asked));
    expect(quote.steps).toContainEqual({ code: 'already_given', data: { amountMinor: 0 } });
  });
});

describe('the confirmation', () => {
  it('moves money once, from the merchant to a voucher, and tells everyone', async () => {
    const app = await shop();
    const receipt = ok(await give(app));
    expect(receipt).toMatchObject({ orderId: first.id, entryNumber: 1, amountMinor: 500, currency: 'CNY' });

    const [entry] = app.store.all('ledger');
    expect(entry).toMatchObject({
      number: 1,
      kind: 'compensation',
      reason: 'out_of_stock',
      by: staffMember,
      hash: receipt.hash,
      basis: { pack: 'pdd', version: pddPack.version, ruleId: 'out_of_stock', verified: false },
      postings: [
        { account: 'merchant:lin', amountMinor: -500 },
        { account: `voucher:${receipt.voucherId}`, amountMinor: 500 },
      ],
    });
    expect(verifyChain(app.store.all('ledger'))).toBeUndefined();
    expect(balances(app)).toEqual({ 'merchant:lin': -500, [`voucher:${receipt.voucherId}`]: 500 });
    expect(app.store.all('caseEntries')).toMatchObject([
      { orderId: first.id, kind: 'compensated', by: staffMember, data: { amountMinor: 500, entryNumber: 1 } },
    ]);
    expect(app.store.all('notices')).toMatchObject([
      { kind: 'compensated_buyer', to: { userId: buyer(1) }, data: { amountMinor: 500, minSpendMinor: 0 } },
      { kind: 'compensated_merchant', to: { merchantId: 'lin' }, data: { amountMinor: 500, balanceMinor: -500 } },
    ]);

    const held = ok(await wallet(app, ask(buyer(1))));
    expect(held.vouchers).toMatchObject([
      { amountMinor: 500, minSpendMinor: 0, expiresAt: Date.parse('2076-11-20T23:59:59.999+08:00') },
    ]);
  });

  it('has one effect for a second press, a replayed event and a burst of both', async () => {
    const app = await shop();
    const { draftId } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    const press = asStaff();
    const answers = await Promise.all(
      [press, press, asStaff(), asStaff(), press].map((request) => confirmCompensation(app, request, { draftId })),
    );
    const receipts = answers.map(ok);
    expect(new Set(receipts.map(({ hash, voucherId }) => `${hash} ${voucherId}`)).size).toBe(1);
    expect(receipts.map(({ alreadyDone }) => alreadyDone)).toEqual([undefined, undefined, true, true, undefined]);
    expect(app.store.all('ledger')).toHaveLength(1);
    expect(app.store.all('vouchers')).toHaveLength(1);
    expect(app.store.all('notices')).toHaveLength(2);
  });

  it('is given once by the ledger’s own key, whatever was looked at before', async () => {
    const app = await shop();
    const { quote } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    const give = () =>
      app.store.transact((tx) =>
        issueCompensation(app, tx, { order: first, quote, by: staffMember, now: app.clock.now() }),
      );
    ok(await give());
    expect(await give()).toMatchObject({ refused: 'already_compensated', data: { entryNumber: 1 } });
    expect(app.store.all('ledger')).toHaveLength(1);
    expect(app.store.all('vouchers')).toHaveLength(1);
    expect(Object.values(balances(app)).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });

  it('shows a second member of staff the first one’s, at the preview and at the press', async () => {
    const app = await shop();
    const late = ok(await quoteCompensation(app, asColleague(), stockOut()));
    ok(await give(app));
    const no = {
      refused: 'already_compensated',
      data: {
        order: first.number,
        reason: 'out_of_stock',
        entryNumber: 1,
        amountMinor: 500,
        currency: 'CNY',
        at: app.clock.now(),
        by: staffMember,
      },
    };
    expect(await confirmCompensation(app, asColleague(), { draftId: late.draftId })).toEqual(no);
    expect(await quoteCompensation(app, asColleague(), stockOut())).toEqual(no);
    expect(await quoteCompensation(app, asStaff(), stockOut())).toEqual(no);
    expect(await cancelCompensation(app, asColleague(), { draftId: late.draftId })).toEqual(no);
    expect(app.store.all('ledger')).toHaveLength(1);
  });

  it('is for the one who asked, while still staff', async () => {
    const app = await shop();
    const { draftId } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    expect(await confirmCompensation(app, asColleague(), { draftId })).toMatchObject({ refused: 'preview_expired' });
    expect(await cancelCompensation(app, asColleague(), { draftId })).toMatchObject({ refused: 'preview_expired' });
    expect(await confirmCompensation(app, ask(staffMember), { draftId })).toMatchObject({ refused: 'not_allowed' });
    expect(await cancelCompensation(app, ask(staffMember), { draftId })).toMatchObject({ refused: 'not_allowed' });
    expect(await confirmCompensation(app, asStaff(), { draftId: 'made-up' })).toMatchObject({
      refused: 'preview_expired',
    });
    expect(app.store.all('ledger')).toEqual([]);
  });

  it('is for the server it was asked on', async () => {
    const app = await shop();
    const { draftId } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    const elsewhere = { guildId: '100000000000000009' };
    await app.store.transact(async (tx) => {
      const settings = await tx.get('settings', guild);
      if (settings) await tx.put('settings', { ...settings, ...elsewhere });
    });
    const there = () => ({ ...asStaff(), ...elsewhere });
    expect(await confirmCompensation(app, there(), { draftId })).toMatchObject({ refused: 'preview_expired' });
    expect(await cancelCompensation(app, there(), { draftId })).toMatchObject({ refused: 'preview_expired' });
    expect(app.store.all('ledger')).toEqual([]);
  });

  it('refuses a preview that has expired or was cancelled', async () => {
    const app = await shop();
    const old = ok(await quoteCompensation(app, asStaff(), stockOut()));
    app.clock.advance(15 * 60_000);
    expect(await confirmCompensation(app, asStaff(), { draftId: old.draftId })).toMatchObject({
      refused: 'preview_expired',
    });
    const dropped = ok(await quoteCompensation(app, asStaff(), stockOut()));
    expect(await cancelCompensation(app, asStaff(), { draftId: dropped.draftId })).toEqual({ cancelled: true });
    expect(await confirmCompensation(app, asStaff(), { draftId: dropped.draftId })).toMatchObject({
      refused: 'preview_expired',
    });
    expect(app.store.all('ledger')).toEqual([]);
  });

  it('refuses where the rule book or what was given has changed since the preview', async () => {
    const app = await shop();
    const shown = ok(await quoteCompensation(app, asStaff(), stockOut()));
    const changed: TestApp = { ...app, policies: policyBook({ ...pddPack, version: '2027-01' }) };
    expect(await confirmCompensation(changed, asStaff(), { draftId: shown.draftId })).toMatchObject({
      refused: 'quote_changed',
    });
    ok(await give(app, { ...stockOut(), reason: 'late_shipment' }));
    expect(await confirmCompensation(app, asStaff(), { draftId: shown.draftId })).toMatchObject({
      refused: 'quote_changed',
    });
    expect(app.store.all('ledger')).toHaveLength(1);
  });

  it('changes nothing while the store cannot be written, and works afterwards', async () => {
    const app = await shop();
    const { draftId } = ok(await quoteCompensation(app, asStaff(), stockOut()));
    app.store.broken = true;
    expect(await confirmCompensation(app, asStaff(), { draftId })).toMatchObject({ refused: 'store_not_writable' });
    app.store.broken = false;
    expect(app.store.all('ledger')).toEqual([]);
    expect(ok(await confirmCompensation(app, asStaff(), { draftId })).alreadyDone).toBeUndefined();
  });

  it('gives each reason once, to closed orders and unlinked ones too', async () => {
    const closed = order(2, { state: 'closed', afterSales: 'refunded' });
    const app = await shop(closed);
    ok(await give(app, stockOut(closed)));
    const second = ok(await give(app, { ...stockOut(closed), reason: 'late_shipment' }));
    expect(second.entryNumber).toBe(2);
    expect(app.store.all('vouchers').map(({ buyerId }) => buyerId)).toEqual([undefined, undefined]);
    expect(app.store.all('notices').map(({ kind }) => kind)).toEqual(['compensated_merchant', 'compensated_merchant']);
  });

  it('records an amount set by hand with its note', async () => {
    const app = await shop();
    ok(await give(app, { ...stockOut(), amount: '8.00', note: ' the box was a gift ' }));
    expect(app.store.all('ledger')).toMatchObject([
      { note: 'the box was a gift', basis: { ruleId: 'override', steps: [{ code: 'override' }, {}] } },
    ]);
    expect(app.store.all('caseEntries')).toMatchObject([{ data: { text: 'the box was a gift', amountMinor: 800 } }]);
  });
});

describe('the day’s limit', () => {
  it('stops one member of staff, not another, and begins anew at midnight in the shop’s zone', async () => {
    const orders = [1, 2, 3, 4].map((n) => order(n));
    const app = await shop(...orders);
    const [one = first, two = first, three = first, four = first] = orders;
    const big = (of: Order, amount: string) => ({ ...stockOut(of), amount, note: 'agreed' });
    ok(await give(app, big(one, '4990')));
    expect(await quoteCompensation(app, asStaff(), big(two, '10.01'))).toEqual({
      refused: 'amount_over_limit',
      data: { leftMinor: 1000, limitMinor: 500_000, currency: 'CNY' },
    });
    ok(await give(app, big(two, '10')));
    expect(await quoteCompensation(app, asStaff(), stockOut(three))).toMatchObject({ refused: 'amount_over_limit' });
    ok(await give(app, stockOut(three), asColleague));

    app.clock.advance(dayMs / 2 - 1);
    expect(await quoteCompensation(app, asStaff(), stockOut(four))).toMatchObject({ refused: 'amount_over_limit' });
    app.clock.advance(1);
    expect(ok(await quoteCompensation(app, asStaff(), stockOut(four))).leftTodayMinor).toBe(499_500);
  });

  it('holds against two previews confirmed one after the other', async () => {
    const orders = [order(1), order(2)];
    const app = await shop(...orders);
    const previews = [];
    for (const of of orders) {
      previews.push(ok(await quoteCompensation(app, asStaff(), { ...stockOut(of), amount: '3000', note: 'agreed' })));
    }
    const [a, b] = await Promise.all(previews.map(({ draftId }) => confirmCompensation(app, asStaff(), { draftId })));
    expect(a).toMatchObject({ entryNumber: 1 });
    expect(b).toMatchObject({ refused: 'amount_over_limit' });
  });

  it('is the server’s own where it has set one', async () => {
    const app = await shop();
    await app.store.transact(async (tx) => {
      const settings = await tx.get('settings', guild);
      if (settings) await tx.put('settings', { ...settings, staffDailyLimit: { minor: 499, currency: 'CNY' } });
    });
    expect(await quoteCompensation(app, asStaff(), stockOut())).toEqual({
      refused: 'amount_over_limit',
      data: { leftMinor: 499, limitMinor: 499, currency: 'CNY' },
    });
  });
});
