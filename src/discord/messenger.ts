// Brings notices to people on Discord: by DM, into a channel, or into a private thread.
import {
  type APIMessage,
  type APIThreadChannel,
  ChannelType,
  ComponentType,
  DiscordAPIError,
  HTTPError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Clock, Delivery, Messenger, NotDelivered, Target } from '../app/ports.ts';
import type { Notice } from '../domain/notice/notice.ts';
import type { Locale } from '../domain/scalars.ts';
import type { MessageBody } from './card.ts';
import { fitComponents } from './limits.ts';
import { notDelivered } from './message-errors.ts';

/** Words a notice as things now stand; undefined where there is nothing left to say. */
export type RenderNotice = (notice: Notice, locale: Locale) => Promise<MessageBody | undefined>;

/** A channel that refused is left alone for this long: refused requests count against the bot's limits at Discord. */
const refusedForMs = 5 * 60_000;
/** Minutes of silence, the most Discord allows. */
const archiveAfterMinutes = 7 * 24 * 60;

/** False where it is certain that somebody may not see a channel. */
export type CanSee = (channelId: string, userId: string) => Promise<boolean>;

export interface MessengerSettings {
  readonly rest: REST;
  readonly render: RenderNotice;
  /** Tells when a channel that refused may be tried again. */
  readonly clock: Clock;
  readonly canSee: CanSee;
}

/** A Messenger on Discord's REST interface. */
export function createMessenger({ rest, render, clock, canSee }: MessengerSettings): Messenger {
  const refusals = new RecentRefusals(clock);
  return {
    async send(target, notice, locale) {
      const body = await render(notice, locale);
      if (body === undefined) return { ok: false, why: 'obsolete' };
      return refusals.unlessRefused(placeOf(target), () => post(rest, target, messageFor(target, notice, body)));
    },
    async openThread(channelId, name, userId) {
      if (!(await canSee(channelId, userId))) return { ok: false, why: 'forbidden' };
      return refusals.unlessRefused(`threads in ${channelId}`, () => openThread(rest, channelId, name));
    },
  };
}

function placeOf(target: Target): string {
  return target.type === 'dm' ? `dm ${target.userId}` : target.channelId;
}

/** The nonce makes the same notice to the same place one message, however often it is posted within some minutes. */
function messageFor(target: Target, notice: Notice, body: MessageBody): object {
  const nonce = { nonce: notice.id, enforce_nonce: true };
  if (target.type !== 'thread') return { ...body, ...nonce };
  const components = mentioning(target.userId, body);
  return { ...body, ...nonce, components, allowed_mentions: { parse: [], users: [target.userId] } };
}

/** The card with the person mentioned at its top: a mention is what makes a thread show up for somebody. */
function mentioning(userId: string, body: MessageBody): MessageBody['components'] {
  const mention = { type: ComponentType.TextDisplay, content: `<@${userId}>` } as const;
  const [first, ...rest] = body.components.filter((component) => component.type === ComponentType.Container);
  return first ? fitComponents([{ ...first, components: [mention, ...first.components] }, ...rest]) : [mention];
}

async function post(rest: REST, target: Target, body: object): Promise<Delivery> {
  const channelId = target.type === 'dm' ? await dmChannel(rest, target.userId) : target.channelId;
  if (target.type === 'thread') await addToThread(rest, channelId, target.userId);
  const message = (await rest.post(Routes.channelMessages(channelId), { body })) as APIMessage;
  return { ok: true, channelId, messageId: message.id };
}

/** Nobody can be added to a thread that was archived after a while of silence: it is opened again for that. */
async function addToThread(rest: REST, threadId: string, userId: string): Promise<void> {
  try {
    await rest.put(Routes.threadMembers(threadId, userId));
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.InvalidActionOnArchivedThread)
      throw error;
    await rest.patch(Routes.channel(threadId), { body: { archived: false } });
    await rest.put(Routes.threadMembers(threadId, userId));
  }
}

/** Asked again, Discord answers the same channel. */
async function dmChannel(rest: REST, userId: string): Promise<string> {
  const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as { id: string };
  return channel.id;
}

async function openThread(rest: REST, channelId: string, name: string): Promise<{ ok: true; channelId: string }> {
  const body = {
    name: name.slice(0, 100),
    type: ChannelType.PrivateThread,
    invitable: false,
    auto_archive_duration: archiveAfterMinutes,
  };
  const thread = (await rest.post(Routes.threads(channelId), { body })) as APIThreadChannel;
  return { ok: true, channelId: thread.id };
}

/** Turns errors into answers, and does not knock again at once where the answer was no. */
class RecentRefusals {
  readonly #clock: Clock;
  readonly #refused = new Map<string, { readonly until: number; readonly answer: NotDelivered }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async unlessRefused<T extends { ok: true } | NotDelivered>(
    place: string,
    work: () => Promise<T>,
  ): Promise<T | NotDelivered> {
    const now = this.#clock.now();
    const earlier = this.#refused.get(place);
    if (earlier && now < earlier.until && now >= earlier.until - refusedForMs) return earlier.answer;
    try {
      return await work();
    } catch (error) {
      const answer = notDelivered(error);
      if (!answer) throw withoutContent(error);
      if (answer.why === 'forbidden' || answer.why === 'gone') this.#remember(place, answer, now);
      return answer;
    }
  }

  #remember(place: string, answer: NotDelivered, now: number): void {
    for (const [other, { until }] of this.#refused) {
      if (until <= now || until > now + refusedForMs) this.#refused.delete(other);
    }
    this.#refused.set(place, { until: now + refusedForMs, answer });
  }
}

/** Discord's errors carry the message they refused, which does not belong in a log. */
function withoutContent(error: unknown): unknown {
  if (error instanceof DiscordAPIError) {
    const fields = [...new Set([...error.message.matchAll(/^([\w.[\]]+)\[/gm)].map((match) => match[1]))].join(', ');
    return new Error(`Discord refused a message: ${error.status}, code ${error.code}${fields && `, at ${fields}`}`);
  }
  return error instanceof HTTPError ? new Error(`Discord refused a message: ${error.status}`) : error;
}
