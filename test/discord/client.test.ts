// The discord.js client as we set it up.
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
