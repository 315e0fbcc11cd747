// How the day's logins are made to last.
import { expect, it } from 'vitest';
import { waitBeforeLogin } from '../../src/discord/login-limit.ts';

const day = 86_400_000;

it.each([
  ['plenty', 1000, day, 1, 0],
  ['enough', 100, day, 1, 0],
  ['few', 96, day, 1, 900_000],
  ['few, and soon more', 96, 9600, 1, 100],
  ['few, of which a start takes several', 96, day, 4, 3_600_000],
  ['the last', 1, day, 1, day],
  ['not enough for a start, which discord.js refuses', 1, day, 2, 0],
  ['none, which discord.js refuses', 0, day, 1, 0],
])('with %s left', (_, remaining, reset_after, shards, expected) => {
  const session_start_limit = { total: 1000, remaining, reset_after, max_concurrency: 1 };
  expect(waitBeforeLogin({ url: '', shards, session_start_limit })).toBe(expected);
});
