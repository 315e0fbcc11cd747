// The discord.js client as we set it up.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, Events, GatewayDispatchEvents } from 'discord.js';
import { expect, it, vi } from 'vitest';
import { createClient, sweepDmChannels } from '../../src/discord/client.ts';
import { startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { testApp } from '../support/app.ts';
import { gatewayOf } from '../support/bot.ts';

it('leaves interactions to the router, who reads them raw', async () => {
  const client = createClient({ apiUrl: 'http://127.0.0.1:9' }, testApp().log);
  const built: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => built.push(interaction));
  const { actions } = client as unknown as { actions: Record<string, { handle(packet: object): void }> };
  expect(actions.InteractionCreate).toBeDefined();
  actions.InteractionCreate?.handle({
    type: 2,
    id: '1',
    token: 't',
    data: { type: 1, id: '2', name: 'order' },
    user: { id: '3' },
  });
  expect(built).toEqual([]);
  await client.destroy();
});

it.each(['destroy', 'resetAndDestroy'] as const)(
  'sends again what went to a connection at its end (%s)',
  async (end) => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      if (asked === 1) request.socket[end]();
      else response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = createClient({ apiUrl: `http://127.0.0.1:${port}/api` }, testApp().log);
    await client.rest.post('/interactions/1/t/callback', { auth: false, body: { type: 4 } });
    expect(asked).toBe(2);
    await client.destroy();
    server.close();
  },
);

it('opens as many connections as Discord asks for, and hears each server once', async () => {
  const discord = await startLocalDiscord({ token: 'the-token' });
  const ann = discord.world.addUser({ name: 'ann' });
  const channels = ['one', 'two', 'three', 'four'].map((name) => {
    const guild = discord.world.addGuild({ name });
    discord.world.addMember(guild, ann);
    return discord.world.addChannel(guild, { name: 'general' }).id;
  });
  const session_start_limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 2 };
  const body = { url: gatewayOf(discord), shards: 2, session_start_limit };
  discord.faults.add({ route: 'GET /gateway/bot', status: 200, body });
  const client = createClient({ apiUrl: discord.url }, testApp().log);
  const heard: string[] = [];
  client.ws.on(GatewayDispatchEvents.MessageCreate, ({ channel_id }) => heard.push(channel_id));
  const connected = once(client, Events.ClientReady);
  await client.login('the-token');
  await connected;
  expect(client.ws.shards.size).toBe(2);
  for (const channel of channels) await discord.person(ann).message({ channel }, 'hello');
  await vi.waitFor(() => expect(heard.sort()).toEqual(channels.sort()));
  await client.destroy();
  await discord.close();
});

/** As the gateway brings it. */
function dispatch(client: Client, t: string, d: object): void {
  const ws = client.ws as unknown as { handlePacket(packet: object, shard: object): boolean };
  ws.handlePacket({ op: 0, s: 1, t, d }, { id: 0 });
}

it('keeps next to nothing of the people who write to it', async () => {
  const client = createClient({ apiUrl: 'http://127.0.0.1:9' }, testApp().log);
  // Before that, discord.js takes in nothing but servers.
  client.ws.status = 0;
  for (let n = 1; n <= 3000; n++) {
    const id = String(10n ** 17n + BigInt(n));
    const author = { id, username: `u${n}`, discriminator: '0', avatar: null, global_name: null };
    dispatch(client, 'MESSAGE_CREATE', {
      id: String(2n * 10n ** 17n + BigInt(n)),
      channel_id: String(3n * 10n ** 17n + BigInt(n)),
      channel_type: 1,
      author,
      content: '',
      timestamp: new Date(0).toISOString(),
      edited_timestamp: null,
      type: 0,
      mentions: [author],
      mention_roles: [],
      attachments: [],
      embeds: [],
    });
  }
  expect(client.users.cache.size).toBeGreaterThan(0);
  expect(client.users.cache.size).toBeLessThanOrEqual(200);
  const channels = [...client.channels.cache.values()];
  expect(channels.length).toBeGreaterThan(0);
  expect(channels.flatMap((channel) => (channel.isTextBased() ? [...channel.messages.cache.keys()] : []))).toEqual([]);
  sweepDmChannels(client);
  expect(client.channels.cache.size).toBe(0);
  await client.destroy();
});

it('takes an error of the client for no reason to end, and writes it down', async () => {
  const said: string[] = [];
  const log = { ...testApp().log, error: (_: object, message: string) => said.push(message) };
  const client = createClient({ apiUrl: 'http://127.0.0.1:9' }, log);
  client.emit(Events.Error, new Error('x'));
  client.emit(Events.ShardError, new Error('x'), 0);
  expect(said).toHaveLength(2);
  await client.destroy();
});

it('warns while refused requests can still be stopped: 10,000 in ten minutes cut the host off', async () => {
  const server = createServer((_, response) => {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"code":50001,"message":"Missing Access"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const counts: unknown[] = [];
  const log = { ...testApp().log, warn: (fields: object) => counts.push(fields) };
  const { port } = server.address() as AddressInfo;
  const client = createClient({ apiUrl: `http://127.0.0.1:${port}/api` }, log);
  const ask = (n: number) => client.rest.post(`/interactions/${n}/t/callback`, { auth: false, body: {} });
  await Promise.allSettled(Array.from({ length: 100 }, (_, n) => ask(n)));
  expect(counts).toEqual([{ count: 100 }]);
  await client.destroy();
  server.closeAllConnections();
  server.close();
});
