// The Messenger on discord.js' own REST client, against the local Discord.
import { DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/app/ports.ts';
import { type MessageBody, textCard } from '../../src/discord/card.ts';
import { notDelivered } from '../../src/discord/message-errors.ts';
import { createMessenger } from '../../src/discord/messenger.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import { startShop, TOKEN } from '../playground/support.ts';

const now = Date.UTC(2026, 10, 20);

function notice(id: string, kind: Notice['kind'] = 'trouble_reported'): Notice {
  return {
    id,
    key: id,
    guildId: '100000000000000001',
    kind,
    to: { type: 'staff' },
    data: {},
    createdAt: now,
    state: 'pending',
    nextAttemptAt: now,
    attempts: 1,
  };
}

async function setUp(body: MessageBody | undefined = textCard('good', { text: 'Hello' } as never).body) {
  const shop = await startShop();
  const rest = new REST({ api: shop.discord.url }).setToken(TOKEN);
  const clock = { at: now, now: () => clock.at };
  return {
    ...shop,
    clock,
    messenger: createMessenger({ rest, render: async () => body, clock, canSee: async () => true }),
  };
}

const texts = (messages: readonly { components: unknown[] }[]) =>
  messages.map(({ components }) => JSON.stringify(components));

describe('a notice', () => {
  test('goes to a DM, once under its nonce', async () => {
    const { messenger, ann } = await setUp();
    const target: Target = { type: 'dm', userId: ann.id };
    const first = await messenger.send(target, notice('n1'), 'zh-CN');
    expect(first).toMatchObject({ ok: true });
    expect(await messenger.send(target, notice('n1'), 'zh-CN')).toEqual(first);
    await messenger.send(target, notice('n2'), 'zh-CN');
    expect(texts(ann.dms())).toEqual([expect.stringContaining('Hello'), expect.stringContaining('Hello')]);
  });

  test('goes to a channel, pinging nobody', async () => {
    const { messenger, discord, channel } = await setUp();
    const sent = await messenger.send({ type: 'channel', channelId: channel.id }, notice('n1'), 'zh-CN');
    const [message] = discord.messages(channel);
    expect(sent).toEqual({ ok: true, channelId: channel.id, messageId: message?.id });
    expect(message?.mentions).toEqual([]);
  });

  test('goes to a private thread, where the person is added and mentioned, also once it is archived', async () => {
    const { messenger, discord, world, guild, channel, ann, bob } = await setUp();
    world.setChannelAccess(channel, 'read-only', bob.id);
    const thread = await messenger.openThread(channel.id, '260517-600000000000001', ann.id);
    if (!thread.ok) throw new Error('no thread');
    const target: Target = { type: 'thread', channelId: thread.channelId, userId: ann.id };
    expect(await messenger.send(target, notice('n1'), 'zh-CN')).toMatchObject({
      ok: true,
      channelId: thread.channelId,
    });
    const opened = world.channel(thread.channelId);
    if (opened.thread) opened.thread.archived = true;
    expect(await messenger.send(target, notice('n2'), 'zh-CN')).toMatchObject({ ok: true });
    const messages = discord.messages(thread.channelId);
    expect(messages.map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([[ann.id], [ann.id]]);
    const bodies = discord.requests.flatMap(({ route, body }) => (/messages$/.test(route) ? [body] : []));
    const nobodyElse = { parse: [], users: [ann.id] };
    expect(bodies).toEqual([1, 2].map(() => expect.objectContaining({ allowed_mentions: nobodyElse })));
    expect(ann.channels(guild).map(({ id }) => id)).toContain(thread.channelId);
    expect(bob.channels(guild).map(({ id }) => id)).not.toContain(thread.channelId);
  });

  test('that has nothing left to say is not sent', async () => {
    const { discord, ann } = await setUp();
    const messenger = createMessenger({
      rest: new REST({ api: discord.url }),
      render: async () => undefined,
      clock: { now: () => now },
      canSee: async () => true,
    });
    const sent = await messenger.send({ type: 'dm', userId: ann.id }, notice('n1'), 'zh-CN');
    expect(sent).toEqual({ ok: false, why: 'obsolete' });
    expect(discord.requests).toEqual([]);
  });

  test('whose answer is lost on the way is one message', async () => {
    const { messenger, discord, ann } = await setUp();
    discord.faults.add({ route: /POST \/channels\/.*messages/, drop: true, afterEffect: true });
    await messenger.send({ type: 'dm', userId: ann.id }, notice('n1'), 'zh-CN');
    await messenger.send({ type: 'dm', userId: ann.id }, notice('n1'), 'zh-CN');
    expect(ann.dms()).toHaveLength(1);
  });
});

describe('what cannot be delivered', () => {
  test('is told apart', async () => {
    const { messenger, discord, world, guild, channel, ann } = await setUp();
    const dm: Target = { type: 'dm', userId: ann.id };
    world.closeDms(ann.id);
    expect(await messenger.send(dm, notice('n1'), 'zh-CN')).toEqual({ ok: false, why: 'dm_closed' });
    world.closeDms(ann.id, false);
    discord.faults.add({ route: /messages/, status: 502, times: 4 });
    expect(await messenger.send(dm, notice('n1'), 'zh-CN')).toEqual({ ok: false, why: 'later' });
    expect(await messenger.send(dm, notice('n1'), 'zh-CN')).toMatchObject({ ok: true });
    expect(await messenger.send({ type: 'dm', userId: '999999999999999999' }, notice('n3'), 'zh-CN')).toMatchObject({
      ok: false,
      why: 'gone',
    });
    world.setChannelAccess(channel, 'read-only');
    const there: Target = { type: 'channel', channelId: channel.id };
    expect(await messenger.send(there, notice('n4'), 'zh-CN')).toEqual({ ok: false, why: 'forbidden' });
    expect(await messenger.openThread(channel.id, 'x', '1')).toEqual({ ok: false, why: 'forbidden' });
    const gone = world.addChannel(guild, { name: 'gone' });
    world.removeChannel(gone);
    expect(await messenger.send({ type: 'channel', channelId: gone.id }, notice('n5'), 'zh-CN')).toMatchObject({
      why: 'gone',
    });
  });

  test('does not knock again at once at a channel that refused', async () => {
    const { messenger, discord, world, channel, clock } = await setUp();
    world.setChannelAccess(channel, 'hidden');
    const there: Target = { type: 'channel', channelId: channel.id };
    const refused = { ok: false, why: 'forbidden' };
    expect(await messenger.send(there, notice('n1'), 'zh-CN')).toEqual(refused);
    world.setChannelAccess(channel, 'full');
    const requests = discord.requests.length;
    expect(await messenger.send(there, notice('n2'), 'zh-CN')).toEqual(refused);
    expect(discord.requests).toHaveLength(requests);
    clock.at += 5 * 60_000;
    expect(await messenger.send(there, notice('n2'), 'zh-CN')).toMatchObject({ ok: true });
  });

  test('because we sent what Discord refuses is a bug, told without what was in it', async () => {
    const components = [
      {
        type: 17,
        components: [
          { type: 10, content: '' },
          { type: 10, content: '王小明' },
        ],
      },
    ] as never;
    const { messenger, ann } = await setUp({ flags: 32_768, components, allowed_mentions: { parse: [] } });
    const failure = messenger.send({ type: 'dm', userId: ann.id }, notice('n1'), 'zh-CN');
    await expect(failure).rejects.toThrow(/Discord refused a message: 400/);
    const error: unknown = await failure.catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(DiscordAPIError);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('王小明');
  });
});

describe('an error means', () => {
  const api = (code: number, status: number) =>
    new DiscordAPIError({ code, message: 'x' }, code, status, 'POST', 'https://discord.com', { body: {}, files: [] });
  const withCode = (code: string) => Object.assign(new Error(code), { code });
  const limits = {
    timeToReset: 0,
    limit: 1,
    method: 'POST',
    hash: '',
    url: '',
    route: '',
    majorParameter: '',
    global: false,
    retryAfter: 7000,
    sublimitTimeout: 0,
    scope: 'user',
  } as const;

  test.each([
    [api(50007, 403), { ok: false, why: 'dm_closed' }],
    [api(50278, 403), { ok: false, why: 'dm_closed' }],
    [api(10003, 404), { ok: false, why: 'gone' }],
    [api(10013, 404), { ok: false, why: 'gone' }],
    [api(50001, 403), { ok: false, why: 'forbidden' }],
    [api(50013, 403), { ok: false, why: 'forbidden' }],
    [api(160006, 400), { ok: false, why: 'forbidden' }],
    [api(0, 403), { ok: false, why: 'forbidden' }],
    [api(0, 404), { ok: false, why: 'gone' }],
    [api(0, 401), { ok: false, why: 'later', retryAfterMs: 600_000 }],
    [api(40003, 400), { ok: false, why: 'later', retryAfterMs: 600_000 }],
    [api(0, 500), { ok: false, why: 'later' }],
    [api(50035, 400), undefined],
    [new HTTPError(503, 'x', 'POST', '', { body: {}, files: [] }), { ok: false, why: 'later' }],
    [new HTTPError(418, 'x', 'POST', '', { body: {}, files: [] }), undefined],
    [new RateLimitError(limits), { ok: false, why: 'later', retryAfterMs: 7000 }],
    [withCode('ECONNRESET'), { ok: false, why: 'later' }],
    [withCode('UND_ERR_SOCKET'), { ok: false, why: 'later' }],
    [withCode('ERR_INVALID_ARG_TYPE'), undefined],
    [new DOMException('x', 'AbortError'), { ok: false, why: 'later' }],
    [new TypeError('a bug'), undefined],
  ])('%s', (error, expected) => {
    expect(notDelivered(error)).toEqual(expected);
  });
});
