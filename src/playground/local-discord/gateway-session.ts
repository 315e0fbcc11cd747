// What a gateway session is, the numbers of the protocol, and which events a session gets.
import type { WebSocket } from 'ws';
import type { DispatchScope } from './dispatch.ts';
import type { Snowflake } from './snowflake.ts';

export const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

export const CloseCode = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

export interface SentEvent {
  readonly s: number;
  readonly t: string;
  readonly d: object;
}

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  readonly sent: SentEvent[];
  socket: WebSocket | null;
  resumable: boolean;
}

/** A payload from the bot; null when it is none. */
export function parsed(text: string): { op: unknown; d?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'op' in value ? value : null;
  } catch {
    return null;
  }
}

/** Discord's rule: server id >> 22, modulo the number of shards; DMs go to shard 0. */
export function onShard(session: Session, guildId: Snowflake | null): boolean {
  const [id, count] = session.shard;
  return guildId === null ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
}

/** Whether a session asked for an event. */
export function wants(session: Session, scope: DispatchScope): boolean {
  return (scope.intents === 0 || (session.intents & scope.intents) !== 0) && onShard(session, scope.guildId);
}
