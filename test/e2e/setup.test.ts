// /setup through the real client: a new server becomes a shop, and says plainly what it did not understand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

let shop: TestBot;
let english: PersonView;
beforeAll(async () => {
  shop = await startTestBot({ setUp: false });
  english = shop.discord.person(shop.manager.id, { locale: 'en-US' });
});
afterAll(() => shop?.stop());

async function run(path: string, options: object = {}, person = shop.manager): Promise<string> {
  const asked = await person.command(shop.here, path, options as never);
  await asked.response();
  expect(asked.ephemeral).toBe(true);
  return textOf(asked.message, person === english ? 'en-US' : 'zh-CN');
}

const settings = () => shop.app.store.read((tx) => tx.get('settings', shop.guildId));

describe('/setup', () => {
  it('tells a manager of a new server where to begin', async () => {
    expect(await run('/help')).toContain('/设置 客服');
    const shown = await run('/setup show');
    expect(shown).toContain('还没有商家');
    expect(shown).toContain('还没有客服频道');
  });

  it('sets who the staff are, with their channel and daily limit', async () => {
    const text = await run('/setup staff', { role: shop.staffRoleId, channel: shop.staffChannelId, limit: '500.00' });
    expect(text).toContain('客服设好了');
    expect(text).toContain('¥500.00');
    const staffDailyLimit = { minor: 50_000, currency: 'CNY' };
    expect(await settings()).toMatchObject({ staffRoleId: shop.staffRoleId, staffDailyLimit });
  });

  it('says what to do where there is no channel yet', async () => {
    const text = await run('/setup staff', { role: shop.staffRoleId, limit: 'lots' }, english);
    expect(text).toContain('not an amount');
  });

  it('adds a merchant, then another member to it', async () => {
    const added = await run('/setup merchant', {
      id: 'linji',
      name: '林记',
      member: shop.merchant.id,
      language: 'zh-CN',
    });
    expect(added).toContain('林记');
    const again = await run('/setup merchant', { id: 'linji', name: 'Lin & Co', channel: shop.shopChannelId }, english);
    expect(again).toContain('Lin & Co');
    const merchant = await shop.app.store.read((tx) => tx.get('merchants', `${shop.guildId}/linji`));
    expect(merchant).toMatchObject({ memberIds: [shop.merchant.id], channelId: shop.shopChannelId });
    expect(await run('/setup merchant', { id: 'lin ji', name: 'x' }, english)).toContain('letters, digits');
  });

  it('takes a member out of a merchant again', async () => {
    const without = { id: 'linji', name: 'Lin & Co', 'remove-member': shop.merchant.id };
    expect(await run('/setup merchant', without, english)).toContain('Nobody acts for it');
    await run('/setup merchant', { id: 'linji', name: 'Lin & Co', member: shop.merchant.id });
  });

  it('sets reminders, for the server or for one merchant', async () => {
    const text = await run('/setup reminders', {
      before: '12h,30m',
      'quiet-hours': '22:00-08:00',
      timezone: 'Asia/Tokyo',
    });
    expect(text).toContain('12 小时、30 分钟');
    expect(text).toContain('22:00–08:00');
    expect(await run('/setup reminders', { merchant: 'linji', before: '2h' }, english)).toContain('2 hours');
    expect(await run('/setup reminders', { before: 'soon' }, english)).toContain('not a length of time');
    expect(await run('/setup reminders', { 'quiet-hours': '25:00-08:00' }, english)).toContain('quiet hours');
    expect(await run('/setup reminders', { timezone: 'Mars/Base' }, english)).toContain('not a time zone');
    expect(await run('/setup reminders', { merchant: 'nobody', before: '2h' }, english)).toContain('There are: linji');
  });

  it('puts a rule book in force', async () => {
    expect(await run('/setup policy', { pack: 'pdd' })).toContain('规则换成');
    expect(await run('/setup policy', { pack: 'nothing' }, english)).toContain('There are: pdd');
  });

  it('records a deposit once, also when the event is replayed', async () => {
    expect(await run('/setup deposit', { merchant: 'linji', amount: '1240' })).toContain('¥0.00 → ¥1,240.00');
    shop.discord.gateway.repeat('INTERACTION_CREATE');
    expect(await run('/setup deposit', { merchant: 'linji', amount: '-5' }, english)).toContain('not an amount');
    expect(await run('/setup show', {}, english)).toContain('balance ¥1,240.00');
  });

  it('suggests packs, merchants and time zones', async () => {
    const zones = await shop.manager.autocomplete(shop.here, '/setup reminders', 'timezone', 'new york');
    expect(zones.map(({ value }) => value)).toContain('America/New_York');
    const merchants = await shop.manager.autocomplete(shop.here, '/setup deposit', 'merchant', 'lin');
    expect(merchants.map(({ value }) => value)).toEqual(['linji']);
    const packs = await shop.manager.autocomplete(shop.here, '/setup policy', 'pack', '');
    expect(packs.map(({ value }) => value)).toEqual(['pdd']);
  });

  it('is not even shown to people without Manage Server', async () => {
    await expect(shop.newBuyer('mei').command(shop.here, '/setup show')).rejects.toThrow();
  });

  it('is refused by Discord in no request', () => {
    expect(shop.discord.refusals).toEqual([]);
    expect(shop.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a channel closed to the bot', () => {
  const closed = (access: 'full' | 'read-only' | 'hidden', channel = shop.shopChannelId) =>
    shop.discord.world.setChannelAccess(channel, access);
  const merchant = () => ({ id: 'linji', name: '林记', channel: shop.shopChannelId });

  it('is set all the same, and what to allow is said at once, in the reader’s language', async () => {
    closed('hidden', shop.staffChannelId);
    const asked = { role: shop.staffRoleId, channel: shop.staffChannelId };
    const text = await run('/setup staff', asked);
    expect(text).toContain('客服设好了');
    expect(text).toMatch(/还不能在 #\d+ 发消息.*允许它：查看频道。/);
    expect(await settings()).toMatchObject({ staffChannelId: shop.staffChannelId });
    closed('read-only', shop.staffChannelId);
    expect(await run('/setup staff', { role: shop.staffRoleId }, english)).toMatch(
      /cannot write in #.*: Send Messages\./,
    );
    closed('full', shop.staffChannelId);
    expect(await run('/setup staff', asked, english)).not.toContain('cannot');
  });

  it('of a merchant also where only private threads are lacking', async () => {
    closed('read-only');
    const all = /cannot write in #.*: Send Messages, Create Private Threads, Send Messages in Threads\./;
    expect(await run('/setup merchant', merchant(), english)).toMatch(all);
    closed('full');
    expect(await run('/setup merchant', merchant(), english)).not.toContain('cannot');
    const { world } = shop.discord;
    world.channel(shop.shopChannelId).overwrites.splice(0);
    world.setRolePermissions(shop.guildId, shop.guildId, ['viewChannel', 'sendMessages', 'useApplicationCommands']);
    expect(await run('/setup merchant', merchant())).toMatch(/开私密子区.*创建私密子区、在子区内发送消息。/);
  });

  it.each([
    ['in trouble', { status: 500, times: 9 }],
    ['unreachable', { drop: true, times: 9 }],
    ['slow', { latencyMs: 10_000 }],
  ])('is not waited to be found out while Discord is %s', async (_, trouble) => {
    closed('hidden');
    const fault = shop.discord.faults.add({ route: 'GET /channels/:channel', ...trouble });
    const started = performance.now();
    const text = await run('/setup merchant', merchant(), english);
    expect(performance.now() - started).toBeLessThan(8000);
    expect(fault.hits()).toBeGreaterThan(0);
    expect(text).toContain('Merchant 林记');
    expect(text).not.toContain('cannot');
    shop.discord.faults.clear();
  });
});
