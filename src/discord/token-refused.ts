// What Discord says of a token it does not take, when logging in as when asked over REST.
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes } from 'discord.js';

export const tokenRefused = 'Discord does not take DISCORD_TOKEN: copy it again from the developer portal';

/** True where Discord does not take the token. */
export function isTokenRefused(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof DiscordAPIError && error.status === 401;
}
