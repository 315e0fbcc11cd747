// Rate limit buckets and the headers Discord sends about them.
import { createHash } from 'node:crypto';

export interface Limit {
  readonly requests: number;
  readonly perMs: number;
}

/** How strict the limits are: roughly as Discord's are today, or so wide that only a runaway bot meets them. */
export type RateLimitMode = 'discord' | 'lenient';

const lenientLimit: Limit = { requests: 1000, perMs: 1000 };

/** Observed limits of Discord; it publishes none and may change them (docs: topics/rate-limits). */
const discordLimits: Readonly<Record<string, Limit>> = {
  'POST /channels/:channel/messages': { requests: 5, perMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { requests: 5, perMs: 5000 },
  'DELETE /channels/:channel/messages/:message': { requests: 5, perMs: 1000 },
  'POST /webhooks/:application/:token': { requests: 5, perMs: 2000 },
  'PATCH /webhooks/:application/:token/messages/:message': { requests: 5, perMs: 2000 },
  'POST /channels/:channel/typing': { requests: 5, perMs: 5000 },
};

const discordDefaultLimit: Limit = { requests: 50, perMs: 1000 };

interface Bucket {
  used: number;
  resetAtMs: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait, when the limit is exceeded. */
  readonly retryAfter: number | null;
}

export class RateLimits {
  readonly #mode: RateLimitMode;
  readonly #buckets = new Map<string, Bucket>();

  constructor(mode: RateLimitMode) {
    this.#mode = mode;
  }

  /** Counts a request of this route; `major` is the channel, server or webhook that has its own bucket. Real time. */
  count(route: string, major: string, now = Date.now()): Verdict {
    const limit = this.#mode === 'lenient' ? lenientLimit : (discordLimits[route] ?? discordDefaultLimit);
    const key = `${route} ${major}`;
    const known = this.#buckets.get(key);
    const bucket = known !== undefined && known.resetAtMs > now ? known : { used: 0, resetAtMs: now + limit.perMs };
    this.#buckets.set(key, bucket);
    const exceeded = bucket.used >= limit.requests;
    if (!exceeded) bucket.used += 1;
    const resetAfter = (bucket.resetAtMs - now) / 1000;
    const headers = {
      'X-RateLimit-Limit': String(limit.requests),
      'X-RateLimit-Remaining': String(limit.requests - bucket.used),
      'X-RateLimit-Reset': (bucket.resetAtMs / 1000).toFixed(3),
      'X-RateLimit-Reset-After': resetAfter.toFixed(3),
      'X-RateLimit-Bucket': createHash('sha1').update(route).digest('hex').slice(0, 32),
    };
    return { headers, retryAfter: exceeded ? resetAfter : null };
  }
}
