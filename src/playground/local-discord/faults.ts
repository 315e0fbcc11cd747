// Faults a test or a demo may put between the bot and Discord, per route: slowness, 429, 5xx, lost connections.
export interface Fault {
  /** Such as `POST /channels/:channel/messages`; a pattern matches any part of it. Default: every request. */
  readonly route?: string | RegExp;
  /** How many requests it hits; default 1. */
  readonly times?: number;
  /** Real milliseconds to wait before anything else happens. */
  readonly latencyMs?: number;
  /** Answer with this 5xx (or 4xx) instead, with `body` where given. */
  readonly status?: number;
  readonly body?: object;
  /** Answer 429 with this many seconds to wait. */
  readonly retryAfter?: number;
  /** Whose limit it is; default `user`. */
  readonly scope?: 'user' | 'global' | 'shared';
  /** Break the connection instead of answering. */
  readonly drop?: boolean;
  /** Let the request take effect first, and lose only the answer (with `drop` or `status`). */
  readonly afterEffect?: boolean;
}

export interface ActiveFault {
  readonly fault: Fault;
  /** Requests hit so far. */
  readonly hits: () => number;
  readonly remove: () => void;
}

interface Entry {
  readonly fault: Fault;
  left: number;
  hits: number;
}

export class Faults {
  readonly #entries = new Set<Entry>();

  /** Puts a fault in place; the oldest that matches a request is the one that hits it. */
  add(fault: Fault): ActiveFault {
    const entry: Entry = { fault, left: fault.times ?? 1, hits: 0 };
    this.#entries.add(entry);
    return { fault, hits: () => entry.hits, remove: () => void this.#entries.delete(entry) };
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The fault that hits this request, if any; it is used up by one. */
  take(route: string): Fault | undefined {
    for (const entry of this.#entries) {
      if (!matches(entry.fault.route, route)) continue;
      entry.hits += 1;
      entry.left -= 1;
      if (entry.left <= 0) this.#entries.delete(entry);
      return entry.fault;
    }
    return undefined;
  }
}

function matches(wanted: string | RegExp | undefined, route: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === route : wanted.test(route);
}
