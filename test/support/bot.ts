// The whole bot with the real discord.js client on a local Discord, its store in a folder of its own, its clock set by the test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app/context.ts';
import type { Log, Store } from '../../src/app/ports.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import type { Merchant } from '../../src/domain/merchant.ts';
import type { Order } from '../../src/domain/order/order.ts';
import type { Product } from '../../src/domain/stock/product.ts';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { renderMessageText } from '../../src/playground/local-discord/render.ts';
import type { Message } from '../../src/playground/local-discord/types.ts';
import { openStore } from '../../src/store/lowdb/open.ts';
import { systemIds } from '../../src/system.ts';
import { pddPack, policyBook, startOfTest, type TestClock, testClock } from './app.ts';

export interface Logged {
  readonly level: keyof Log;
  readonly fields: object;
  readonly message: string;
}

export interface TestBot {
  readonly discord: LocalDiscord;
  readonly bot: Bot;
  readonly app: App;
  readonly clock: TestClock;
  /** Everything logged, oldest first. */
  readonly logged: readonly Logged[];
  /** A server with the bot in it, its first channel, and who is who there. */
  readonly guildId: string;
  readonly channelId: string;
  readonly shopChannelId: string;
  readonly staffChannelId: string;
  readonly staffRoleId: string;
  /** Acts for merchant `linji`. */
  readonly merchant: PersonView;
  readonly staff: PersonView;
  /** Holds Manage Server. */
  readonly manager: PersonView;
  /** A buyer's account: no rights of any kind. */
  newBuyer(name: string, locale?: string): PersonView;
  /** Where commands are typed. */
  readonly here: { readonly channel: string };
  putOrder(order: Partial<Order> & { readonly number: string }): Promise<Order>;
  putProduct(product: Partial<Product> & { readonly sku: string }): Promise<void>;
  order(id: string): Promise<Order | undefined>;
  /** Stops the bot and starts it again on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestBotOptions {
  readonly now?: number;
  readonly deferAfterMs?: number;
  /** Wraps the store, to make it slow or unwritable. */
  readonly store?: (store: Store) => Store;
  /** False: a server where `/setup` has not been used. */
  readonly setUp?: boolean;
}

const ids = systemIds();
const token = 'test-token';
/** Once a year: tests wake the sweep themselves with `bot.jobs.tick()`. */
const sweepCron = '0 0 1 1 *';

function recordingLog(logged: Logged[]): Log {
  const write = (level: keyof Log) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function buildWorld({ world }: LocalDiscord) {
  const guild = world.addGuild({ name: 'Tea House', locale: 'zh-CN' });
  const channel = world.addChannel(guild, { name: 'general' });
  const shopChannel = world.addChannel(guild, { name: 'linji' });
  const staffChannel = world.addChannel(guild, { name: 'staff' });
  const staffRole = world.addRole(guild, { name: 'staff', permissions: [] });
  const merchant = world.addUser({ name: 'lin', locale: 'zh-CN' });
  const staff = world.addUser({ name: 'wen', locale: 'zh-CN' });
  const manager = world.addUser({ name: 'owner', locale: 'zh-CN' });
  world.addMember(guild, merchant);
  world.addMember(guild, staff, { roles: [staffRole] });
  world.addMember(guild, manager, { permissions: ['manageGuild'] });
  return { guild, channel, shopChannel, staffChannel, staffRole, merchant, staff, manager };
}

function defaultOrder(guildId: string, now: number): Order {
  return {
    id: ids.next(),
    guildId,
    merchantId: 'linji',
    number: '',
    source: 'generic',
    state: 'to_ship',
    afterSales: 'none',
    currency: 'CNY',
    paidMinor: 6800,
    lines: [{ sku: 'TEA-1', name: '手工红茶礼盒', quantity: 1, unitPriceMinor: 6800 }],
    paidAt: now - 24 * 3_600_000,
    shipBy: { at: now + 24 * 3_600_000, basis: 'promised' },
    recipient: { name: '王小明', phone: '13812341234' },
    policy: { pack: pddPack.id, version: pddPack.version },
    importedAt: now,
    version: 1,
  };
}

export async function startTestBot(options: TestBotOptions = {}): Promise<TestBot> {
  const directory = await mkdtemp(join(tmpdir(), 'makegood-e2e-'));
  const logged: Logged[] = [];
  const log = recordingLog(logged);
  const clock = testClock(options.now ?? startOfTest);
  // Three seconds are measured by nobody here: a busy machine is no reason for a test to fail.
  const discord = await startLocalDiscord({ token, answerWindowMs: 15_000 });
  const known = buildWorld(discord);
  const guildId = known.guild.id;
  const opened = () => openStore({ directory, log });
  let store = await opened();
  const wrap = options.store ?? ((inner: Store) => inner);
  const policies = policyBook(pddPack);
  const defaults = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;
  const appOn = (inner: Store): App => ({ store: wrap(inner), clock, ids, policies, log, defaults });
  const { deferAfterMs } = options;
  const startOn = async (app: App) => {
    const bot = await startBot({
      discord: { token, apiUrl: discord.url },
      app,
      sweepCron,
      ...(deferAfterMs !== undefined && { deferAfterMs }),
    });
    const unpublished = logged.find(({ message }) => message.includes('could not be published'));
    if (unpublished) throw new Error(unpublished.message, { cause: unpublished.fields });
    return bot;
  };
  if (options.setUp !== false) await setUp(store, known);
  let app = appOn(store);
  let bot = await startOn(app);
  return {
    discord,
    logged,
    clock,
    guildId,
    channelId: known.channel.id,
    shopChannelId: known.shopChannel.id,
    staffChannelId: known.staffChannel.id,
    staffRoleId: known.staffRole.id,
    here: { channel: known.channel.id },
    merchant: discord.person(known.merchant),
    staff: discord.person(known.staff),
    manager: discord.person(known.manager),
    get app() {
      return app;
    },
    get bot() {
      return bot;
    },
    newBuyer(name, locale = 'zh-CN') {
      const user = discord.world.addUser({ name, locale });
      discord.world.addMember(known.guild, user);
      return discord.person(user);
    },
    async putOrder(order) {
      const whole: Order = { ...defaultOrder(guildId, clock.now()), ...order };
      await store.transact((tx) => tx.put('orders', whole));
      return whole;
    },
    async putProduct(product) {
      const merchantId = 'linji';
      await store.transact((tx) =>
        tx.put('products', { guildId, merchantId, name: product.sku, substitutes: [], ...product }),
      );
    },
    order: (id) => store.read((tx) => tx.get('orders', id)),
    async restart() {
      await bot.stop();
      await store.close();
      store = await opened();
      app = appOn(store);
      bot = await startOn(app);
    },
    async stop() {
      await bot.stop();
      await store.close();
      await discord.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As `/setup staff` and `/setup merchant` would leave it. */
async function setUp(store: Store, known: ReturnType<typeof buildWorld>): Promise<void> {
  const linji: Merchant = {
    guildId: known.guild.id,
    id: 'linji',
    name: '林记',
    memberIds: [known.merchant.id],
    roleIds: [],
    channelId: known.shopChannel.id,
  };
  await store.transact(async (tx) => {
    await tx.put('merchants', linji);
    await tx.put('settings', {
      guildId: known.guild.id,
      staffRoleId: known.staffRole.id,
      staffChannelId: known.staffChannel.id,
      policyPack: pddPack.id,
      reminders: { beforeMs: [24, 6, 1].map((hours) => hours * 3_600_000), timeZone: 'Asia/Shanghai' },
    });
  });
}

/** Where the gateway of a local Discord is. */
export function gatewayOf({ url }: LocalDiscord): string {
  return `${url.replace(/^http/, 'ws').replace(/\/api.*$/, '')}/gateway`;
}

/** A message as a person reads it. */
export function textOf(message: Message | undefined, locale: 'zh-CN' | 'en-US' = 'zh-CN'): string {
  return message ? renderMessageText(message, { locale, timeZone: 'Asia/Shanghai' }) : '';
}
