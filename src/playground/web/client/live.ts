// Everything there is to see, kept up to date by the server's events.
import type { ClockState, ServerEvent, ShownChannel, ShownMessage, ShownPerson, State } from '../protocol.ts';

export interface Live {
  readonly state: State;
  readonly channels: ReadonlyMap<string, ShownChannel>;
  /** By channel, oldest first. */
  readonly messages: ReadonlyMap<string, readonly ShownMessage[]>;
  readonly people: ReadonlyMap<string, ShownPerson>;
  /** Who types where, and until when it is shown, in ms of the page's own time. */
  readonly typing: ReadonlyMap<string, { readonly userId: string; readonly until: number }>;
  readonly clock: ClockState;
  /** When the clock was told, in ms of the page's own time. */
  readonly clockHeardAt: number;
  /** One more with each change of the commands, and of what the inspector shows. */
  readonly commandsVersion: number;
  readonly stirred: number;
}

const typingMs = 8000;
const jumpMs = 1000;

function opened(state: State, nowMs: number): Live {
  const messages = new Map<string, ShownMessage[]>();
  for (const message of state.messages) {
    const others = messages.get(message.channel_id);
    if (others) others.push(message);
    else messages.set(message.channel_id, [message]);
  }
  return {
    state,
    messages,
    channels: new Map(state.channels.map((channel) => [channel.id, channel])),
    people: new Map(state.people.map((person) => [person.id, person])),
    typing: new Map(),
    clock: state.clock,
    clockHeardAt: nowMs,
    commandsVersion: 0,
    stirred: 0,
  };
}

function withMessage(live: Live, message: ShownMessage): Live {
  const others = live.messages.get(message.channel_id) ?? [];
  const at = others.findIndex(({ id }) => id === message.id);
  const next = at < 0 ? [...others, message] : others.with(at, message);
  const typing = new Map(live.typing);
  if (typing.get(message.channel_id)?.userId === message.author.id) typing.delete(message.channel_id);
  return { ...live, typing, messages: new Map(live.messages).set(message.channel_id, next) };
}

/** @param nowMs the page's own time, such as `performance.now()` */
export function hear(live: Live | undefined, event: ServerEvent, nowMs: number): Live | undefined {
  if (event.type === 'state') return opened(event.state, nowMs);
  if (!live) return undefined;
  switch (event.type) {
    case 'message':
      return withMessage(live, event.message);
    case 'deleted': {
      const left = (live.messages.get(event.channelId) ?? []).filter(({ id }) => id !== event.messageId);
      return { ...live, messages: new Map(live.messages).set(event.channelId, left) };
    }
    case 'typing': {
      const typing = new Map(live.typing).set(event.channelId, { userId: event.userId, until: nowMs + typingMs });
      return { ...live, typing };
    }
    case 'channel':
      return { ...live, channels: new Map(live.channels).set(event.channel.id, event.channel) };
    case 'commands':
      return { ...live, commandsVersion: live.commandsVersion + 1 };
    case 'clock':
      return { ...live, clock: event.clock, clockHeardAt: nowMs };
    case 'stirred':
      return { ...live, stirred: live.stirred + 1 };
  }
}

/** The shop's time now, UTC epoch ms. */
export function shopNow({ clock, clockHeardAt }: Live, nowMs: number): number {
  return clock.paused ? clock.now : clock.now + nowMs - clockHeardAt;
}

/** Whether a clock just told shows another time than was to be expected. */
export function hasJumped(live: Live, told: ClockState, nowMs: number): boolean {
  return Math.abs(told.now - shopNow(live, nowMs)) > jumpMs || told.paused !== live.clock.paused;
}

/** The messages of a channel that a person sees, oldest first. */
export function seenBy(live: Live, channelId: string, userId: string): readonly ShownMessage[] {
  return (live.messages.get(channelId) ?? []).filter(({ visibleTo }) => visibleTo === null || visibleTo === userId);
}

/** The channels of the server a person sees, each followed by its open threads. */
export function channelsOf(live: Live, userId: string): ShownChannel[] {
  const seen = [...live.channels.values()].filter(({ guildId, seenBy: who }) => guildId && who.includes(userId));
  return seen
    .filter(({ parentId }) => parentId === null)
    .flatMap((channel) => [channel, ...seen.filter(({ parentId, archived }) => parentId === channel.id && !archived)]);
}

export function dmOf(live: Live, userId: string): ShownChannel | undefined {
  return [...live.channels.values()].find(({ recipientId }) => recipientId === userId);
}

export function nameOf(live: Live, id: string): string {
  return (
    live.people.get(id)?.name ??
    live.state.roles.find((role) => role.id === id)?.name ??
    live.channels.get(id)?.name ??
    id
  );
}

/** Who types there. @param nowMs the page's own time */
export function typingIn(live: Live, channelId: string, nowMs: number): string | undefined {
  const typing = live.typing.get(channelId);
  return typing && typing.until > nowMs ? typing.userId : undefined;
}

/** How many messages of others a person has not seen there. Ids of messages grow with time. */
export function unreadIn(live: Live, channelId: string, userId: string, readUpTo: string | undefined): number {
  const read = BigInt(readUpTo ?? 0);
  return seenBy(live, channelId, userId).filter(
    ({ id, author, visibleTo }) => visibleTo === null && author.id !== userId && BigInt(id) > read,
  ).length;
}
