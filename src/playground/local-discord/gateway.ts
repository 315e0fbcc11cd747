// The gateway: one WebSocket per session of the bot, with heartbeats, resuming and every event it asked for.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Dispatch, Intent } from './dispatch.ts';
import type { Guild } from './entities.ts';
import { CloseCode, Op, onShard, parsed, type SentEvent, type Session, wants } from './gateway-session.ts';
import type { Hub } from './hub.ts';
import type { Snowflake } from './snowflake.ts';
import type { Json } from './types.ts';
import { guildCreateJson, memberJson, userJson } from './wire.ts';
import type { World } from './world.ts';

export interface GatewayDeps {
  readonly token: string;
  readonly applicationId: Snowflake;
  readonly applicationFlags: number;
  readonly world: () => World;
  readonly hub: Hub;
  readonly url: () => string;
  readonly heartbeatMs: number;
  /** Intents the application may not ask for, because they were not granted. */
  readonly deniedIntents: number;
}

/** What a test may do to the connection. */
export class Gateway {
  readonly #deps: GatewayDeps;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  #acknowledges = true;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
  }

  /** Whether a session of the bot is connected and identified. */
  get connected(): boolean {
    return this.#live().length > 0;
  }

  /** Sends an event to every session that asked for it; those that are away get it when they resume. */
  readonly dispatch: Dispatch = (event, data, scope) => {
    for (const session of this.#sessions.values()) {
      if (wants(session, scope)) this.#send(session, event, data(session.intents));
    }
  };

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#greet(webSocket));
  }

  /** Breaks every connection: with a close code, or, without one, as a lost network does. Sessions stay resumable. */
  drop(code?: number): void {
    for (const { socket } of this.#live()) code === undefined ? socket.terminate() : socket.close(code);
  }

  /** Asks the bot to reconnect and resume (opcode 7). */
  requestReconnect(): void {
    for (const { socket } of this.#live()) socket.send(JSON.stringify({ op: Op.reconnect, d: null }));
  }

  /** Ends the sessions (opcode 9): unless `resumable`, events in between are lost and the bot must identify anew. */
  invalidate(resumable = false): void {
    for (const { session, socket } of this.#live()) {
      session.resumable = resumable;
      socket.send(JSON.stringify({ op: Op.invalidSession, d: resumable }));
      if (!resumable) this.#sessions.delete(session.id);
    }
  }

  /** From now on what is away cannot be resumed: the next RESUME is answered with opcode 9. */
  forgetSessions(): void {
    for (const session of this.#sessions.values()) session.resumable = false;
  }

  /** Sends the newest events of a kind once more, as new events with the same content: the duplicates Discord sometimes makes. */
  repeat(event: string, count = 1): void {
    for (const { session } of this.#live()) {
      const again = session.sent.filter(({ t }) => t === event).slice(-count);
      for (const { t, d } of again) this.#send(session, t, d);
    }
  }

  /** Stops (or resumes) answering heartbeats, which makes the connection a zombie. */
  acknowledgeHeartbeats(acknowledges: boolean): void {
    this.#acknowledges = acknowledges;
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #live(): { session: Session; socket: WebSocket }[] {
    return [...this.#sessions.values()].flatMap((session) =>
      session.socket === null ? [] : [{ session, socket: session.socket }],
    );
  }

  #greet(socket: WebSocket): void {
    let session: Session | null = null;
    socket.on('error', () => {});
    socket.on('close', () => {
      if (session === null || session.socket !== socket) return;
      session.socket = null;
      this.#deps.hub.emit({ kind: 'gateway', state: 'closed', sessionId: session.id });
    });
    socket.on('message', (raw) => {
      const payload = parsed(String(raw));
      if (payload === null) return socket.close(CloseCode.decodeError, 'Error while decoding payload.');
      session = this.#receive(socket, session, payload) ?? session;
    });
    socket.send(JSON.stringify({ op: Op.hello, s: null, t: null, d: { heartbeat_interval: this.#deps.heartbeatMs } }));
  }

  /** Handles one payload; returns the session when it was opened or resumed. */
  #receive(socket: WebSocket, session: Session | null, payload: { op: unknown; d?: unknown }): Session | null {
    const data = (typeof payload.d === 'object' && payload.d !== null ? payload.d : {}) as Json;
    switch (payload.op) {
      case Op.heartbeat:
        if (this.#acknowledges) socket.send(JSON.stringify({ op: Op.heartbeatAck }));
        return null;
      case Op.identify:
        if (session !== null && this.#sessions.has(session.id)) {
          socket.close(CloseCode.alreadyAuthenticated, 'Already authenticated.');
        } else return this.#identify(socket, data);
        return null;
      case Op.resume:
        return this.#resume(socket, data);
      case Op.requestMembers:
        if (session !== null) this.#sendMembers(session, data);
        return null;
      case 3:
      case 4:
      case 31:
        if (session === null) socket.close(CloseCode.notAuthenticated, 'Not authenticated.');
        return null;
      default:
        socket.close(CloseCode.unknownOpcode, 'Unknown opcode.');
        return null;
    }
  }

  #identify(socket: WebSocket, data: Json): Session | null {
    if (data.token !== this.#deps.token) {
      socket.close(CloseCode.authenticationFailed, 'Authentication failed.');
      return null;
    }
    const intents = data.intents;
    if (typeof intents !== 'number' || !Number.isInteger(intents) || intents < 0) {
      socket.close(CloseCode.invalidIntents, 'Invalid intent(s).');
      return null;
    }
    if ((intents & this.#deps.deniedIntents) !== 0) {
      socket.close(CloseCode.disallowedIntents, 'Disallowed intent(s).');
      return null;
    }
    const shard = Array.isArray(data.shard) ? data.shard : [0, 1];
    const session: Session = {
      id: randomBytes(16).toString('hex'),
      intents,
      shard: [Number(shard[0]), Number(shard[1])],
      sent: [],
      socket,
      resumable: true,
    };
    this.#sessions.set(session.id, session);
    this.#welcome(session);
    return session;
  }

  #welcome(session: Session): void {
    const { applicationId, applicationFlags, url, hub } = this.#deps;
    const world = this.#deps.world();
    const guilds = [...world.guilds.values()].filter((guild) => onShard(session, guild.id));
    this.#send(session, 'READY', {
      v: 10,
      user: { ...userJson(world.user(world.botId)), verified: true, mfa_enabled: true, email: null, flags: 0 },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: url(),
      shard: session.shard,
      application: { id: applicationId, flags: applicationFlags },
      private_channels: [],
      presences: [],
      relationships: [],
      user_settings: {},
      auth: {},
      geo_ordered_rtc_regions: [],
      _trace: [],
    });
    if ((session.intents & Intent.guilds) !== 0) this.#sendGuilds(session, guilds);
    hub.emit({ kind: 'gateway', state: 'ready', sessionId: session.id });
  }

  #sendGuilds(session: Session, guilds: readonly Guild[]): void {
    const world = this.#deps.world();
    for (const guild of guilds) this.#send(session, 'GUILD_CREATE', guildCreateJson(world, guild));
  }

  #resume(socket: WebSocket, data: Json): Session | null {
    const session = this.#sessions.get(String(data.session_id));
    if (data.token !== this.#deps.token) {
      socket.close(CloseCode.authenticationFailed, 'Authentication failed.');
      return null;
    }
    if (session === undefined || !session.resumable) {
      if (session !== undefined) this.#sessions.delete(session.id);
      socket.send(JSON.stringify({ op: Op.invalidSession, d: false }));
      return null;
    }
    const seq = Number(data.seq);
    if (seq > session.sent.length) {
      socket.close(CloseCode.invalidSeq, 'Invalid seq.');
      return null;
    }
    session.socket?.terminate();
    session.socket = socket;
    for (const { s, t, d } of session.sent.slice(seq)) socket.send(JSON.stringify({ op: Op.dispatch, s, t, d }));
    this.#send(session, 'RESUMED', { _trace: [] });
    this.#deps.hub.emit({ kind: 'gateway', state: 'resumed', sessionId: session.id });
    return session;
  }

  #sendMembers(session: Session, data: Json): void {
    const world = this.#deps.world();
    const guild = world.guilds.get(String(data.guild_id));
    if (guild === undefined) return;
    const wanted = data.user_ids === undefined ? null : [data.user_ids].flat().map(String);
    const members = [...guild.members.values()].filter(({ userId }) => wanted === null || wanted.includes(userId));
    this.#send(session, 'GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: members.map((member) => memberJson(world, member)),
      chunk_index: 0,
      chunk_count: 1,
      not_found: (wanted ?? []).filter((id) => !guild.members.has(id)),
      ...(data.nonce === undefined ? {} : { nonce: data.nonce }),
    });
  }

  #send(session: Session, t: string, d: object): void {
    const event: SentEvent = { s: session.sent.length + 1, t, d: structuredClone(d) };
    session.sent.push(event);
    session.socket?.send(JSON.stringify({ op: Op.dispatch, ...event }));
  }
}
