// The door itself: what goes wrong beside an answer is not taken for a fault of the answer.
import type { APIInteraction } from 'discord.js';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { createRouter } from '../../src/discord/router.ts';
import type { Transport } from '../../src/discord/transport.ts';
import { guild, type TestApp, testApp } from '../support/app.ts';
import { buyer } from '../support/orders.ts';

const help = {
  type: 2,
  id: '700000000000000001',
  application_id: '1',
  token: 't',
  guild_id: guild,
  locale: 'en-US',
  member: { user: { id: buyer(1), username: 'x' }, roles: [], permissions: '0' },
  data: { id: '1', type: 1, name: 'help' },
} as unknown as APIInteraction;

it('a language that could not be remembered leaves the answer as it was', async () => {
  const said: string[] = [];
  const answered: string[] = [];
  const known = testApp();
  const app: TestApp = {
    ...known,
    store: { ...known.store, transact: () => Promise.reject(new TypeError('a bug')) },
    log: { ...known.log, error: (_about: object, text: string) => said.push(text) },
  };
  const answer = async () => {
    answered.push('answer');
  };
  const transport: Transport = { callback: answer, edit: answer, followUp: answer };
  const served: string[] = [];
  const router = createRouter({
    app,
    registry: createRegistry(commands),
    transport,
    fileOrigins: [],
    observe: (name, as) => served.push(`${name} ${as}`),
  });
  await router.handle(help);
  expect(answered).toEqual(['answer']);
  expect(said).toEqual(['a language could not be remembered']);
  expect(served).toEqual(['help ok']);
});
