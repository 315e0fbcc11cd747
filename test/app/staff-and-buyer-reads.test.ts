// What is read without being changed: wallet, case file, policy; and the two small things written beside.
import { describe, expect, it } from 'vitest';
import { addNote, caseFile } from '../../src/app/case-file.ts';
import { openRefund } from '../../src/app/open-refund.ts';
import { rememberLocale } from '../../src/app/person.ts';
import { listPolicies, showPolicy } from '../../src/app/policy.ts';
import { wallet } from '../../src/app/wallet.ts';
import type { Voucher } from '../../src/domain/ledger/voucher.ts';
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

const first = order(1, linkedTo(buyer(1)));

function voucher(id: string, more: Partial<Voucher> = {}): Voucher {
  return {
    id,
    guildId: guild,
    merchantId: 'lin',
    orderId: first.id,
    orderNumber: first.number,
    buyerId: buyer(1),
    amountMinor: 500,
    currency: 'CNY',
    minSpendMinor: 0,
    reason: 'out_of_stock',
    issuedAt: 1,
    expiresAt: Date.parse('2076-11-20T23:59:59.999+08:00'),
    entryNumber: 1,
    ...more,
  };
}

describe('wallet', () => {
  it('is one’s own: valid vouchers by expiry, expired ones apart, refunds, sums by currency', async () => {
    const app = testApp();
    const now = app.clock.now();
    await setUpShop(app, { orders: [first] });
    await app.store.transact(async (tx) => {
      await tx.put('vouchers', voucher('late'));
      await tx.put('vouchers', voucher('last moment', { expiresAt: now, amountMinor: 300 }));
      await tx.put('vouchers', voucher('gone', { expiresAt: now - 1 }));
      await tx.put('vouchers', voucher('dollars', { currency: 'USD', amountMinor: 100 }));
      await tx.put('vouchers', voucher('another’s', { buyerId: buyer(2) }));
      await tx.put('vouchers', voucher('elsewhere', { guildId: '100000000000000002' }));
      await openRefund(app, tx, { order: first, kind: 'full', amountMinor: 6800, by: buyer(1), now, pack: pddPack });
    });
    const held = await wallet(app, ask(buyer(1)));
    if ('refused' in held) throw new Error(held.refused);
    expect(held.vouchers.map(({ id }) => id)).toEqual(['last moment', 'dollars', 'late']);
    expect(held.expired.map(({ id }) => id)).toEqual(['gone']);
    expect(held.refunds).toMatchObject([{ amountMinor: 6800, state: 'due' }]);
    expect(held.totalsByCurrency).toEqual({ CNY: 800, USD: 100 });
    expect(await wallet(app, ask(buyer(9)))).toEqual({ vouchers: [], expired: [], refunds: [], totalsByCurrency: {} });
  });
});

describe('the case file', () => {
  it('tells all in order of time, to staff alone', async () => {
    const app = testApp();
    await setUpShop(app, { orders: [{ ...first, importedBy: staffMember }, order(2)] });
    const about = { order: first.number };
    await addNote(app, asStaff(), { ...about, text: ' called twice ' });
    app.clock.advance(1000);
    await app.store.transact((tx) =>
      openRefund(app, tx, {
        order: first,
        kind: 'full',
        amountMinor: 6800,
        by: buyer(1),
        now: app.clock.now(),
        pack: pddPack,
      }),
    );
    app.clock.advance(1000);
    await addNote(app, asStaff(), { ...about, text: 'promised a call' });
    await addNote(app, asStaff(), { order: order(2).number, text: 'another order' });

    const file = await caseFile(app, asStaff(), about);
    if ('refused' in file) throw new Error(file.refused);
    expect(file.merchantName).toBe('林记');
    expect(file.entries.map(({ kind, by, data }) => [kind, by, data.text])).toEqual([
      ['imported', staffMember, undefined],
      ['note', staffMember, 'called twice'],
      ['refund_opened', buyer(1), undefined],
      ['note', staffMember, 'promised a call'],
    ]);
    expect(file.ledger).toHaveLength(1);
    expect(file.refunds).toHaveLength(1);
    expect(file.notices).toHaveLength(1);

    for (const request of [ask(buyer(1)), asMerchant()]) {
      expect(await caseFile(app, request, about)).toMatchObject({ refused: 'not_allowed' });
      expect(await addNote(app, request, { ...about, text: 'x' })).toMatchObject({ refused: 'not_allowed' });
    }
  });

  it('takes no empty note and none without end', async () => {
    const app = testApp();
    await setUpShop(app, { orders: [first] });
    const note = (text: string) => addNote(app, asStaff(), { order: first.number, text });
    expect(await note(' \n ')).toMatchObject({ refused: 'text_missing' });
    expect(await note('x'.repeat(1001))).toMatchObject({ refused: 'text_too_long', data: { max: 1000 } });
  });
});

describe('policy', () => {
  it('shows everyone the pack in force and any other by name, and staff the list', async () => {
    const other = { ...pddPack, id: 'other' };
    const app: TestApp = { ...testApp(), policies: policyBook(pddPack, other) };
    expect(await showPolicy(app, ask(buyer(1)))).toMatchObject({ id: 'pdd', inForce: true });
    expect(await showPolicy(app, ask(buyer(1)), { pack: 'other' })).toMatchObject({ id: 'other', inForce: false });
    expect(await showPolicy(app, ask(buyer(1)), { pack: 'x' })).toMatchObject({ refused: 'policy_unknown' });
    await setUpShop(app, { orders: [first] });
    expect(await listPolicies(app, ask(buyer(1)))).toMatchObject({ refused: 'not_allowed' });
    expect(await listPolicies(app, asStaff())).toEqual({ packs: [pddPack, other], inForce: 'pdd' });
  });
});

describe('rememberLocale', () => {
  it('writes only what changed, keeps what else is known, and outlasts a store that cannot be written', async () => {
    const app = testApp();
    await app.store.transact((tx) => tx.put('people', { userId: buyer(1), dmClosedAt: 5 }));
    await rememberLocale(app, buyer(1), 'en-US');
    expect(app.store.all('people')).toEqual([
      { userId: buyer(1), dmClosedAt: 5, locale: 'en-US', seenAt: app.clock.now() },
    ]);
    const before = app.store.all('people')[0];
    app.clock.advance(29 * dayMs);
    await rememberLocale(app, buyer(1), 'en-US');
    expect(app.store.all('people')[0]).toBe(before);
    app.clock.advance(dayMs);
    await rememberLocale(app, buyer(1), 'en-US');
    expect(app.store.all('people')[0]?.seenAt).toBe(app.clock.now());
    app.store.broken = true;
    await rememberLocale(app, buyer(1), 'en-US');
    await rememberLocale(app, buyer(1), 'zh-CN');
    expect(app.store.all('people')[0]?.locale).toBe('en-US');
  });
});
