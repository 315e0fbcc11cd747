// A bot in a process of its own, so that its processor time is its own: ours, or a bare discord.js client that replies a
// fixed string, or a fixed card. Tells its processor time when asked.
import { Client, Events, type InteractionReplyOptions, MessageFlags } from 'discord.js';
import { startBot } from '../src/bot.ts';
import { openApp } from './stores.ts';

const [kind, apiUrl = '', token = '', argument = ''] = process.argv.slice(2);

/** Once a year: nothing else is to happen meanwhile. */
const sweepCron = '0 0 1 1 *';

async function startOurs(directory: string): Promise<void> {
  const app = await openApp(directory);
  await startBot({ discord: { apiUrl, token }, app, sweepCron });
}

async function startBare(reply: InteractionReplyOptions): Promise<void> {
  const client = new Client({ intents: [], rest: { api: apiUrl } });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply(reply);
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
}

const fixedString = { content: 'Your order is on its way.', flags: MessageFlags.Ephemeral } as const;

/** @param components as JSON */
function fixedCard(components: string): InteractionReplyOptions {
  return {
    components: JSON.parse(components),
    flags: MessageFlags.Ephemeral | MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  };
}

await (kind === 'ours' ? startOurs(argument) : startBare(argument ? fixedCard(argument) : fixedString));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
