// What is said where Discord cannot be talked to: not reached at all, or something else answers in its place.
import { DiscordAPIError, DiscordjsError, HTTPError } from 'discord.js';

/** Something answers that is not Discord, such as a login page on the way, or an address that lacks a part. */
export class NotDiscordError extends Error {
  override readonly name = 'NotDiscordError';
  constructor() {
    super('what answers at DISCORD_API_URL is not Discord');
  }
}

function why(error: unknown): string {
  if (error instanceof DiscordAPIError && error.status === 404) return new NotDiscordError().message;
  if (error instanceof HTTPError) return `it answers ${error.status}`;
  return error instanceof Error ? error.message : String(error);
}

/** Says what was tried; what Discord itself refuses stands as discord.js words it. */
export function unreachable(error: unknown): Error {
  if (error instanceof DiscordjsError) return error;
  if (error instanceof DiscordAPIError && error.code)
    return new Error(`Discord refused: ${error.message}`, { cause: error });
  return new Error(`Discord could not be reached: ${why(error)}`, { cause: error });
}
