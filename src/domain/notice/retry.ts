// How long a message is tried for, and how often.
import type { Notice } from './notice.ts';

/** A lease outlasts one attempt with all of its retries, and ends while Discord still remembers the nonce. */
export const leaseMs = 2 * 60_000;

const firstRetryMs = 5_000;
export const longestRetryMs = 15 * 60_000;
/** After this, what could not be said is no news any more. */
const givenUpAfterMs = 3 * 86_400_000;
/** A bug that fails each time. */
const failuresAtMost = 10;

/** The pause (ms) after so many attempts (1 or more): doubling from 5 s, 15 minutes at most, and not less than was asked for. */
export function retryAfterMs(attempts: number, asked = 0): number {
  const doubled = firstRetryMs * 2 ** Math.min(attempts - 1, 20);
  return Math.max(asked, Math.min(doubled, longestRetryMs));
}

/** Why it is not to be tried again: `expired` after three days, `error` after ten attempts that ended in a bug. */
export function givenUp(notice: Notice, now: number, failed: boolean): 'expired' | 'error' | undefined {
  if (failed && notice.attempts >= failuresAtMost) return 'error';
  return now - notice.createdAt >= givenUpAfterMs ? 'expired' : undefined;
}
