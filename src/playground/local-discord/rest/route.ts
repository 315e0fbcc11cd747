// What an endpoint is: a method, a path, and what it does with a checked request.
import type { Core } from '../core.ts';
import type { FileBytes } from '../types.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RestRequest {
  readonly core: Core;
  /** A parameter of the path. */
  readonly param: (name: string) => string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, checked against the OpenAPI description unless the route says otherwise. */
  readonly body: unknown;
  readonly files: readonly FileBytes[];
}

export interface RestAnswer {
  readonly status: number;
  readonly json?: unknown;
}

export interface Route {
  readonly method: Method;
  /** Such as `/channels/:channel/messages`. */
  readonly path: string;
  /** The path in the OpenAPI description, for endpoints whose body is checked. */
  readonly described?: string;
  /** Answered without the bot's token: the token is in the path, or none is needed. */
  readonly open?: true;
  /** Checked by the handler once it knows that the body matters. */
  readonly checksBodyItself?: true;
  readonly handle: (request: RestRequest) => RestAnswer;
}

export function ok(json: unknown): RestAnswer {
  return { status: 200, json };
}

export const noContent: RestAnswer = { status: 204 };
