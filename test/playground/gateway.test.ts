// The gateway with the real client: logging in, losing the connection, resuming, and what is sent twice or not at all.
import { Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { LocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { INTENTS, startBot, startShop, TOKEN } from './support.ts';

/** A bare connection: sends `payload` after HELLO, and gives everything received until it is closed. */
function converse(
  discord: LocalDiscord,
  payload: object | string,
): Promise<{ code: number; received: { op: number; t: string | null; d: unknown }[] }> {
  const socket = new WebSocket(`ws://127.0.0.1:${discord.port}/gateway?v=10&encoding=json`);
  const received: { op: number; t: string | null; d: unknown }[] = [];
  return new Promise((resolve) => {
    socket.on('message', (raw) => {
      const event = JSON.parse(String(raw));
      received.push(event);
      if (event.op === 10) socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
      else socket.close();
    });
    socket.on('close', (code) => resolve({ code, received }));
  });
}

function identify(intents: number, token = TOKEN) {
  return { op: 2, d: { token, intents, properties: {} } };
}

describe('logging in', () => {
  it.each([
    ['a wrong token', identify(1, 'wrong'), 4004],
    ['an intent that was not granted', identify(GatewayIntentBits.MessageContent), 4014],
    ['no intents', { op: 2, d: { token: TOKEN, properties: {} } }, 4013],
    ['an unknown opcode', { op: 99 }, 4001],
    ['something that is no JSON', '{', 4002],
    ['a presence before identifying', { op: 3, d: {} }, 4003],
    ['a resume with a wrong token', { op: 6, d: { token: 'wrong', session_id: 'x', seq: 1 } }, 4004],
  ])('%s closes the connection', async (_name, payload, code) => {
    const { discord } = await startShop();
    expect(await converse(discord, payload)).toMatchObject({ code });
  });

  it('heartbeats are acknowledged, unless told otherwise', async () => {
    const { discord } = await startShop();
    expect((await converse(discord, { op: 1, d: null })).received).toMatchObject([
      { op: 10, d: { heartbeat_interval: 41_250 } },
      { op: 11 },
    ]);
  });

  it('an unknown session is invalid', async () => {
    const { discord } = await startShop();
    const { received } = await converse(discord, { op: 6, d: { token: TOKEN, session_id: 'x', seq: 1 } });
    expect(received[1]).toMatchObject({ op: 9, d: false });
  });

  it('READY names the servers and GUILD_CREATE fills them', async () => {
    const { discord, guild } = await startShop();
    const client = await startBot(discord);
    const home = client.guilds.cache.get(guild.id);
    expect(home).toMatchObject({ name: 'Shop', preferredLocale: 'zh-CN', available: true });
    expect(home?.channels.cache.size).toBe(1);
    expect(home?.members.me?.id).toBe(client.user.id);
    expect(discord.gateway.connected).toBe(true);
  });

  it('servers, channels and roles added later are told', async () => {
    const { discord, world, guild } = await startShop();
    const client = await startBot(discord);
    const channel = world.addChannel(guild, { name: 'later' });
    const role = world.addRole(guild, { name: 'late' });
    const other = world.addGuild({ name: 'Other' });
    await expect.poll(() => client.guilds.cache.has(other.id)).toBe(true);
    expect(client.channels.cache.has(channel.id)).toBe(true);
    expect(client.guilds.cache.get(guild.id)?.roles.cache.has(role.id)).toBe(true);
  });

  it('members come to those who may ask for them', async () => {
    const { discord, guild } = await startShop({ privilegedIntents: ['guildMembers'] });
    const client = await startBot(discord, { client: { intents: [...INTENTS, GatewayIntentBits.GuildMembers] } });
    const home = await client.guilds.fetch(guild.id);
    expect((await home.members.fetch()).size).toBe(4);
  });
});

describe('losing the connection', () => {
  /** A bot that notes every DM it hears. */
  async function listening() {
    const shop = await startShop();
    const client = await startBot(shop.discord);
    const heard: string[] = [];
    let resumes = 0;
    client.on(Events.MessageCreate, (message) => void heard.push(message.content));
    client.on(Events.ShardResume, () => {
      resumes += 1;
    });
    return { ...shop, client, heard, resumes: () => resumes };
  }

  const back = (discord: LocalDiscord, state: 'resumed' | 'ready') =>
    new Promise<void>((resolve) => {
      const off = discord.on((event) => {
        if (event.kind !== 'gateway' || event.state !== state) return;
        off();
        resolve();
      });
    });

  it.each([
    ['a lost network', (discord: LocalDiscord) => discord.gateway.drop()],
    ['close code 4000', (discord: LocalDiscord) => discord.gateway.drop(4000)],
    ['a request to reconnect', (discord: LocalDiscord) => discord.gateway.requestReconnect()],
  ])('%s is followed by a resume that replays what was missed, in order and once', async (_name, lose) => {
    const { discord, ann, heard, resumes } = await listening();
    await ann.message('dm', 'before');
    await expect.poll(() => heard).toEqual(['before']);
    const resumed = back(discord, 'resumed');
    lose(discord);
    await ann.message('dm', 'missed 1');
    await ann.message('dm', 'missed 2');
    await resumed;
    await expect.poll(() => heard).toEqual(['before', 'missed 1', 'missed 2']);
    await expect.poll(resumes).toBe(1);
    await ann.message('dm', 'after');
    await expect.poll(() => heard.at(-1)).toBe('after');
  });

  it('a session that was forgotten loses what came in between', async () => {
    const { discord, ann, heard } = await listening();
    const ready = back(discord, 'ready');
    discord.gateway.drop();
    await ann.message('dm', 'lost');
    discord.gateway.forgetSessions();
    await ready;
    await ann.message('dm', 'after');
    await expect.poll(() => heard).toEqual(['after']);
  });

  it('an invalid session identifies anew', async () => {
    const { discord, ann, heard } = await listening();
    const ready = back(discord, 'ready');
    discord.gateway.invalidate();
    await ready;
    await ann.message('dm', 'after');
    await expect.poll(() => heard).toEqual(['after']);
  });

  it('an event can come twice', async () => {
    const { discord, channel, ann } = await startShop();
    const seen: string[] = [];
    await startBot(discord, {
      commands: [{ name: 'go', description: 'x' }],
      onInteraction: async (interaction) => void seen.push(interaction.id),
    });
    const { id } = await ann.command({ channel }, '/go');
    discord.gateway.repeat('INTERACTION_CREATE');
    await expect.poll(() => seen).toEqual([id, id]);
  });

  it('a connection whose heartbeats go unanswered is given up and resumed', async () => {
    const shop = await startShop({ heartbeatMs: 50 });
    await startBot(shop.discord);
    const resumed = back(shop.discord, 'resumed');
    shop.discord.gateway.acknowledgeHeartbeats(false);
    await shop.discord.until(() => !shop.discord.gateway.connected);
    shop.discord.gateway.acknowledgeHeartbeats(true);
    await resumed;
  });
});
