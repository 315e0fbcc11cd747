// A bot in a process of its own, so that its processor time is its own: ours, or a bare discord.js client that replies a
// fixed string. Tells its processor time when asked.
import { Client, Events, MessageFlags } from 'discord.js';
import { startBot } from '../src/bot.ts';
import { openApp } from './stores.ts';

const [kind, apiUrl = '', token = '', directory = ''] = process.argv.slice(2);

/** Once a year: nothing else is to happen meanwhile. */
const sweepCron = '0 0 1 1 *';

async function startOurs(): Promise<void> {
  const app = await openApp(directory);
  await startBot({ discord: { apiUrl, token }, app, sweepCron });
}

async function startBare(): Promise<void> {
  const client = new Client({ intents: [], rest: { api: apiUrl } });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) {
      void interaction.reply({ content: 'Your order is on its way.', flags: MessageFlags.Ephemeral });
    }
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
}

await (kind === 'ours' ? startOurs() : startBare());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
