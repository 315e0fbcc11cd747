// Opens the demo shop the way people would: the admin sets it up, the merchants import their orders, the buyers link theirs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectPath } from '../root.ts';
import { fillInTimes } from './demo-orders.ts';
import type { DemoWorld } from './demo-world.ts';
import type { OptionValues } from './local-discord/client/options.ts';
import type { LocalDiscord } from './local-discord/local-discord.ts';

const timeZone = 'Asia/Shanghai';
const hourMs = 3_600_000;
/** For one command: it may be the first on a busy machine. */
const patienceMs = 60_000;
const folder = projectPath('data/demo/');

/** Resolves when the shop is open. The bot must have published its commands. */
export async function openDemoShop(discord: LocalDiscord, world: DemoWorld, now: number): Promise<void> {
  const { channels, member } = world;
  const type = async (key: string, path: string, values: OptionValues) => {
    const { userId, channelId } = member(key);
    const record = await discord.person(userId).command({ channel: channelId }, path, values);
    await record.response({ what: `the answer to ${path}`, timeoutMs: patienceMs });
  };
  await type('admin', '/setup staff', { role: world.staffRoleId, channel: channels.staff });
  await type('admin', '/setup merchant', {
    id: 'linji',
    name: world.shopNames.linji,
    member: member('lin').userId,
    channel: channels.linji,
  });
  await type('admin', '/setup merchant', {
    id: 'xiaoman',
    name: world.shopNames.xiaoman,
    member: member('man').userId,
    channel: channels.xiaoman,
  });
  await type('admin', '/setup deposit', { merchant: 'linji', amount: '1240' });
  await type('admin', '/setup deposit', { merchant: 'xiaoman', amount: '300' });

  const numbers = await importOrders(type, now);
  const link = (key: string, serial: string, proof: string) =>
    type(key, '/order link', { order: numbers.find((number) => number.endsWith(serial)) ?? serial, proof });
  for (const serial of ['342268', '342270', '043188']) await link('wang', serial, '1234');
  for (const serial of ['341004', '342391', '043101']) await link('anna', serial, '5678');

  // What is late already has a new date, so that its buyer can wait for it.
  await type('lin', '/shop delay', {
    order: numbers.find((number) => number.endsWith('342268')) ?? '',
    until: dayAt(now + 72 * hourMs),
    reason: 'supplier',
  });

  const stocks = [
    { sku: 'BC-LH-01', set: 1 },
    { sku: 'LC-G-01', set: 40 },
    { sku: 'PE-B-07', set: 3 },
  ];
  for (const { sku, set } of stocks) await type('lin', '/shop stock', { sku, set, 'warn-below': 3 });
}

/** `YYYY-MM-DD` in the shop's zone. */
function dayAt(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(at);
}

async function importOrders(
  type: (key: string, path: string, values: OptionValues) => Promise<void>,
  now: number,
): Promise<string[]> {
  const numbers: string[] = [];
  for (const [key, merchant] of [
    ['lin', 'linji'],
    ['man', 'xiaoman'],
  ] as const) {
    const name = `orders-${merchant}.csv`;
    const text = fillInTimes(await readFile(join(folder, name), 'utf8'), now, timeZone);
    numbers.push(...(text.match(/\d{6}-\d{15}/g) ?? []));
    await type(key, '/shop import', { file: { name, bytes: new TextEncoder().encode(text) } });
  }
  return numbers;
}
