// What Discord's answer to a message that could not be sent means for its delivery.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { NotDelivered } from '../app/ports.ts';

type Why = NotDelivered['why'];

/** Discord's error codes: docs, topics/opcodes-and-status-codes. */
const whyByCode: Readonly<Record<number, Why>> = {
  10003: 'gone', // unknown channel
  10004: 'gone', // unknown guild
  10007: 'forbidden', // unknown member: has left the server
  10013: 'gone', // unknown user
  40003: 'later', // opening direct messages too fast
  50001: 'forbidden', // missing access
  50007: 'dm_closed', // cannot send messages to this user
  50008: 'forbidden', // not a text channel
  50013: 'forbidden', // missing permissions
  50024: 'forbidden', // not in this type of channel
  50033: 'gone', // invalid recipient
  50083: 'gone', // thread is archived and locked
  50278: 'dm_closed', // no server in common with this user
  160006: 'forbidden', // too many active threads
};

/** Too many at once is not over in a moment. */
const slowDownMs = 10 * 60_000;

/** What an error means; undefined for a bug of ours, such as a body that Discord refuses. */
export function notDelivered(error: unknown): NotDelivered | undefined {
  if (error instanceof RateLimitError) return later(error.retryAfter);
  if (error instanceof DiscordAPIError) return refused(error);
  if (error instanceof HTTPError) return error.status >= 500 ? later() : undefined;
  return isConnectionError(error) ? later() : undefined;
}

function refused({ code, status }: DiscordAPIError): NotDelivered | undefined {
  const why = typeof code === 'number' ? whyByCode[code] : undefined;
  if (why === 'later' || status === 429 || status === 401) return later(slowDownMs);
  if (why !== undefined) return { ok: false, why };
  if (status >= 500) return later();
  if (status === 404) return { ok: false, why: 'gone' };
  return status === 403 ? { ok: false, why: 'forbidden' } : undefined;
}

function later(retryAfterMs?: number): NotDelivered {
  return { ok: false, why: 'later', ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** Aborted by a time limit, or failed below HTTP: those errors carry a code such as ECONNRESET or UND_ERR_SOCKET. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return true;
  return (
    'code' in error && typeof error.code === 'string' && /^(E(?!RR_)|UND_ERR_|ERR_TLS_|ERR_SSL_|CERT_)/.test(error.code)
  );
}
