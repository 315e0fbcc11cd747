// Injected faults and rate limits, as the real client meets them.
import { describe, expect, it } from 'vitest';
import { request, startBot, startShop } from './support.ts';

const SEND = 'POST /channels/:channel/messages';

async function sending(client: object = {}) {
  const shop = await startShop();
  const bot = await startBot(shop.discord, { client: { rest: { retries: 3, ...client } } });
  const target = await bot.channels.fetch(shop.channel.id);
  if (!target?.isSendable()) throw new Error('not sendable');
  return { ...shop, target };
}

describe('faults', () => {
  it('a 429 is waited for and tried again', async () => {
    const { discord, target, channel } = await sending();
    const fault = discord.faults.add({ route: SEND, retryAfter: 0.05, scope: 'shared', times: 2 });
    await target.send('x');
    expect(fault.hits()).toBe(2);
    expect(discord.messages(channel)).toHaveLength(1);
    expect(discord.refusals.map(({ status, error }) => [status, error])).toEqual(
      Array(2).fill([429, { message: 'You are being rate limited.', retry_after: 0.05, global: false, code: 0 }]),
    );
  });

  it('a 5xx is tried again; when it goes on, it is an error', async () => {
    const { discord, target, channel } = await sending();
    discord.faults.add({ route: SEND, status: 503, times: 2 });
    await target.send('x');
    expect(discord.messages(channel)).toHaveLength(1);
    const fault = discord.faults.add({ route: /messages$/, status: 500, times: Number.POSITIVE_INFINITY });
    await expect(target.send('y')).rejects.toMatchObject({ status: 500 });
    fault.remove();
    await target.send('z');
    expect(discord.messages(channel).map(({ content }) => content)).toEqual(['x', 'z']);
  });

  it('a connection dropped before the effect leaves nothing', async () => {
    const { discord, target, channel } = await sending({ retries: 0 });
    discord.faults.add({ route: SEND, drop: true });
    await expect(target.send('x')).rejects.toThrow();
    expect(discord.messages(channel)).toEqual([]);
  });

  it('a lost answer is a message sent twice, unless a nonce is enforced', async () => {
    const { discord, target, channel } = await sending();
    discord.faults.add({ route: SEND, drop: true, afterEffect: true });
    await target.send('twice');
    expect(discord.messages(channel)).toHaveLength(2);
    discord.faults.add({ route: SEND, status: 502, afterEffect: true });
    await target.send({ content: 'once', nonce: 'n', enforceNonce: true });
    expect(discord.messages(channel).filter(({ content }) => content === 'once')).toHaveLength(1);
  });

  it('a slow answer comes late', async () => {
    const { discord, target } = await sending({ timeout: 30, retries: 0 });
    discord.faults.add({ route: SEND, latencyMs: 300 });
    await expect(target.send('x')).rejects.toThrow();
  });
});

describe('rate limits', () => {
  it('are told in headers, per channel', async () => {
    const { discord, channel } = await startShop({ rateLimits: 'discord' });
    const path = `/channels/${channel.id}/messages`;
    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push(await request(discord, 'POST', path, { content: `${i}` }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['4', '3', '2', '1', '0', '0']);
    const last = answers[5];
    expect(last?.headers.get('x-ratelimit-scope')).toBe('user');
    expect(last?.json).toMatchObject({ global: false, retry_after: expect.any(Number) });
    expect(answers[0]?.headers.get('x-ratelimit-bucket')).toBe(last?.headers.get('x-ratelimit-bucket'));
  });

  it('a request without the token is 401, an unknown route 404', async () => {
    const { discord } = await startShop();
    const noToken = await request(discord, 'GET', '/users/@me', undefined, { Authorization: 'Bot wrong' });
    expect(noToken).toMatchObject({ status: 401, json: { code: 0, message: '401: Unauthorized' } });
    expect(await request(discord, 'GET', '/nowhere')).toMatchObject({ status: 404, json: { code: 0 } });
    expect(discord.refusals.map(({ status }) => status)).toEqual([401, 404]);
  });

  it.each([
    ['no JSON', 'application/json', '{', 400, 50109],
    ['no form', 'multipart/form-data; boundary=x', 'nonsense', 400, 50109],
    ['a body without end', 'application/json', `"${'x'.repeat(27 * 1024 * 1024)}"`, 413, 40005],
  ])('%s is refused', async (_, type, body, status, code) => {
    const { discord, channel } = await startShop();
    const response = await fetch(`${discord.url}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bot ${discord.token}`, 'Content-Type': type },
      body,
    });
    expect({ status: response.status, json: await response.json() }).toMatchObject({ status, json: { code } });
  });
});
