// Makes the day's logins last: a bot that falls over and is started again and again would soon have none left until tomorrow.
import type { APIGatewayBotInfo } from 'discord.js';

/** From this part of the day's logins on, what is left is spread. */
const scarcePart = 0.1;

/**
 * How long to wait before the next start, ms: 0 while there are plenty of logins, else so long that they last until there are
 * new ones. Discord takes about 1,000 a day, one for each shard, and resets the token of who tries more; where there are not
 * enough for a start, discord.js refuses it.
 */
export function waitBeforeLogin({ shards, session_start_limit }: APIGatewayBotInfo): number {
  const { total, remaining, reset_after } = session_start_limit;
  const starts = Math.floor(remaining / shards);
  return starts > 0 && remaining < total * scarcePart ? Math.ceil(reset_after / starts) : 0;
}
