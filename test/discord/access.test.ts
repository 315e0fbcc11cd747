// The one guard at every door: each command by each kind of person, and each button by a stranger.
import type { APIInteraction } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { collectionNames } from '../../src/app/collections.ts';
import { type Action, type Handler, type Option, onlyAction } from '../../src/discord/command.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { createRouter, type Router } from '../../src/discord/router.ts';
import type { Outgoing, Transport } from '../../src/discord/transport.ts';
import { guild, merchantMember, staffMember, staffRole, type TestApp, testApp } from '../support/app.ts';
import { buyer, linkedTo, order, product, setUpShop } from '../support/orders.ts';

const stranger = '399999999999999999';
const owner = '399999999999999998';
const people = {
  stranger: { id: stranger, roles: [], permissions: '0' },
  buyer: { id: buyer(1), roles: [], permissions: '0' },
  merchant: { id: merchantMember, roles: [], permissions: '0' },
  staff: { id: staffMember, roles: [staffRole], permissions: '0' },
  manager: { id: owner, roles: [], permissions: '32' },
} as const;
type Who = keyof typeof people;

/** Who may, by command or action; everybody else is refused. `/order` and `/wallet` show only the asker's own. */
const may: Readonly<Record<string, readonly Who[]>> = {
  shop: ['merchant'],
  compensate: ['staff'],
  case: ['staff'],
  setup: ['manager'],
  'policy list': ['staff', 'manager'],
  'policy use': ['staff', 'manager'],
};

const whoMay = (command: string, name: string | undefined) => may[`${command} ${name}`] ?? may[command];

let app: TestApp;
let router: Router;
let said: string[];
let ids = 0n;

beforeEach(async () => {
  app = testApp();
  said = [];
  const hear = async (_to: unknown, type: unknown, data?: Outgoing) => {
    said.push(JSON.stringify((typeof type === 'object' ? (type as Outgoing) : data)?.body ?? {}));
  };
  const transport = { callback: hear, edit: hear, followUp: hear } as unknown as Transport;
  router = createRouter({ app, registry: createRegistry(commands), transport, fileOrigins: [] });
  await setUpShop(app, { orders: [order(1, linkedTo(buyer(1)))], products: [product('BLACK')] });
});

const samples: Readonly<Record<Option['kind'], string>> = {
  text: '1',
  integer: '1',
  user: stranger,
  role: '255555555555555555',
  channel: '266666666666666666',
  file: '277777777777777777',
};

/** What must make sense for a command to get as far as its guard. */
const byName: Readonly<Record<string, string>> = {
  order: order(1).number,
  sku: 'BLACK',
  merchant: 'lin',
  within: '24h',
  restock: '2030-01-01',
  until: '2030-01-01',
  substitutes: 'BLACK',
};

function valueFor(name: string, option: Option): string {
  return option.choices?.[0] ?? byName[name] ?? samples[option.kind];
}

function interaction(who: Who, more: object): APIInteraction {
  const { id, ...member } = people[who];
  const common = { id: String(++ids + 10n ** 17n), application_id: '1', token: 't', guild_id: guild, locale: 'en-US' };
  return { ...common, member: { ...member, user: { id, username: 'x' } }, ...more } as unknown as APIInteraction;
}

const attachment = { filename: 'orders.csv', size: 10, url: 'https://evil.example/orders.csv' };

/** With every option filled in, save `without`. */
async function run(who: Who, { command, name, action }: Door, without?: string): Promise<string> {
  const types = { text: 3, integer: 4, user: 6, channel: 7, role: 8, file: 11 } as const;
  const given = Object.entries(action.options).filter(([key]) => key !== without);
  const options = given.map(([key, option]) => ({
    name: key,
    type: types[option.kind],
    value: valueFor(key, option),
  }));
  const resolved = { attachments: { [samples.file]: attachment } };
  const data = { id: '1', type: 1, name: command, resolved, options: name ? [{ type: 1, name, options }] : options };
  await router.handle(interaction(who, { type: 2, data }));
  return said.at(-1) ?? '';
}

/** Everything kept, save what is remembered about a person's language and tries. */
const state = () =>
  JSON.stringify(
    collectionNames
      .filter((name) => !['people', 'linkFailures', 'operations'].includes(name))
      .map((name) => app.store.all(name)),
  );

interface Door {
  readonly command: string;
  readonly name: string | undefined;
  readonly action: Action;
  readonly path: string;
}

const doors: readonly Door[] = commands.flatMap((command) => {
  const only = onlyAction(command);
  const actions: readonly (readonly [string | undefined, Action])[] = only
    ? [[undefined, only]]
    : Object.entries(command.actions as Record<string, Action>);
  return actions.map(([name, action]) => ({
    command: command.name,
    name,
    action,
    path: `/${command.name} ${name ?? ''}`,
  }));
});

const refused = /Only staff can|Only a merchant can|Manage Server permission/;

describe.each(doors.filter(({ command, name }) => whoMay(command, name)))('$path', (door) => {
  const allowed = whoMay(door.command, door.name);
  const optional = Object.keys(door.action.options).filter((key) => !door.action.options[key]?.required);

  it.each(Object.keys(people) as Who[])('to a %s', async (who) => {
    if (allowed?.includes(who)) return expect(await run(who, door)).not.toMatch(refused);
    const before = state();
    // What is left out may lead another way in.
    for (const without of [undefined, ...optional]) {
      expect(await run(who, door, without)).toMatch(refused);
      expect(state()).toBe(before);
    }
  });
});

describe.each(doors.filter(({ command }) => command === 'order' || command === 'wallet'))('$path', (door) => {
  it.each(['stranger', 'merchant', 'staff', 'manager'] as const)('shows a %s nothing of a buyer', async (who) => {
    const before = state();
    const answer = await run(who, door);
    expect(answer).not.toContain('Black tea');
    expect(answer).not.toMatch(/went wrong/);
    expect(state()).toBe(before);
  });
});

const handlers = commands.flatMap((command) => command.handlers ?? []);

/** Values that a field may let through: the order's id, its version, something else. */
const guesses = [order(1).id, '1', 'lin', '0'];

/** Presses it with whatever could stand in its id, for this server and for another. */
async function pressAll({ id }: Handler, press: (data: object) => APIInteraction, firsts = guesses): Promise<void> {
  for (let count = 0; count <= 4; count++) {
    for (const first of firsts) {
      const fields = Array.from({ length: count }, (_, index) => (index === 0 ? first : '1'));
      if (!id.decode(fields)) continue;
      for (const place of [guild, '100000000000000009']) {
        const custom_id = [id.tag, BigInt(place).toString(36), ...fields].join(':');
        const data = { custom_id, component_type: 2, values: [firsts[0]] };
        await router.handle(press({ type: 3, data, message: { id: '1', flags: 64 } }));
      }
    }
  }
}

describe.each(handlers.map((handler) => ({ tag: handler.id.tag, handler })))('the button $tag', ({ handler }) => {
  it('does nothing in a DM by virtue of a role or right, which nobody has there', async () => {
    const before = state();
    for (const who of ['staff', 'manager'] as const) {
      const user = { id: people[who].id, username: 'x' };
      await pressAll(handler, (more) =>
        interaction(who, { ...more, guild_id: undefined, member: undefined, user, channel: { type: 1 } }),
      );
    }
    expect(said.join()).not.toContain('Black tea');
    expect(said.join()).not.toContain('went wrong');
    expect(state()).toBe(before);
  });

  it('does nothing for a stranger, on this server or another, whatever stands in its id', async () => {
    const before = state();
    await pressAll(handler, (more) => interaction('stranger', more));
    expect(said.join()).not.toContain('Black tea');
    expect(said.join()).not.toContain('went wrong');
    expect(state()).toBe(before);
  });
});

describe('another server, with the same people, roles, merchant and order number', () => {
  const elsewhere = '100000000000000009';
  const theirs = order(1, { id: 'theirs', guildId: elsewhere, ...linkedTo(buyer(1)) });
  const ofTheirs = () =>
    JSON.stringify(
      collectionNames.flatMap((name) => app.store.all(name).filter((r) => 'guildId' in r && r.guildId === elsewhere)),
    );

  beforeEach(async () => {
    const [line] = theirs.lines;
    await app.store.transact(async (tx) => {
      const settings = await tx.get('settings', guild);
      const lin = await tx.get('merchants', `${guild}/lin`);
      if (!settings || !lin || !line) throw new Error('no shop');
      await tx.put('settings', { ...settings, guildId: elsewhere });
      await tx.put('merchants', { ...lin, guildId: elsewhere, name: 'Their shop' });
      await tx.put('products', { ...product('BLACK'), guildId: elsewhere, name: 'Their tea' });
      await tx.put('orders', { ...theirs, lines: [{ ...line, name: 'Their tea' }] });
    });
  });

  it.each(['buyer', 'merchant', 'staff', 'manager'] as const)('shows a %s nothing of it here', async (who) => {
    const before = ofTheirs();
    for (const door of doors) await run(who, door);
    for (const handler of handlers) await pressAll(handler, (more) => interaction(who, more), [theirs.id]);
    expect(said.length).toBeGreaterThan(doors.length);
    expect(said.filter((text) => /Their|went wrong/.test(text))).toEqual([]);
    expect(ofTheirs()).toBe(before);
  });
});
