// The process as an operator runs it: it starts, refuses what cannot work in one line, stops when asked, and starts again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { PersonView } from '../../src/playground/local-discord/client/person.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';

// Each test starts whole processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 });

const token = 'the-token';
let discord: LocalDiscord;
let channel: string;
let person: () => PersonView;
let directory: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  // Three seconds are measured by nobody here: a busy machine is no reason for a test to fail.
  discord = await startLocalDiscord({ token, answerWindowMs: 15_000 });
  const guild = discord.world.addGuild({ name: 'Shop' });
  channel = discord.world.addChannel(guild, { name: 'general' }).id;
  const buyer = discord.world.addUser({ name: 'mei' });
  discord.world.addMember(guild, buyer);
  person = () => discord.person(buyer);
  directory = await mkdtemp(join(tmpdir(), 'makegood-process-'));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

afterAll(async () => {
  await discord.close();
  await rm(directory, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

const direct = [process.execPath, 'scripts/run.mjs', 'src/main.ts'] as const;
const deploying = [process.execPath, 'scripts/run.mjs', 'src/cli/commands-deploy.ts'] as const;

function run(environment: NodeJS.ProcessEnv = {}, [command, ...args]: readonly [string, ...string[]] = direct): Run {
  const env = {
    PATH: process.env.PATH,
    DISCORD_TOKEN: token,
    DISCORD_API_URL: discord.url,
    DATA_DIR: join(directory, 'store'),
    ...environment,
  };
  const child = spawn(command, args, { env });
  running.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  return { child, output: () => output, errors: () => errors, ended };
}

async function atWork(bot: Run): Promise<void> {
  while (!bot.output().includes('at work')) {
    const [chunk] = await Promise.race([
      once(bot.child.stdout ?? bot.child, 'data'),
      bot.ended.then(() => [undefined]),
    ]);
    if (chunk === undefined) throw new Error(`it ended: ${bot.output()}${bot.errors()}`);
  }
}

function fail(): never {
  throw new Error('not yet');
}

it('starts, keeps a second process out, and stops with 0 when asked', async () => {
  const bot = run();
  await atWork(bot);
  const second = run();
  expect(await second.ended).toBe(1);
  expect(second.errors().trim().split('\n')).toEqual([expect.stringContaining('in use by another process')]);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.output().trim().split('\n').at(-1)).toContain('stopping');
});

it('stops with 0 also where the signal comes twice, to the group and through npm', async () => {
  const bot = run();
  await atWork(bot);
  bot.child.kill('SIGTERM');
  bot.child.kill('SIGTERM');
  bot.child.kill('SIGINT');
  expect(await bot.ended).toBe(0);
});

it('answers what is under way also where it is stopped while it still publishes its commands', async () => {
  const first = run();
  await atWork(first);
  first.child.kill('SIGTERM');
  await first.ended;
  const publishing = discord.faults.add({ route: 'GET /applications/:application/commands', latencyMs: 20_000 });
  const limited = discord.faults.add({ route: 'POST /interactions/:interaction/:token/callback', retryAfter: 1 });
  const bot = run();
  await vi.waitUntil(() => publishing.hits() > 0, { timeout: 30_000 });
  const asked = await person().command({ channel }, '/help');
  await vi.waitUntil(() => limited.hits() > 0, { timeout: 10_000 });
  bot.child.kill('SIGTERM');
  await asked.response();
  expect(await bot.ended).toBe(0);
  expect(bot.output() + bot.errors()).not.toMatch(/at work|could not|failed/);
});

it('stops at once with 0 while Discord keeps it waiting', async () => {
  const waiting = discord.faults.add({ route: 'GET /gateway/bot', latencyMs: 20_000 });
  const bot = run();
  await vi.waitUntil(() => waiting.hits() > 0, { timeout: 30_000 });
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.errors()).toBe('');
});

it('stops with 0 also where Discord keeps its answers waiting longer than anyone waits for the end', async () => {
  const bot = run();
  await atWork(bot);
  const route = 'POST /interactions/:interaction/:token/callback';
  const slow = discord.faults.add({ route, latencyMs: 40_000 });
  const limited = discord.faults.add({ route, retryAfter: 60 });
  await person().command({ channel }, '/help');
  await person().command({ channel }, '/help');
  await vi.waitUntil(() => slow.hits() + limited.hits() === 2, { timeout: 10_000 });
  const begun = Date.now();
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(Date.now() - begun).toBeLessThan(10_000);
});

it('starts straight after a kill', async () => {
  const bot = run();
  await atWork(bot);
  bot.child.kill('SIGKILL');
  expect(await bot.ended).toBe('SIGKILL');
  const next = run();
  await atWork(next);
  next.child.kill('SIGINT');
  expect(await next.ended).toBe(0);
});

// On Windows nothing passes signals on.
it.skipIf(process.platform === 'win32')('is stopped by a signal to npm, and npm ends with its code', async () => {
  const bot = run({}, ['npm', 'start']);
  await atWork(bot);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  const next = run();
  await atWork(next);
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
});

it('ends with 1 at once where Discord ends the connection for good, for somebody to see', async () => {
  const bot = run();
  await atWork(bot);
  discord.gateway.drop(4004);
  expect(await bot.ended).toBe(1);
  expect(bot.output()).toContain('disconnected from Discord for good');
});

it('serves the playground’s page to nobody beyond this machine', async () => {
  const open = run({ DISCORD_TOKEN: '', HTTP_HOST: '0.0.0.0', HTTP_PORT: '0' });
  const [, port] = await vi.waitFor(() => /http:\/\/0\.0\.0\.0:(\d+) \(health/.exec(open.output()) ?? fail(), {
    timeout: 50_000,
  });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect(await ask('/healthz')).toBe(200);
  expect(await ask('/')).toBe(404);
  open.child.kill('SIGTERM');
  expect(await open.ended).toBe(0);
});

it('refuses settings that are wrong, a line each', async () => {
  const bot = run({ SWEEP_CRON: 'soon', DEFAULT_LOCALE: 'fr', DATA_KEY: 'secret-canary' });
  expect(await bot.ended).toBe(1);
  const lines = bot.errors().trim().split('\n');
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(['DATA_KEY', 'DEFAULT_LOCALE', 'SWEEP_CRON']);
  expect(bot.errors() + bot.output()).not.toContain('canary');
});

it('refuses a token that Discord does not take, without repeating it', async () => {
  const environment = { DISCORD_TOKEN: 'wrong-canary', DATA_DIR: join(directory, 'other') };
  for (const refused of [run(environment), run(environment, deploying)]) {
    expect(await refused.ended).toBe(1);
    expect(refused.errors().trim().split('\n')).toEqual([expect.stringContaining('does not take DISCORD_TOKEN')]);
    expect(refused.errors() + refused.output()).not.toContain('canary');
  }
});

it('publishes to the token’s own application where another is set, and says so', async () => {
  const bot = run({ DISCORD_APPLICATION_ID: '123456789012345678' });
  await atWork(bot);
  expect(bot.output()).toContain('DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN');
  expect(bot.output()).toContain('commands published');
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  const deploy = run({ DISCORD_APPLICATION_ID: '123456789012345678' }, deploying);
  expect(await deploy.ended).toBe(1);
  expect(deploy.errors().trim().split('\n')).toEqual([expect.stringContaining('DISCORD_APPLICATION_ID')]);
});

it('refuses a folder that is a file', async () => {
  const file = join(directory, 'file');
  await writeFile(file, '');
  const bot = run({ DATA_DIR: file });
  expect(await bot.ended).toBe(1);
  expect(bot.errors().trim().split('\n')).toHaveLength(1);
});

it('refuses a folder that cannot be made', async () => {
  const parent = join(directory, 'taken');
  await writeFile(parent, '');
  for (const folder of [join(parent, 'store'), ...(process.platform === 'linux' ? ['/proc/store'] : [])]) {
    const bot = run({ DATA_DIR: folder });
    expect(await bot.ended).toBe(1);
    expect(bot.errors().trim().split('\n')).toEqual([expect.stringContaining('cannot be used')]);
  }
});

it('refuses a port that is taken before it goes to Discord, and a Discord that is not there', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const begun = Date.now();
  const bot = run({ HTTP_PORT: String(port) });
  expect(await bot.ended).toBe(1);
  expect(bot.errors().trim().split('\n')).toEqual([expect.stringContaining(`HTTP_PORT ${port}`)]);
  expect(discord.requests.filter(({ at }) => at >= begun)).toEqual([]);
  other.close();
  const alone = run({ DISCORD_API_URL: `http://127.0.0.1:${port}/api` });
  expect(await alone.ended).toBe(1);
  expect(alone.errors().trim().split('\n')).toEqual([expect.stringContaining('Discord could not be reached')]);
});

it('says that it is not Discord that answers, and publishes nothing there', async () => {
  const page = createHttpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in to go on');
  }).listen(0, '127.0.0.1');
  const nowhere = createHttpServer((_, response) => response.writeHead(404).end('Not found')).listen(0, '127.0.0.1');
  for (const server of [page, nowhere]) {
    if (!server.listening) await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const environment = { DISCORD_API_URL: `http://127.0.0.1:${port}/api`, DATA_DIR: join(directory, 'page') };
    for (const refused of [run(environment), run(environment, deploying)]) {
      expect(await refused.ended).toBe(1);
      expect(refused.output()).not.toContain('created');
      expect(refused.errors().trim().split('\n')).toEqual([
        'Discord could not be reached: what answers at DISCORD_API_URL is not Discord',
      ]);
    }
    server.close();
  }
});

it('names the server where the bot may not publish', async () => {
  const deploy = run({ DISCORD_GUILD_ID: '123456789012345678' }, deploying);
  expect(await deploy.ended).toBe(1);
  expect(deploy.errors().trim().split('\n')).toEqual([expect.stringContaining('DISCORD_GUILD_ID')]);
});
