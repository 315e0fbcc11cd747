import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/app/access.ts';
import type { Request } from '../../src/app/context.ts';
import { setupDeposit, setupMerchant, setupPolicy, setupStaff, showSetup } from '../../src/app/setup.ts';
import { setupReminders } from '../../src/app/setup-reminders.ts';
import { sweep } from '../../src/app/sweep.ts';
import {
  ask,
  asMerchant,
  asStaff,
  guild,
  merchantMember,
  pddPack,
  policyBook,
  staffRole,
  type TestApp,
  testApp,
} from '../support/app.ts';
import { buyer, hourMs, merchant, order, setUpShop } from '../support/orders.ts';

const asManager = (more: Partial<Request> = {}) => ask('500000000000000001', { manager: true, ...more });
const role = '200000000000000007';
const channel = '600000000000000001';

const settings = (app: TestApp) => app.store.all('settings')[0];

describe('every /setup', () => {
  it('is for holders of Manage Server alone', async () => {
    const app = testApp();
    await setUpShop(app);
    const request = asStaff();
    const answers = [
      await setupStaff(app, request, { roleId: role }),
      await setupMerchant(app, request, { id: 'x', name: 'X' }),
      await setupPolicy(app, request, { pack: 'pdd' }),
      await setupReminders(app, request, { before: '1h' }),
      await setupDeposit(app, request, { merchantId: 'lin', amount: '5' }),
      await showSetup(app, request),
    ];
    for (const answer of answers) expect(answer).toEqual({ refused: 'not_allowed', data: { needs: 'manager' } });
    expect(settings(app)?.staffRoleId).toBe(staffRole);
  });
});

describe('setupStaff', () => {
  it('sets role, channel and limit, and keeps what is not given', async () => {
    const app = testApp();
    await setupStaff(app, asManager(), { roleId: role, channelId: channel, limit: '200' });
    await setupStaff(app, asManager(), { roleId: staffRole });
    expect(settings(app)).toMatchObject({
      staffRoleId: staffRole,
      staffChannelId: channel,
      staffDailyLimit: { minor: 20_000, currency: 'CNY' },
      policyPack: 'pdd',
      reminders: { timeZone: 'Asia/Shanghai' },
    });
    await setupStaff(app, asManager(), { roleId: staffRole, limit: '0' });
    expect(settings(app)?.staffDailyLimit).toEqual({ minor: 0, currency: 'CNY' });
  });

  it('refuses a limit that is none, and everyone as staff', async () => {
    const app = testApp();
    expect(await setupStaff(app, asManager(), { roleId: role, limit: 'lots' })).toMatchObject({
      refused: 'amount_invalid',
    });
    expect(await setupStaff(app, asManager(), { roleId: guild })).toMatchObject({ refused: 'role_too_wide' });
    expect(settings(app)).toBeUndefined();
  });
});

describe('setupMerchant', () => {
  it('creates a merchant, then adds to it', async () => {
    const app = testApp();
    await setupMerchant(app, asManager(), { id: 'lin', name: '林记', memberId: '300000000000000002' });
    await setupMerchant(app, asManager(), { id: 'lin', name: ' Lin ', roleId: role, channelId: channel });
    await setupMerchant(app, asManager(), {
      id: 'lin',
      name: 'Lin',
      memberId: '300000000000000002',
      language: 'en-US',
    });
    expect(app.store.all('merchants')).toEqual([
      {
        guildId: guild,
        id: 'lin',
        name: 'Lin',
        memberIds: ['300000000000000002'],
        roleIds: [role],
        channelId: channel,
        language: 'en-US',
      },
    ]);
  });

  it('lets go of a member and of a role, who act for it no more', async () => {
    const app = testApp();
    await setUpShop(app, {
      merchants: [merchant({ memberIds: [buyer(1), merchantMember], roleIds: [role, staffRole] })],
    });
    const acts = async (request: Request) =>
      (await app.store.read((tx) => standingOf(tx, request))).merchants.length > 0;
    const byRole = ask(buyer(2), { roleIds: [role] });
    expect([await acts(asMerchant()), await acts(byRole)]).toEqual([true, true]);
    const removed = { removeMemberId: merchantMember, removeRoleId: role };
    const changed = await setupMerchant(app, asManager(), { id: 'lin', name: 'Lin', ...removed });
    expect(changed).toMatchObject({ memberIds: [buyer(1)], roleIds: [staffRole] });
    expect([await acts(asMerchant()), await acts(byRole)]).toEqual([false, false]);
    expect(await setupMerchant(app, asManager(), { id: 'lin', name: 'Lin', ...removed })).toEqual(changed);
  });

  it('the last one may go too; who is added and removed at once is not in it', async () => {
    const app = testApp();
    await setUpShop(app);
    const asked = { id: 'lin', name: 'Lin', memberId: buyer(1), removeMemberId: buyer(1), removeRoleId: guild };
    expect(await setupMerchant(app, asManager(), asked)).toMatchObject({ memberIds: [merchantMember] });
    const last = { id: 'lin', name: 'Lin', removeMemberId: merchantMember };
    expect(await setupMerchant(app, asManager(), last)).toMatchObject({ memberIds: [] });
  });

  it.each([
    [{ id: 'a/b' }, 'id_invalid'],
    [{ id: '' }, 'id_invalid'],
    [{ id: 'x'.repeat(33) }, 'id_invalid'],
    [{ name: '   ' }, 'text_missing'],
    [{ name: 'x'.repeat(81) }, 'text_too_long'],
    [{ roleId: guild }, 'role_too_wide'],
  ] as const)('refuses %j', async (more, code) => {
    const app = testApp();
    expect(await setupMerchant(app, asManager(), { id: 'lin', name: '林记', ...more })).toMatchObject({
      refused: code,
    });
    expect(app.store.all('merchants')).toEqual([]);
  });
});

describe('setupPolicy', () => {
  it('puts a pack at hand in force, and names those at hand where it is none', async () => {
    const other = { ...pddPack, id: 'other' };
    const app: TestApp = { ...testApp(), policies: policyBook(pddPack, other) };
    expect(await setupPolicy(app, asManager(), { pack: 'other' })).toEqual({ pack: 'other', version: pddPack.version });
    expect(settings(app)?.policyPack).toBe('other');
    expect(await setupPolicy(app, asManager(), { pack: 'made-up' })).toEqual({
      refused: 'policy_unknown',
      data: { packs: ['pdd', 'other'] },
    });
  });

  it('keeps what staff may give a day as it was set, also while one whose currency has no decimals is tried', async () => {
    const yen = { ...pddPack, id: 'yen', currency: 'JPY' };
    const app: TestApp = { ...testApp(), policies: policyBook(pddPack, yen) };
    await setupStaff(app, asManager(), { roleId: role, limit: '5000.50' });
    for (const pack of ['yen', 'pdd']) {
      await setupPolicy(app, asManager(), { pack });
      expect(settings(app)?.staffDailyLimit).toEqual({ minor: 500_050, currency: 'CNY' });
    }
  });
});

describe('setupDeposit and showSetup', () => {
  it('adds to the merchant’s balance, once a command', async () => {
    const app = testApp();
    await setUpShop(app);
    const request = asManager();
    const paidIn = await setupDeposit(app, request, { merchantId: 'lin', amount: '1240' });
    expect(paidIn).toMatchObject({ amountMinor: 124_000, balanceMinor: 124_000, currency: 'CNY', entryNumber: 1 });
    expect(await setupDeposit(app, request, { merchantId: 'lin', amount: '1240' })).toEqual(paidIn);
    expect(await setupDeposit(app, asManager(), { merchantId: 'lin', amount: '0.50' })).toMatchObject({
      balanceMinor: 124_050,
    });
    const shown = await showSetup(app, asManager());
    expect(shown).toMatchObject({
      settings: { staffRoleId: staffRole },
      merchants: [{ id: 'lin' }],
      balances: [{ account: 'merchant:lin', currency: 'CNY', amountMinor: 124_050 }],
    });
  });

  it('refuses an unknown merchant, naming those there are, and sums that are none', async () => {
    const app = testApp();
    await setUpShop(app);
    expect(await setupDeposit(app, asManager(), { merchantId: 'wang', amount: '5' })).toEqual({
      refused: 'merchant_unknown',
      data: { merchant: 'wang', merchants: ['lin'] },
    });
    for (const amount of ['0', '-5', '1.001']) {
      expect(await setupDeposit(app, asManager(), { merchantId: 'lin', amount })).toMatchObject({
        refused: 'amount_invalid',
      });
    }
    expect(app.store.all('ledger')).toEqual([]);
  });

  it('shows no other server', async () => {
    const app = testApp();
    await setUpShop(app);
    expect(await showSetup(app, asManager({ guildId: '100000000000000002' }))).toMatchObject({
      merchants: [],
      balances: [],
    });
  });
});

describe('setupReminders', () => {
  it('changes what is given, and switches quiet hours off', async () => {
    const app = testApp();
    await setUpShop(app);
    await setupReminders(app, asManager(), { before: '12h,2h', quietHours: '22:00-08:00' });
    await setupReminders(app, asManager(), { timeZone: 'Europe/Berlin' });
    expect(settings(app)?.reminders).toEqual({
      beforeMs: [12 * hourMs, 2 * hourMs],
      quietHours: { from: '22:00', to: '08:00' },
      timeZone: 'Europe/Berlin',
    });
    await setupReminders(app, asManager(), { quietHours: 'off' });
    expect(settings(app)?.reminders.quietHours).toBeUndefined();
  });

  it('gives a merchant its own, starting from the server’s', async () => {
    const app = testApp();
    await setUpShop(app);
    await setupReminders(app, asManager(), { before: '3h', merchantId: 'lin' });
    expect(app.store.all('merchants')[0]?.reminders).toEqual({ beforeMs: [3 * hourMs], timeZone: 'Asia/Shanghai' });
    expect(settings(app)?.reminders.beforeMs).toHaveLength(3);
  });

  it.each([
    [{ before: 'soon' }, 'duration_invalid'],
    [{ quietHours: 'night' }, 'quiet_hours_invalid'],
    [{ timeZone: 'Mars' }, 'timezone_invalid'],
    [{ before: '1h', merchantId: 'wang' }, 'merchant_unknown'],
  ] as const)('refuses %j and changes nothing', async (asked, code) => {
    const app = testApp();
    await setUpShop(app);
    const before = settings(app);
    expect(await setupReminders(app, asManager(), asked)).toMatchObject({ refused: code });
    expect(settings(app)).toEqual(before);
  });

  it('is carried on by the sweep where it was interrupted, and then is done', async () => {
    const app = testApp();
    const orders = Array.from({ length: 600 }, (_, at) => order(at + 1));
    await setUpShop(app, { orders, merchants: [merchant(), merchant({ id: 'wang' })] });
    const { transact } = app.store;
    let left = 2;
    app.store.transact = (work) => {
      app.store.broken = left-- <= 0;
      return transact(work);
    };
    expect(await setupReminders(app, asManager(), { before: '3h' })).toMatchObject({ beforeMs: [3 * hourMs] });
    const woken = () => app.store.all('orders').filter(({ wakeAt }) => wakeAt !== undefined).length;
    expect(woken()).toBe(500);
    left = 99;
    await sweep(app);
    expect(woken()).toBe(600);
    expect(app.store.all('merchants').map(({ rewake }) => rewake)).toEqual([undefined, undefined]);
    const before = JSON.stringify(app.store.all('orders'));
    await sweep(app);
    expect(JSON.stringify(app.store.all('orders'))).toBe(before);
  });

  it('has the sweep look at open orders of those it concerns when their new lead times come', async () => {
    const app = testApp();
    const [open, shipped, others] = [
      order(1),
      order(2, { state: 'shipped' }),
      order(3, { merchantId: 'wang' }),
    ] as const;
    const own = { beforeMs: [hourMs], timeZone: 'Asia/Shanghai' };
    await setUpShop(app, {
      orders: [open, shipped, others],
      merchants: [merchant(), merchant({ id: 'wang', reminders: own })],
    });
    await setupReminders(app, asManager(), { before: '3h' });
    const wakes = Object.fromEntries(app.store.all('orders').map(({ id, wakeAt, version }) => [id, [wakeAt, version]]));
    expect(wakes).toEqual({
      [open.id]: [(open.shipBy?.at ?? 0) - 3 * hourMs, 1],
      [shipped.id]: [undefined, 1],
      [others.id]: [undefined, 1],
    });
  });
});
