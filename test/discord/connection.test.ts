// The connection to Discord with the real client on a local Discord: how it is opened, and what ends it.
import { Routes } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Connection, createConnection } from '../../src/discord/connection.ts';
import { createTransport } from '../../src/discord/transport.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { testApp } from '../support/app.ts';
import { gatewayOf } from '../support/bot.ts';

const token = 'the-token';
let discord: LocalDiscord;
let connection: Connection | undefined;
let deaths: number;
let warned: { readonly fields: object; readonly message: string }[];

beforeEach(async () => {
  discord = await startLocalDiscord({ token });
  deaths = 0;
  warned = [];
});

afterEach(async () => {
  await connection?.close();
  connection = undefined;
  await discord.close();
});

const nothing = { onInteraction: async () => undefined, onMessage: async () => undefined };

function connecting(withToken = token): Connection {
  const log = { ...testApp().log, warn: (fields: object, message: string) => warned.push({ fields, message }) };
  const onDead = () => {
    deaths += 1;
  };
  connection = createConnection({ token: withToken, apiUrl: discord.url, log, onDead });
  return connection;
}

/** What Discord says, in place of that there are plenty. */
function loginsLeft(remaining: number, reset_after: number): void {
  const session_start_limit = { total: 1000, remaining, reset_after, max_concurrency: 1 };
  const body = { url: gatewayOf(discord), shards: 1, session_start_limit };
  discord.faults.add({ route: 'GET /gateway/bot', status: 200, body, times: 2 });
}

it('ends where Discord no longer takes the token, which discord.js has forgotten then: nobody would be written to', async () => {
  const { rest, open } = connecting();
  await open(nothing);
  await rest.get(Routes.user());
  expect(deaths).toBe(0);
  discord.faults.add({ route: 'GET /users/@me', status: 401, body: { code: 0, message: '401: Unauthorized' } });
  await expect(rest.get(Routes.user())).rejects.toThrow('401');
  await expect(rest.get(Routes.user())).rejects.toThrow('token');
  expect(deaths).toBe(1);
});

it('goes on where only the token of an interaction is not taken', async () => {
  const { rest, open } = connecting();
  await open(nothing);
  discord.faults.add({
    route: 'POST /interactions/:interaction/:token/callback',
    status: 401,
    body: { code: 50_027, message: 'Invalid Webhook Token' },
  });
  const interaction = { id: '123456789012345678', token: 'gone' };
  await expect(createTransport(rest).callback(interaction, 5)).rejects.toThrow('Invalid Webhook Token');
  await rest.get(Routes.user());
  expect(deaths).toBe(0);
});

it('does not start with a token that Discord does not take', async () => {
  await expect(connecting('wrong').open(nothing)).rejects.toThrow('does not take DISCORD_TOKEN');
  expect(deaths).toBe(0);
});

it('makes the last logins of a day last', async () => {
  loginsLeft(2, 20);
  await connecting().open(nothing);
  expect(warned).toEqual([{ fields: { remaining: 2, waitMs: 10 }, message: expect.stringContaining('logins') }]);
  expect(connection?.ready()).toBe(true);
});

it('is not ready where nothing is heard from Discord for a while, and ends after ten minutes', async () => {
  // Never answered, so that nothing comes in.
  discord.gateway.acknowledgeHeartbeats(false);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  try {
    await connecting().open(nothing);
    expect(connection?.ready()).toBe(true);
    vi.advanceTimersByTime(4 * 60_000);
    expect(connection?.ready()).toBe(false);
    vi.advanceTimersByTime(5 * 60_000);
    expect(deaths).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(deaths).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

it('says when there are new ones where none is left, and takes none', async () => {
  loginsLeft(0, 86_400_000);
  await expect(connecting().open(nothing)).rejects.toThrow(/0 remaining; resets at \d{4}-/);
});
