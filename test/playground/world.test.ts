// The world apart from any client: ids by the clock, what is seen by whom, waiting, and the log of requests.
import { GatewayIntentBits } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snowflakeSource, snowflakeTime } from '../../src/playground/local-discord/snowflake.ts';
import { INTENTS, request, startBot, startShop } from './support.ts';

describe('ids', () => {
  it('grow, never repeat, and tell their time, however the clock moves', () => {
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 50 }), (steps) => {
        let now = start;
        let latest = start;
        const next = snowflakeSource(() => now);
        let last = 0n;
        for (const step of steps) {
          now += step;
          latest = Math.max(latest, now);
          const id = next();
          expect(BigInt(id)).toBeGreaterThan(last);
          expect(snowflakeTime(id)).toBeLessThanOrEqual(latest);
          if (now === latest) expect(snowflakeTime(id)).toBe(now);
          last = BigInt(id);
        }
      }),
    );
  });

  it('stay unique when more are made in a millisecond than fit into one', () => {
    const next = snowflakeSource(() => Date.UTC(2026, 0, 1));
    const ids = Array.from({ length: 10_000 }, next);
    expect(new Set(ids).size).toBe(10_000);
  });

  it('and timestamps follow the clock that was given', async () => {
    const at = Date.UTC(2030, 5, 1, 12);
    const { discord, channel } = await startShop({ clock: { now: () => at } });
    const { json } = await request(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    expect(snowflakeTime(String(json.id))).toBe(at);
    expect(json.timestamp).toBe('2030-06-01T12:00:00.000000+00:00');
  });
});

describe('commands of one server', () => {
  it('are shown there and nowhere else', async () => {
    const { discord, world, guild, channel, ann } = await startShop();
    const other = world.addGuild({ name: 'Other' });
    const elsewhere = world.addChannel(other, { name: 'general' });
    world.addMember(other, ann);
    const client = await startBot(discord);
    await client.application.commands.set([{ name: 'here', description: 'x' }], guild.id);
    expect(ann.commands({ channel }).map(({ name }) => name)).toEqual(['here']);
    expect(ann.commands({ channel: elsewhere })).toEqual([]);
    expect(ann.commands('dm')).toEqual([]);
    expect(discord.commands(guild)).toHaveLength(1);
  });
});

describe('what the bot is told', () => {
  it('with the message content intent, everything that is written', async () => {
    const { discord, channel, ann } = await startShop({ privilegedIntents: ['messageContent'] });
    const heard: string[] = [];
    const client = await startBot(discord, { client: { intents: [...INTENTS, GatewayIntentBits.MessageContent] } });
    client.on('messageCreate', (message) => void heard.push(message.content));
    await ann.message({ channel }, 'among ourselves');
    await expect.poll(() => heard).toEqual(['among ourselves']);
  });

  it('nothing of a channel that is hidden from it', async () => {
    const { discord, world, channel, ann } = await startShop();
    const client = await startBot(discord);
    const heard: string[] = [];
    client.on('messageCreate', (message) => void heard.push(message.channelId));
    world.setChannelAccess(channel, 'hidden');
    await ann.message({ channel }, `<@${client.user.id}>`);
    const dm = await ann.message('dm', 'x');
    await expect.poll(() => heard).toEqual([dm.channel_id]);
  });
});

describe('mentions', () => {
  it('count only as far as they are allowed', async () => {
    const { discord, channel, ann, bob } = await startShop();
    const send = (allowed_mentions?: object) =>
      request(discord, 'POST', `/channels/${channel.id}/messages`, {
        content: `<@${ann.id}> <@${bob.id}> @everyone`,
        ...(allowed_mentions === undefined ? {} : { allowed_mentions }),
      });
    expect((await send()).json).toMatchObject({ mentions: [{ id: ann.id }, { id: bob.id }], mention_everyone: false });
    expect((await send({ parse: [] })).json).toMatchObject({ mentions: [] });
    expect((await send({ users: [bob.id] })).json).toMatchObject({ mentions: [{ id: bob.id }] });
  });
});

describe('until', () => {
  it('is woken by what happens, and says what did not', async () => {
    const { discord, channel, ann } = await startShop();
    const seen = discord.until(() => discord.messages(channel)[0]);
    await ann.message({ channel }, 'x');
    expect((await seen).content).toBe('x');
    await expect(discord.until(() => false, { timeoutMs: 10, what: 'the impossible' })).rejects.toThrow(
      'the impossible',
    );
    await expect(
      discord.until(() => {
        throw new Error('broken probe');
      }),
    ).rejects.toThrow('broken probe');
  });
});

describe('the log', () => {
  it('keeps every request with its body, files and outcome', async () => {
    const { discord, channel } = await startShop();
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ content: 'x' }));
    form.set('files[0]', new Blob(['abc']), 'a.txt');
    await fetch(`${discord.url}/v10/channels/${channel.id}/messages?a=b`, {
      method: 'POST',
      headers: { Authorization: `Bot ${discord.token}` },
      body: form,
    });
    expect(discord.requests).toMatchObject([
      {
        id: 1,
        method: 'POST',
        path: `/channels/${channel.id}/messages`,
        route: 'POST /channels/:channel/messages',
        query: { a: 'b' },
        body: { content: 'x' },
        files: [{ name: 'a.txt', size: 3 }],
        status: 200,
        error: null,
      },
    ]);
  });
});
