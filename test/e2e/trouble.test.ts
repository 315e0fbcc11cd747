// The door itself under trouble: a slow store, a broken one, lost answers, bugs, and a connection that comes and goes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { StoreUnavailableError } from '../../src/app/ports.ts';
import { startBot } from '../../src/bot.ts';
import { startTestBot, type TestBot, textOf } from '../support/bot.ts';

const hour = 3_600_000;
const faults = { delayMs: 0, broken: false, bug: false };

function troubled(inner: Store): Store {
  const wait = () => new Promise((resolve) => setTimeout(resolve, faults.delayMs));
  return {
    async read(work) {
      if (faults.delayMs > 0) await wait();
      if (faults.bug)
        throw new Error('a bug with Bot token MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz1');
      return inner.read(work);
    },
    async transact(work) {
      if (faults.delayMs > 0) await wait();
      if (faults.broken) throw new StoreUnavailableError('no space left on device');
      return inner.transact(work);
    },
    close: () => inner.close(),
  };
}

const isDeferral = (body: unknown) => typeof body === 'object' && body !== null && 'type' in body && body.type === 5;

let shop: TestBot;
beforeAll(async () => {
  shop = await startTestBot({ store: troubled, deferAfterMs: 100 });
});
afterAll(() => shop?.stop());

let orders = 0;
async function lateOrder(userId: string) {
  const now = shop.clock.now();
  return shop.putOrder({
    number: `5000${++orders}`,
    buyer: { userId, linkedAt: now, by: 'proof' },
    shipBy: { at: now - hour, basis: 'promised' },
    trouble: { incidentId: 'i', kind: 'delay', reason: 'weather', newShipAt: now + 100 * hour, reportedAt: now },
  });
}

async function cleanly<T>(trouble: Partial<typeof faults>, work: () => Promise<T>): Promise<T> {
  Object.assign(faults, trouble);
  try {
    return await work();
  } finally {
    Object.assign(faults, { delayMs: 0, broken: false, bug: false });
  }
}

describe('a slow store', () => {
  it('is waited for behind a deferral, for commands and for buttons', async () => {
    const mei = shop.newBuyer('mei');
    const order = await lateOrder(mei.id);
    await cleanly({ delayMs: 300 }, async () => {
      const asked = await mei.command(shop.here, '/order status');
      await asked.response();
      expect(asked.ephemeral).toBe(true);
      expect(textOf(asked.message)).toContain(order.number);
      expect(shop.discord.requests.some(({ body }) => isDeferral(body))).toBe(true);
      const question = await mei.press(asked, '退款 ¥68.00');
      await question.response();
      expect(textOf(question.message)).toContain('退款 ¥68.00？');
    });
  });

  it('suggests nothing rather than too late', async () => {
    const mei = shop.newBuyer('mei');
    await cleanly({ delayMs: 300 }, async () => {
      expect(await mei.autocomplete(shop.here, '/order status', 'order', '5')).toEqual([]);
    });
  });
});

describe('a store that cannot be written', () => {
  it('is said so, and nothing changes', async () => {
    const mei = shop.newBuyer('mei');
    const order = await lateOrder(mei.id);
    const asked = await mei.command(shop.here, '/order status');
    await asked.response();
    const label = /等到 11月2\d日/.exec(textOf(asked.message))?.[0] ?? '';
    await cleanly({ broken: true }, async () => {
      const pressed = await mei.press(asked, label);
      await pressed.response();
      expect(textOf(pressed.message)).toContain('现在存不了');
    });
    expect(await shop.order(order.id)).toEqual(order);
  });
});

describe('a bug', () => {
  it('shows a reference number that is in the log, and the bot goes on', async () => {
    const mei = shop.newBuyer('mei');
    await cleanly({ bug: true }, async () => {
      const asked = await mei.command(shop.here, '/order status');
      await asked.response();
      const reference = /`([0-9A-Z]{8})`/.exec(textOf(asked.message))?.[1];
      expect(reference).toBeDefined();
      expect(shop.logged.some(({ fields }) => 'reference' in fields && fields.reference === reference)).toBe(true);
    });
    const asked = await mei.command(shop.here, '/help');
    await asked.response();
    expect(textOf(asked.message)).toContain('/订单 状态');
  });
});

describe('a wrong token', () => {
  it('stops the start with a plain sentence', async () => {
    const discord = { token: 'wrong', apiUrl: shop.discord.url };
    await expect(startBot({ discord, app: shop.app, sweepCron: '0 0 1 1 *' })).rejects.toThrow(
      'does not take DISCORD_TOKEN',
    );
  });
});

describe('Discord in trouble', () => {
  it.each([
    ['gone', 404, 10062],
    ['answered already', 400, 40060],
  ])('counts an answer that found the interaction %s as lost, and does nothing again', async (_, status, code) => {
    const mei = shop.newBuyer('mei');
    const order = await lateOrder(mei.id);
    const asked = await mei.command(shop.here, '/order status');
    await asked.response();
    const before = shop.logged.length;
    const logged = () => shop.logged.slice(before).map(({ message }) => message);
    shop.discord.faults.add({
      route: 'POST /interactions/:interaction/:token/callback',
      status,
      body: { code, message: 'x' },
    });
    const label = /等到 11月2\d日/.exec(textOf(asked.message))?.[0] ?? '';
    await mei.press(asked, label);
    await shop.discord.until(() => logged().some((message) => message.startsWith('answer lost')));
    expect((await shop.order(order.id))?.version).toBe(order.version + 1);
    expect(logged()).not.toContain('a handler failed');
  });

  it('is still answered after the connection dropped', async () => {
    const mei = shop.newBuyer('mei');
    const order = await lateOrder(mei.id);
    shop.discord.gateway.drop();
    const asked = await mei.command(shop.here, '/order status');
    await asked.response();
    expect(textOf(asked.message)).toContain(order.number);
  });

  it('passes over events that are not formed as Discord forms them', async () => {
    const everyone = { intents: 0, guildId: null };
    const before = shop.logged.length;
    for (const event of [
      'GUILD_MEMBER_UPDATE',
      'GUILD_ROLE_UPDATE',
      'GUILD_CREATE',
      'MESSAGE_CREATE',
      'NEVER_HEARD_OF',
    ]) {
      for (const data of [null, {}, { id: 5 }]) {
        shop.discord.gateway.dispatch(event, () => data as object, everyone);
      }
    }
    const asked = await shop.newBuyer('mei').command(shop.here, '/help');
    await asked.response();
    expect(shop.logged.slice(before).map(({ message }) => message)).toContain('an event could not be read');
  });
});

describe('a channel whose past the bot may not read', () => {
  it('has whoever mentions the bot answered all the same', async () => {
    const { world } = shop.discord;
    world.setRolePermissions(shop.guildId, shop.guildId, ['viewChannel', 'sendMessages']);
    const bot = shop.bot.botId() ?? '';
    const asked = await shop.newBuyer('mei').message(shop.here, `<@${bot}> 我的茶呢`);
    const answer = await shop.discord.until(() =>
      shop.discord
        .messages(shop.channelId)
        .find(({ author, id }) => author.id === bot && BigInt(id) > BigInt(asked.id)),
    );
    expect(textOf(answer)).toContain('/订单 状态');
  });
});
