// `npm run commands:deploy`: publishes the slash commands and prints what changed.
import { commands } from '../../commands/index.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { isApplicationRefused, isTokenRefused, publishCommands, restFor } from '../discord/publish.ts';
import { withoutSecrets } from '../log.ts';

async function deploy(): Promise<void> {
  const { discord } = loadConfig();
  if (!discord) throw new ConfigError(['DISCORD_TOKEN is not set: there is no application to publish commands for']);
  const published = await publishCommands(restFor(discord), discord, commands);
  for (const [what, names] of Object.entries(published)) {
    console.log(
      `${what} ${names.length}${names.length > 0 ? `: ${names.map((name: string) => `/${name}`).join(' ')}` : ''}`,
    );
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.lines;
  if (isTokenRefused(error)) return ['Discord does not take DISCORD_TOKEN: copy it again from the developer portal'];
  if (isApplicationRefused(error)) {
    return ['DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN: leave it out, and Discord is asked'];
  }
  return [error instanceof Error ? error.message : String(error)];
}

try {
  await deploy();
} catch (error) {
  for (const line of linesOf(error)) console.error(withoutSecrets(line));
  process.exitCode = 1;
}
