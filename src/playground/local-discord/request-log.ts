// Every REST request the bot made, and how it was answered.
import type { ErrorBody } from './errors.ts';

export interface LoggedRequest {
  readonly id: number;
  /** When it came in: real time, UTC epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** As the bot asked, without the version and the query. */
  readonly path: string;
  /** With ids replaced by names, such as `POST /channels/:channel/messages`. */
  readonly route: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly size: number }[];
  /** 0 while under way, or when the connection was dropped without an answer. */
  readonly status: number;
  /** Discord's error, when it was refused. */
  readonly error: ErrorBody | null;
  readonly durationMs: number;
}

export class RequestLog {
  readonly all: LoggedRequest[] = [];
  readonly #onAdd: (request: LoggedRequest) => void;

  constructor(onAdd: (request: LoggedRequest) => void) {
    this.#onAdd = onAdd;
  }

  add(request: Omit<LoggedRequest, 'id'>): LoggedRequest {
    const logged = { id: this.all.length + 1, ...request };
    this.all.push(logged);
    this.#onAdd(logged);
    return logged;
  }

  /** Every request that was answered 4xx, injected faults included. */
  get refusals(): readonly LoggedRequest[] {
    return this.all.filter((request) => request.status >= 400 && request.status < 500);
  }
}
