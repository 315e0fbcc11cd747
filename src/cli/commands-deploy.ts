// `npm run commands:deploy`: publishes the slash commands and prints what changed.
import { commands } from '../../commands/index.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { isApplicationRefused, isServerRefused, publishCommands, restFor } from '../discord/publish.ts';
import { isTokenRefused, tokenRefused } from '../discord/token-refused.ts';
import { unreachable } from '../discord/unreachable.ts';
import { withoutSecrets } from '../log.ts';
import { exitWith, NotDoneError, say } from './exit.ts';

function whyNot(error: unknown, guildId: string | undefined): string {
  if (isTokenRefused(error)) return tokenRefused;
  if (isApplicationRefused(error)) {
    return 'DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN: leave it out, and Discord is asked';
  }
  if (guildId !== undefined && isServerRefused(error)) {
    return 'DISCORD_GUILD_ID is no server the bot is on: add it there first, or leave it out';
  }
  return withoutSecrets(unreachable(error).message);
}

await exitWith(async () => {
  const { discord } = loadConfig();
  if (!discord) throw new ConfigError(['DISCORD_TOKEN is not set: there is no application to publish commands for']);
  const published = await publishCommands(restFor(discord), discord, commands).catch((error: unknown) => {
    throw new NotDoneError(whyNot(error, discord.guildId), { cause: error });
  });
  for (const [what, names] of Object.entries(published)) {
    say([`${what} ${names.length}`, names.map((name: string) => `/${name}`).join(' ')].filter(Boolean).join(': '));
  }
  return 0;
});
