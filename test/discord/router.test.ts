// The door itself: what goes wrong beside an answer is not taken for a fault of the answer.
import type { APIInteraction, REST } from 'discord.js';
import { expect, it, vi } from 'vitest';
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

/** A door and what comes out of it, as JSON. */
function door() {
  const said: string[] = [];
  const answered: string[] = [];
  const known = testApp();
  const app: TestApp = { ...known, log: { ...known.log, error: (_about: object, text: string) => said.push(text) } };
  const answer = async (...answer: unknown[]) => {
    answered.push(JSON.stringify(answer));
  };
  const transport: Transport = { callback: answer, edit: answer, followUp: answer };
  return {
    app,
    said,
    answered,
    router: createRouter({ app, registry: createRegistry(commands), transport, fileOrigins: [] }),
  };
}

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

it('the time an answer took is told without what is written after it', async () => {
  const order: string[] = [];
  const known = testApp();
  const store: TestApp['store'] = {
    ...known.store,
    transact: async (work) => {
      order.push('written');
      return known.store.transact(work);
    },
  };
  const answer = async () => {
    order.push('answered');
  };
  const router = createRouter({
    app: { ...known, store },
    registry: createRegistry(commands),
    transport: { callback: answer, edit: answer, followUp: answer },
    fileOrigins: [],
    observe: () => order.push('told'),
  });
  await router.handle(help);
  expect(order).toEqual(['answered', 'told', 'written']);
});

const malformed = (change: object) => ({ ...help, id: `${Math.random()}`, ...change }) as unknown as APIInteraction;

it.each<[string, object]>([
  ['no data', { data: undefined }],
  ['nothing for data', { data: null }],
  ['data of another form', { data: { type: 1, name: { toString: 1 }, options: { a: 1 } } }],
  ['a command of another kind', { data: { type: 2, name: 'help', target_id: '1' } }],
  ['an unknown command', { data: { type: 1, name: 'constructor' } }],
  ['nobody who asks', { member: undefined }],
  ['a member that is nothing', { member: null }],
  ['a button without a name', { type: 3, data: { custom_id: { toString: 1 } }, message: null }],
  ['a button nobody pressed', { type: 3, data: { custom_id: 'x' }, member: null, message: { flags: 'x' } }],
  ['a form of nothing', { type: 5, data: [] }],
])('what comes with %s is told that it is out of date', async (_, change) => {
  const { router, said, answered } = door();
  await router.handle(malformed(change));
  expect(said).toEqual([]);
  expect(answered).toEqual([expect.stringMatching(/has changed or is gone|is out of date/)]);
});

it.each(commands.map(({ name }) => name))('/%s in a DM, where nobody has a role, says where it works', async (name) => {
  const { router, said, answered } = door();
  const { user } = (help as unknown as { member: { user: object } }).member;
  await router.handle(malformed({ guild_id: undefined, member: undefined, user, data: { id: '1', type: 1, name } }));
  expect(said).toEqual([]);
  expect(answered).toEqual([expect.stringContaining('This command works in the shop’s server')]);
});

it('what takes long is deferred for while Discord still waits', async () => {
  vi.useFakeTimers();
  try {
    const { app, answered } = door();
    const answer = async (...answer: unknown[]) => {
      answered.push(JSON.stringify(answer));
    };
    const store = { ...app.store, read: () => new Promise<never>(() => undefined) };
    const transport: Transport = { callback: answer, edit: answer, followUp: answer };
    const registry = createRegistry(commands);
    void createRouter({ app: { ...app, store }, registry, transport, fileOrigins: [] }).handle(help);
    await vi.advanceTimersByTimeAsync(2000);
    expect(answered).toEqual([expect.stringContaining(',5,')]);
  } finally {
    vi.useRealTimers();
  }
});

it.each<[string, object]>([
  ['roles', { member: { user: { id: buyer(1) }, roles: 'x', permissions: 8 } }],
  ['permissions', { member: { user: { id: buyer(1) }, roles: { includes: 1 }, permissions: {} } }],
  ['a language', { locale: { toLowerCase: 1 } }],
])('%s of another form count as none', async (_, change) => {
  const { router, said, answered } = door();
  await router.handle(malformed(change));
  expect(said).toEqual([]);
  expect(answered).toHaveLength(1);
});

it('what does not say how to answer it is passed over, and the process goes on', async () => {
  const { app, router, said, answered } = door();
  for (const raw of [null, {}, [], 5, { ...help, id: 5 }, { ...help, token: {} }, { ...help, type: 99 }]) {
    await router.handle(raw as unknown as APIInteraction);
  }
  expect(answered).toEqual([]);
  expect(said).toEqual([]);
  await router.handle(help);
  expect(answered).toHaveLength(1);

  const conversation = createConversation({ app, rest: {} as REST, botId: () => '1', botRoleId: () => undefined });
  for (const message of [null, {}, { author: null }, { author: { id: '2' }, type: 0, guild_id: '3' }]) {
    await conversation.handle(message as never);
  }
});
