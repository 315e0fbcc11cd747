// What the page is shown of the demo: the whole state, then every change as it happens, to everyone who listens.
import type { Demo } from '../demo.ts';
import type { Channel } from '../local-discord/entities.ts';
import type { LocalDiscordEvent } from '../local-discord/hub.ts';
import { type Message, MessageFlag } from '../local-discord/types.ts';
import type {
  ClockState,
  CommandNames,
  ServerEvent,
  ShownChannel,
  ShownMessage,
  ShownPerson,
  State,
} from './protocol.ts';

type Listener = (event: ServerEvent) => void;

/** Changes that come together are told together. */
const stirMs = 120;

export class Feed {
  readonly #listeners = new Set<Listener>();
  readonly #seenOnlyBy = new Map<string, string>();
  readonly #dismissed = new Set<string>();
  readonly #commands = new Map<string, CommandNames>();
  /** Channels as they were last told, to tell only what is new. */
  readonly #told = new Map<string, string>();
  #demo: Demo;
  #epoch = 0;
  #off: () => void;
  #stirring: NodeJS.Timeout | undefined;

  constructor(demo: Demo) {
    this.#demo = demo;
    this.#off = demo.discord.on((event) => this.#hear(event));
  }

  get demo(): Demo {
    return this.#demo;
  }

  /** Shows another demo from now on. */
  async show(demo: Demo): Promise<void> {
    this.#off();
    this.#seenOnlyBy.clear();
    this.#dismissed.clear();
    this.#commands.clear();
    this.#told.clear();
    this.#demo = demo;
    this.#epoch += 1;
    this.#off = demo.discord.on((event) => this.#hear(event));
    this.#tell({ type: 'state', state: await this.state() });
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Remembers which command an interaction is, to be shown above its answer. */
  remember(interactionId: string, names: CommandNames): void {
    this.#commands.set(interactionId, names);
  }

  /** Takes away an answer that only one person sees. */
  dismiss(channelId: string, messageId: string): void {
    if (!this.#seenOnlyBy.has(messageId)) return;
    this.#dismissed.add(messageId);
    this.#tell({ type: 'deleted', channelId, messageId });
  }

  /** Closes a person's DMs to the bot, or opens them again. */
  takeDms(userId: string, open: boolean): void {
    const { world } = this.#demo.discord;
    world.closeDms(userId, !open);
    this.#tellChannel(world.dmWith(userId).id);
  }

  /** Tells everyone what the shop's clock shows. */
  async tellTime(): Promise<void> {
    this.#tell({ type: 'clock', clock: await this.#clock() });
  }

  /** Something has happened that may be worth a look at the books and the clock. */
  stir(): void {
    this.#stirring ??= setTimeout(() => {
      this.#stirring = undefined;
      this.#tell({ type: 'stirred' });
      // A demo that is being closed has no time to tell.
      this.tellTime().catch(() => undefined);
    }, stirMs).unref();
  }

  async state(): Promise<State> {
    const { discord, world: demo, app } = this.#demo;
    const { world } = discord;
    const guild = world.guild(demo.guildId);
    // Everybody has a line to the bot, opened or not.
    for (const { userId } of demo.cast) world.dmWith(userId);
    const channels = [...world.channels.values()];
    return {
      epoch: this.#epoch,
      botId: world.botId,
      guild: { id: guild.id, name: guild.name },
      timeZone: app.defaults.timeZone,
      people: [...guild.members.keys()].map((id) => this.#person(id)),
      roles: [...guild.roles.values()].map(({ id, name }) => ({ id, name })),
      channels: channels.map((channel) => this.#channel(channel)),
      messages: channels.flatMap(({ id }) => discord.messages(id).flatMap((message) => this.#shown(message) ?? [])),
      clock: await this.#clock(),
    };
  }

  async #clock(): Promise<ClockState> {
    const { time } = this.#demo;
    return { now: time.now(), paused: time.paused, nextDueAt: (await time.nextDueAt()) ?? null };
  }

  #person(id: string): ShownPerson {
    const { discord, world } = this.#demo;
    const { name, displayName, bot } = discord.world.user(id);
    const member = discord.world.member(world.guildId, id);
    const part = world.cast.find(({ userId }) => userId === id);
    return {
      id,
      name: displayName ?? name,
      bot,
      roleIds: member.roles,
      ...(!bot && { part: part?.role ?? 'buyer' }),
      ...(part && { key: part.key, homeId: part.channelId }),
    };
  }

  #channel(channel: Channel): ShownChannel {
    const { world } = this.#demo.discord;
    const people = [...world.guild(this.#demo.world.guildId).members.keys()].filter((id) => id !== world.botId);
    return {
      id: channel.id,
      type: channel.type,
      name: channel.name,
      guildId: channel.guildId,
      parentId: channel.parentId,
      recipientId: channel.recipientId,
      archived: channel.thread?.archived === true,
      closed: channel.recipientId !== null && this.#demo.discord.world.user(channel.recipientId).dmsClosed,
      seenBy: people.filter((id) => world.canSee(id, channel)),
    };
  }

  /** What was shown to one person before anybody watched is gone, as it would be from their own screen. */
  #shown(message: Message): ShownMessage | undefined {
    if (this.#dismissed.has(message.id)) return undefined;
    const visibleTo = this.#seenOnlyBy.get(message.id) ?? null;
    if (visibleTo === null && (message.flags & MessageFlag.ephemeral) !== 0) return undefined;
    const command = this.#commands.get(String(message.interaction_metadata?.id));
    return { ...message, visibleTo, ...(command !== undefined && { command }) };
  }

  #hear(event: LocalDiscordEvent): void {
    if (event.kind === 'message' || event.kind === 'messageEdited') this.#hearMessage(event.message, event.visibleTo);
    else if (event.kind === 'messageDeleted')
      this.#tell({ type: 'deleted', channelId: event.channelId, messageId: event.messageId });
    else if (event.kind === 'typing') this.#tell({ type: 'typing', channelId: event.channelId, userId: event.userId });
    else if (event.kind === 'channel') this.#tellChannel(event.channelId);
    else if (event.kind === 'commands') this.#tell({ type: 'commands' });
    this.stir();
  }

  #hearMessage(message: Message, visibleTo: string | null): void {
    if (visibleTo !== null) this.#seenOnlyBy.set(message.id, visibleTo);
    // A mention may have brought people into a thread, and a first message may have opened a DM.
    this.#tellChannel(message.channel_id);
    const shown = this.#shown(message);
    if (shown) this.#tell({ type: 'message', message: shown });
  }

  #tellChannel(id: string): void {
    const channel = this.#demo.discord.world.channels.get(id);
    if (!channel) return;
    const shown = this.#channel(channel);
    const text = JSON.stringify(shown);
    if (this.#told.get(id) === text) return;
    this.#told.set(id, text);
    this.#tell({ type: 'channel', channel: shown });
  }

  #tell(event: ServerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
