// The discord.js client as we set it up.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Events } from 'discord.js';
import { expect, it } from 'vitest';
import { createClient } from '../../src/discord/client.ts';
import { testApp } from '../support/app.ts';

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
