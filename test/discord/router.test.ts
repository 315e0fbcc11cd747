// The door itself: what goes wrong beside an answer is not taken for a fault of the answer.
import type { APIInteraction, REST } from 'discord.js';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createConversation } from '../../src/discord/conversation.ts';
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

it('what is not formed as Discord forms it is passed over, and the process goes on', async () => {
  const said: string[] = [];
  const known = testApp();
  const app: TestApp = { ...known, log: { ...known.log, error: (_about: object, text: string) => said.push(text) } };
  const answered: unknown[] = [];
  const answer = async (_to: unknown, type: unknown) => {
    answered.push(type);
  };
  const transport: Transport = { callback: answer, edit: answer, followUp: answer };
  const router = createRouter({ app, registry: createRegistry(commands), transport, fileOrigins: [] });
  for (const raw of [null, {}, { ...help, data: undefined }, { ...help, data: null }, { ...help, member: undefined }]) {
    await router.handle(raw as unknown as APIInteraction);
  }
  expect(answered).toEqual([]);
  expect(new Set(said)).toEqual(new Set(['an interaction could not be read']));
  await router.handle(help);
  expect(answered).toHaveLength(1);

  const conversation = createConversation({ app, rest: {} as REST, botId: () => '1' });
  for (const message of [null, {}, { author: null }, { author: { id: '2' }, type: 0, guild_id: '3' }]) {
    await conversation.handle(message as never);
  }
});
