// Commands that could not be published at a start: tried again, ever less often, until it works or there is no use.
import { REST } from 'discord.js';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Log } from '../../src/app/ports.ts';
import { publishCommands } from '../../src/discord/publish.ts';
import { createPublisher } from '../../src/discord/publisher.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';

let discord: LocalDiscord;
beforeAll(async () => {
  discord = await startLocalDiscord({ token: 'secret' });
});
afterEach(() => discord.faults.clear());
afterAll(() => discord.close());

const route = 'PUT /applications/:application/commands';
const minute = 60_000;

/** Each pause lasts until it is let pass, or the publisher stops. */
function publishing() {
  const said: string[] = [];
  const pauses: number[] = [];
  let letPass = () => {};
  const pause = (ms: number, signal: AbortSignal) => {
    pauses.push(ms);
    return new Promise<void>((resolve, reject) => {
      letPass = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const say = (level: keyof Log) => (_: object, message: string) => void said.push(`${level}: ${message}`);
  const log: Log = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const rest = new REST({ api: discord.url, retries: 0 }).setToken('secret');
  const publish = vi.fn(() => publishCommands(rest, { applicationId: discord.applicationId }, commands));
  const publisher = createPublisher({ publish, log }, pause);
  return { publisher, publish, said, pauses, letPass: () => letPass() };
}

it.each([
  ['is in trouble', { status: 503 }],
  ['cannot be reached', { drop: true }],
])('tries again where Discord %s, after growing pauses, until it has worked', async (_, trouble) => {
  discord.faults.add({ route, ...trouble, times: 9 });
  const { publisher, said, pauses, letPass } = publishing();
  await publisher.start();
  for (let tried = 1; tried <= 9; tried++) {
    await vi.waitUntil(() => pauses.length === tried);
    letPass();
  }
  await vi.waitUntil(() => said.length === 10);
  expect(pauses.map((ms) => ms / minute)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(said.slice(0, -1)).toEqual(Array(9).fill('warn: the commands could not be published yet'));
  expect(said.at(-1)).toBe('info: commands published');
  expect(discord.commands()).toHaveLength(commands.length);
  await publishCommands(new REST({ api: discord.url }).setToken('secret'), discord, []);
});

it.each([400, 401, 403, 404])('does not ask again what Discord refuses with %i', async (status) => {
  discord.faults.add({ route, status });
  const { publisher, said, pauses } = publishing();
  await publisher.start();
  expect(said).toEqual(['error: the commands could not be published']);
  expect(pauses).toEqual([]);
});

it('does not ask again after a bug of ours', async () => {
  const { publisher, publish, said, pauses } = publishing();
  publish.mockRejectedValue(new TypeError('a bug'));
  await publisher.start();
  expect(said).toEqual(['error: the commands could not be published']);
  expect(pauses).toEqual([]);
});

it('tries and says nothing more once it is stopped, in a pause or amid a try', async () => {
  discord.faults.add({ route, status: 500, times: 2 });
  const waiting = publishing();
  await waiting.publisher.start();
  waiting.publisher.stop();
  waiting.letPass();
  const trying = publishing();
  const started = trying.publisher.start();
  trying.publisher.stop();
  await started;
  expect(waiting.publish).toHaveBeenCalledTimes(1);
  expect([...waiting.said, ...trying.said]).toEqual(['warn: the commands could not be published yet']);
  expect(trying.pauses).toEqual([]);
});
