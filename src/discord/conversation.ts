// Answers a person who writes to the bot: in a DM with their most urgent order, where it is mentioned with the way to it.
import { DiscordAPIError, type GatewayMessageCreateDispatchData, MessageType, type REST, Routes } from 'discord.js';
import type { App } from '../app/context.ts';
import { orderStatusById } from '../app/order-status.ts';
import { mostUrgentOrder } from '../app/urgent-order.ts';
import { isRefusal } from '../domain/refusal.ts';
import { formatsIn } from '../i18n/format.ts';
import { textsIn } from '../i18n/texts.ts';
import { BoundedSet } from './bounded-set.ts';
import { type Card, textCard } from './card.ts';
import { Patience } from './patience.ts';
import type { Words } from './views/items.ts';
import { orderCard } from './views/order-card.ts';

export interface ConversationSettings {
  readonly app: App;
  readonly rest: REST;
  /** The bot's own account. */
  readonly botId: () => string | undefined;
  /** The role that Discord gave the bot in a server, where it has one. */
  readonly botRoleId: (guildId: string) => string | undefined;
}

export interface Conversation {
  /** Answers a message that is meant for the bot. Never rejects. */
  handle(message: GatewayMessageCreateDispatchData): Promise<void>;
  /** Resolves when every message taken in so far has been answered. */
  idle(): Promise<void>;
}

/** Discord's error code for a reply without the permission to read the channel's history. */
const cannotReply = 160_002;

/** Of what a person writes in one place within this time of an answer, only the last is answered, when it is over. Milliseconds. */
const pauseMs = 2000;

type Names = Pick<ConversationSettings, 'botId' | 'botRoleId'>;

/** Also by the bot's own role, which carries its name: of the two, Discord offers either to who types `@`. */
function isMentioned({ guild_id, mentions, mention_roles }: GatewayMessageCreateDispatchData, names: Names): boolean {
  if (guild_id === undefined) return false;
  return (
    mentions.some(({ id }) => id === names.botId()) || mention_roles.some((id) => id === names.botRoleId(guild_id))
  );
}

function isForBot(message: GatewayMessageCreateDispatchData, names: Names): boolean {
  if (message.author.bot || message.webhook_id) return false;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return false;
  return message.guild_id === undefined || isMentioned(message, names);
}

export function createConversation({ app, rest, ...names }: ConversationSettings): Conversation {
  /** What a gateway session sends again, once resumed, is known. */
  const seen = new BoundedSet(10_000);
  const pause = new Patience(pauseMs);
  /** By who was answered where, until the pause after that is over: what they have written last since. */
  const written = new Map<string, GatewayMessageCreateDispatchData | undefined>();
  const inFlight = new Set<Promise<void>>();

  async function dmCard(message: GatewayMessageCreateDispatchData, words: Words): Promise<Card> {
    const { t } = words;
    const userId = message.author.id;
    const urgent = await mostUrgentOrder(app, userId);
    if (!urgent) return textCard('neutral', t('common.dm.nothing'));
    const request = { operationId: message.id, guildId: urgent.guildId, userId, roleIds: [], manager: false };
    const status = await orderStatusById(app, { ...request, locale: t.locale }, urgent.orderId);
    if (isRefusal(status)) return textCard('neutral', t('common.dm.nothing'));
    return orderCard(words, { ...status, now: app.clock.now() });
  }

  async function answer(message: GatewayMessageCreateDispatchData): Promise<void> {
    const person = await app.store.read((tx) => tx.get('people', message.author.id));
    const locale = person?.locale ?? app.defaults.locale;
    const words: Words = { t: textsIn(locale), f: formatsIn(locale) };
    // What others can read names no order.
    if (message.guild_id !== undefined) await reply(message, textCard('neutral', words.t('common.mention')));
    else await say(message, await dmCard(message, words));
  }

  /** The same message answered twice, after a replayed event, is one answer. */
  async function say(message: GatewayMessageCreateDispatchData, { body }: Card, more: object = {}): Promise<void> {
    const once = { nonce: message.id, enforce_nonce: true };
    await rest.post(Routes.channelMessages(message.channel_id), { body: { ...body, ...once, ...more } });
  }

  /** Where the bot may not read what was said before, Discord takes no reply from it, only a message. */
  async function reply(message: GatewayMessageCreateDispatchData, card: Card): Promise<void> {
    const reference = { message_reference: { message_id: message.id, fail_if_not_exists: false } };
    await say(message, card, reference).catch((error: unknown) => {
      if (!(error instanceof DiscordAPIError) || error.code !== cannotReply) throw error;
      return say(message, card);
    });
  }

  async function serve(message: GatewayMessageCreateDispatchData): Promise<void> {
    try {
      await answer(message);
    } catch (error) {
      app.log.error({ err: error, message: message.id }, 'a message could not be answered');
    }
  }

  function begin(message: GatewayMessageCreateDispatchData): Promise<void> {
    const work = serve(message).finally(() => inFlight.delete(work));
    inFlight.add(work);
    return work;
  }

  /** Answers at once, or, while others of this person's are being answered there, later. */
  async function take(message: GatewayMessageCreateDispatchData): Promise<void> {
    const key = `${message.author.id}:${message.channel_id}`;
    const isPause = written.has(key);
    written.set(key, isPause ? message : undefined);
    if (isPause) return;
    pause.enter({ late: () => void endPause(key) });
    await begin(message);
  }

  async function endPause(key: string): Promise<void> {
    const last = written.get(key);
    written.delete(key);
    if (last) await take(last);
  }

  return {
    async handle(message) {
      try {
        if (isForBot(message, names) && seen.add(message.id)) await take(message);
      } catch (error) {
        app.log.error({ err: error, message: message?.id }, 'a message could not be taken in');
      }
    },
    async idle() {
      for (const last of written.values()) if (last) void begin(last);
      written.clear();
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}
