// `npm run commands:deploy`: publishes the slash commands and prints what changed.
import { commands } from '../../commands/index.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { isApplicationRefused, publishCommands, restFor } from '../discord/publish.ts';
import { isTokenRefused, tokenRefused } from '../discord/token-refused.ts';
import { withoutSecrets } from '../log.ts';
import { exitWith, NotDoneError, say } from './exit.ts';

function whyNot(error: unknown): string {
  if (isTokenRefused(error)) return tokenRefused;
  if (isApplicationRefused(error)) {
    return 'DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN: leave it out, and Discord is asked';
  }
  return withoutSecrets(error instanceof Error ? error.message : String(error));
}

await exitWith(async () => {
  const { discord } = loadConfig();
  if (!discord) throw new ConfigError(['DISCORD_TOKEN is not set: there is no application to publish commands for']);
  const published = await publishCommands(restFor(discord), discord, commands).catch((error: unknown) => {
    throw new NotDoneError(whyNot(error), { cause: error });
  });
  for (const [what, names] of Object.entries(published)) {
    say([`${what} ${names.length}`, names.map((name: string) => `/${name}`).join(' ')].filter(Boolean).join(': '));
  }
  return 0;
});
