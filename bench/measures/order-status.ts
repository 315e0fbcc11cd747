// Our own processor time for an `/order status`: what it takes on top of a bare discord.js handler replying a fixed string,
// and, to tell work from the size of the answer, on top of one replying the very card we do. It can be less than theirs:
// discord.js's interaction objects are not built, and answers leave by a shorter way (src/discord/send-request.ts).
// The local Discord runs here, each bot in a process of its own, started with the flags this one has. What runs once after a
// start is none of an answer's work, and is waited for: due work, indexes, the compiler.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { commands } from '../../commands/index.ts';
import { sweep } from '../../src/app/sweep.ts';
import { definitionOf } from '../../src/discord/definition.ts';
import { type LocalDiscord, startLocalDiscord } from '../../src/playground/local-discord/local-discord.ts';
import { projectPath } from '../../src/root.ts';
import { type Figure, quantile } from '../figures.ts';
import { buyerOf, guildId, orderNumber } from '../orders.ts';
import { openApp } from '../stores.ts';

const rounds = 20;
const perRound = 100;
/** For each bot, whose days are long: up to about here V8 is still compiling, and each answer takes less than the one before. */
const warmUp = 3_000;
/** Microseconds of processor time in a second at rest: timers and heartbeats. */
const restingUs = 10_000;
const restsWithinSeconds = 120;
const token = 'bench-token';
const runner = projectPath('scripts/run.mjs');
const botFile = 'bench/bot-process.ts';

interface Side {
  readonly discord: LocalDiscord;
  readonly bot: ChildProcess;
  /** Microseconds of processor time for each interaction, one sample a round. */
  readonly samples: number[];
  /** The components of the answer. */
  ask(): Promise<readonly unknown[]>;
}

async function publishCommands(discord: LocalDiscord): Promise<void> {
  const response = await fetch(`${discord.url}/v10/applications/${discord.applicationId}/commands`, {
    method: 'PUT',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(commands.map((command) => definitionOf(command, true))),
  });
  if (!response.ok) throw new Error(`the commands were not taken: ${await response.text()}`);
}

/** @param argument ours: the store's folder; bare: components to reply, as JSON, in place of a string */
async function startSide(kind: 'ours' | 'bare', argument = ''): Promise<Side> {
  const discord = await startLocalDiscord({ token, answerWindowMs: 60_000 });
  const guild = discord.world.addGuild({ id: guildId, locale: 'zh-CN' });
  const channel = discord.world.addChannel(guild, { name: 'general' });
  const buyer = discord.world.addUser({ id: buyerOf(0), name: 'mei', locale: 'zh-CN' });
  discord.world.addMember(guild, buyer);
  await publishCommands(discord);
  const bot = fork(runner, [botFile, kind, discord.url, token, argument]);
  await once(bot, 'message');
  const person = discord.person(buyer);
  return {
    discord,
    bot,
    samples: [],
    async ask() {
      const asked = await person.command({ channel: channel.id }, '/order status', { order: orderNumber(0) });
      const response = await asked.response();
      if (response.kind !== 'message') throw new Error(`the answer is no message but a ${response.kind}`);
      return response.message.components;
    },
  };
}

/** Microseconds the bot's process has used so far. */
async function cpuOf(bot: ChildProcess): Promise<number> {
  const answer = once(bot, 'message');
  bot.send('cpu');
  return Number((await answer)[0]);
}

/** Resolves when a bot has done what its start brings with it, such as building indexes. */
async function untilAtRest({ bot }: Side): Promise<void> {
  let before = await cpuOf(bot);
  for (let second = 0; second < restsWithinSeconds; second++) {
    await wait(1_000);
    const now = await cpuOf(bot);
    if (now - before < restingUs) return;
    before = now;
  }
  throw new Error('the bot has more to do than to answer');
}

/** Sweeps and takes the snapshot after it, which on a full store last longer than the measure: the bot finds nothing due. */
async function doWhatIsDue(directory: string): Promise<void> {
  const app = await openApp(directory, { journalBytes: 0, closingMs: 600_000 });
  await sweep(app);
  await app.store.close();
}

async function runRound({ bot, samples, ask }: Side): Promise<void> {
  const before = await cpuOf(bot);
  for (let i = 0; i < perRound; i++) await ask();
  samples.push(((await cpuOf(bot)) - before) / perRound);
}

export async function measure(size: number, directory: string): Promise<Figure[]> {
  await doWhatIsDue(directory);
  const ours = await startSide('ours', directory);
  const bare = await startSide('bare');
  const sameCard = await startSide('bare', JSON.stringify(await ours.ask()));
  const sides = [ours, bare, sameCard];
  for (const side of sides) await untilAtRest(side);
  for (const side of sides) for (let i = 0; i < warmUp; i++) await side.ask();
  for (let round = 0; round < rounds; round++) for (const side of sides) await runRound(side);
  for (const { bot, discord } of sides) {
    bot.disconnect();
    await discord.close();
  }
  const [value, string, card] = sides.map(({ samples }) => quantile(samples, 0.5)) as [number, number, number];
  return [
    {
      measure: 'processor time of /order status',
      size,
      unit: 'µs',
      value,
      peers: [
        { name: 'a bare discord.js handler', value: string },
        { name: 'one replying the same card', value: card },
      ],
      goal: { text: '≤ 100 µs on top', reached: value - string <= 100 },
    },
  ];
}
