// `npm run commands:deploy`: publishes the slash commands and prints what changed.
import { REST } from 'discord.js';
import { commands } from '../../commands/index.ts';
import { applicationIdOf } from '../bot.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { publishCommands } from '../discord/publish.ts';
import { withoutSecrets } from '../log.ts';

async function deploy(): Promise<void> {
  const { discord } = loadConfig();
  if (!discord) throw new ConfigError(['DISCORD_TOKEN is not set: there is no application to publish commands for']);
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const applicationId = discord.applicationId ?? (await applicationIdOf(rest));
  const published = await publishCommands(rest, { applicationId, guildId: discord.guildId }, commands);
  for (const [what, names] of Object.entries(published)) {
    console.log(
      `${what} ${names.length}${names.length > 0 ? `: ${names.map((name: string) => `/${name}`).join(' ')}` : ''}`,
    );
  }
}

try {
  await deploy();
} catch (error) {
  const lines = error instanceof ConfigError ? error.lines : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) console.error(withoutSecrets(line));
  process.exitCode = 1;
}
