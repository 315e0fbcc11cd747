// The messages of every channel: made, edited and deleted as Discord would, with their history and the events they cause.
import type { Attachments } from './attachments.ts';
import { mediaOf } from './component-rules.ts';
import { walkComponents, withIds } from './component-tree.ts';
import { type Dispatch, Intent } from './dispatch.ts';
import type { Channel } from './entities.ts';
import { refusal } from './errors.ts';
import type { Hub } from './hub.ts';
import { mentionsIn } from './mentions.ts';
import { checkMessage, type MessageBody } from './message-rules.ts';
import { Permission } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import { type Attachment, type Component, type FileBytes, type Message, MessageFlag } from './types.ts';
import { iso, userJson } from './wire.ts';
import type { World } from './world.ts';

/** How long a nonce is remembered (docs: "the past few minutes"). */
const nonceMemoryMs = 5 * 60_000;

export interface MessageRecord {
  message: Message;
  /** The one person who sees an ephemeral message; null when everyone in the channel does. */
  readonly visibleTo: Snowflake | null;
  /** Earlier versions, oldest first. */
  readonly history: Message[];
}

export interface MessageDeps {
  readonly world: World;
  readonly hub: Hub;
  readonly dispatch: Dispatch;
  readonly nextId: () => Snowflake;
  readonly now: () => number;
  readonly attachments: Attachments;
}

export interface NewMessage {
  readonly channel: Channel;
  readonly authorId: Snowflake;
  readonly body: MessageBody;
  readonly files: readonly FileBytes[];
  readonly visibleTo?: Snowflake;
  /** Flags Discord sets by itself, such as LOADING. */
  readonly systemFlags?: number;
  /** Which mentions count when the body does not say (interaction answers: users only). */
  readonly defaultMentions?: readonly ('users' | 'roles' | 'everyone')[];
  readonly extra?: Partial<Message>;
}

const keptFlags = MessageFlag.suppressEmbeds | MessageFlag.silent | MessageFlag.componentsV2;

export class Messages {
  readonly #deps: MessageDeps;
  readonly #byId = new Map<Snowflake, MessageRecord>();
  readonly #byChannel = new Map<Snowflake, MessageRecord[]>();
  readonly #nonces = new Map<string, { readonly record: MessageRecord; readonly at: number }>();

  constructor(deps: MessageDeps) {
    this.#deps = deps;
  }

  /** Every message of a channel, oldest first, ephemeral ones included. */
  inChannel(channelId: Snowflake): readonly MessageRecord[] {
    return this.#byChannel.get(channelId) ?? [];
  }

  find(messageId: Snowflake): MessageRecord | undefined {
    return this.#byId.get(messageId);
  }

  /** The message, or Unknown Message (10008); ephemeral ones are not to be had by channel. */
  get(channelId: Snowflake, messageId: Snowflake): MessageRecord {
    const record = this.#byId.get(messageId);
    if (record === undefined || record.message.channel_id !== channelId) throw refusal(10008);
    return record;
  }

  /** The message sent earlier with this nonce by this author in this channel, while it is remembered. */
  byNonce(channelId: Snowflake, authorId: Snowflake, nonce: string | number): MessageRecord | undefined {
    const known = this.#nonces.get(`${channelId}:${authorId}:${nonce}`);
    return known !== undefined && this.#deps.now() - known.at < nonceMemoryMs ? known.record : undefined;
  }

  /** Makes a message whose body has passed its checks. */
  create(input: NewMessage): MessageRecord {
    const { world, now, nextId } = this.#deps;
    const { channel, body } = input;
    const attachments = this.#storeFiles(channel.id, body, input.files, input.visibleTo !== undefined);
    const components = this.#resolved(body.components ?? [], attachments);
    const content = body.content ?? '';
    const flags = ((body.flags ?? 0) & keptFlags) | (input.systemFlags ?? 0);
    const message: Message = {
      id: nextId(),
      channel_id: channel.id,
      author: userJson(world.user(input.authorId)),
      type: 0,
      content,
      timestamp: iso(now()),
      edited_timestamp: null,
      tts: body.tts ?? false,
      ...mentionsIn(world, channel, { content, components }, body.allowed_mentions, input.defaultMentions),
      attachments,
      embeds: structuredClone(body.embeds ?? []).map((embed) => ({ type: 'rich', ...embed })),
      components,
      pinned: false,
      flags: input.visibleTo === undefined ? flags : flags | MessageFlag.ephemeral,
      ...(body.nonce == null ? {} : { nonce: body.nonce }),
      ...input.extra,
    };
    const record: MessageRecord = { message, visibleTo: input.visibleTo ?? null, history: [] };
    this.#remember(record, channel, body);
    this.#bringIn(message, channel);
    this.#announce('MESSAGE_CREATE', record, channel);
    return record;
  }

  /** Applies a body that has passed its checks; what it does not name stays. */
  edit(record: MessageRecord, body: MessageBody, files: readonly FileBytes[]): MessageRecord {
    const before = record.message;
    const channel = this.#deps.world.channel(before.channel_id);
    const wanted = body.attachments === undefined ? undefined : (body.attachments ?? []).map(({ id }) => id);
    const kept = before.attachments.filter(({ id }) => wanted === undefined || wanted.includes(id));
    const attachments = [...kept, ...this.#storeFiles(channel.id, body, files, record.visibleTo !== null)];
    const components =
      body.components === undefined ? before.components : this.#resolved(body.components ?? [], attachments);
    const content = body.content === undefined ? before.content : (body.content ?? '');
    const editable = MessageFlag.suppressEmbeds | MessageFlag.componentsV2;
    const flags = body.flags == null ? before.flags : (before.flags & ~editable) | (body.flags & editable);
    record.history.push(before);
    record.message = {
      ...before,
      content,
      components,
      attachments,
      ...mentionsIn(this.#deps.world, channel, { content, components }, body.allowed_mentions),
      embeds: body.embeds === undefined ? before.embeds : structuredClone(body.embeds ?? []),
      edited_timestamp: iso(this.#deps.now()),
      flags: (flags & ~MessageFlag.loading) | (before.flags & MessageFlag.componentsV2),
    };
    this.#announce('MESSAGE_UPDATE', record, channel);
    return record;
  }

  /** Checks an edit against the message as it stands, then applies it. */
  checkAndEdit(
    record: MessageRecord,
    body: MessageBody,
    files: readonly FileBytes[],
    root: readonly string[] = [],
  ): MessageRecord {
    checkMessage(body, { files, before: record.message, root });
    return this.edit(record, body, files);
  }

  delete(record: MessageRecord): void {
    const { id, channel_id: channelId } = record.message;
    const channel = this.#deps.world.channel(channelId);
    this.#byId.delete(id);
    this.#byChannel.set(
      channelId,
      this.inChannel(channelId).filter((other) => other !== record),
    );
    if (record.visibleTo === null) {
      const payload = { id, channel_id: channelId, ...(channel.guildId === null ? {} : { guild_id: channel.guildId }) };
      this.#deps.dispatch('MESSAGE_DELETE', () => payload, messageScope(channel));
    }
    this.#deps.hub.emit({ kind: 'messageDeleted', messageId: id, channelId });
  }

  #remember(record: MessageRecord, channel: Channel, body: MessageBody): void {
    const { message } = record;
    this.#byId.set(message.id, record);
    const others = this.#byChannel.get(channel.id);
    if (others === undefined) this.#byChannel.set(channel.id, [record]);
    else others.push(record);
    if (record.visibleTo === null) {
      channel.lastMessageId = message.id;
      channel.messageCount += 1;
    }
    if (body.nonce != null) {
      const key = `${channel.id}:${message.author.id}:${body.nonce}`;
      this.#nonces.set(key, { record, at: this.#deps.now() });
    }
  }

  /** Mentioning somebody in a thread brings them into it, if they see its channel. */
  #bringIn(message: Message, channel: Channel): void {
    const { world, now } = this.#deps;
    const { thread, guildId } = channel;
    if (thread === null || guildId === null) return;
    for (const { id } of message.mentions) {
      const sees = (world.permissionsOf(guildId, id, channel) & Permission.viewChannel) !== 0n;
      if (sees && !thread.members.has(id)) thread.members.set(id, now());
    }
  }

  #storeFiles(channelId: Snowflake, body: MessageBody, files: readonly FileBytes[], ephemeral: boolean): Attachment[] {
    return files.map((file, index) => {
      const described = body.attachments?.find(({ id }) => id === String(index));
      const named = { ...file, name: described?.filename ?? file.name };
      const stored = this.#deps.attachments.store(channelId, named, described?.description);
      return ephemeral ? { ...stored, ephemeral: true } : stored;
    });
  }

  /** Components as Discord gives them back: numbered, and with `attachment://` turned into addresses. */
  #resolved(components: readonly Component[], attachments: readonly Attachment[]): Component[] {
    const numbered = withIds(components);
    for (const { component } of walkComponents(numbered)) {
      for (const media of mediaOf(component)) {
        const attachment = attachments.find(({ filename }) => media.url === `attachment://${filename}`);
        if (attachment === undefined) continue;
        media.url = attachment.url;
        media.attachment_id = attachment.id;
        if (component.file === media) Object.assign(component, { name: attachment.filename, size: attachment.size });
      }
    }
    return numbered;
  }

  #announce(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', record: MessageRecord, channel: Channel): void {
    const { world, hub, dispatch } = this.#deps;
    const { message, visibleTo } = record;
    if (visibleTo === null && world.canSee(world.botId, channel)) {
      const payload = this.#eventPayload(message, channel);
      dispatch(event, (intents) => withheld(payload, world.botId, channel, intents), messageScope(channel));
    }
    hub.emit({ kind: event === 'MESSAGE_CREATE' ? 'message' : 'messageEdited', message, visibleTo });
  }

  #eventPayload(message: Message, channel: Channel): Message & Record<string, unknown> {
    const { world } = this.#deps;
    const { guildId } = channel;
    const base = { ...message, channel_type: channel.type };
    if (guildId === null) return base;
    const member = world.guild(guildId).members.get(message.author.id);
    const joined =
      member === undefined
        ? {}
        : {
            member: {
              roles: member.roles,
              joined_at: iso(member.joinedAt),
              nick: member.nick,
              deaf: false,
              mute: false,
              flags: 0,
            },
          };
    return { ...base, guild_id: guildId, ...joined };
  }
}

function messageScope(channel: Channel): { intents: number; guildId: Snowflake | null } {
  const intents = channel.guildId === null ? Intent.directMessages : Intent.guildMessages;
  return { intents, guildId: channel.guildId };
}

/** Without the message content intent a bot sees content only in DMs, where it is mentioned, and of its own. */
function withheld(message: Message, botId: Snowflake, channel: Channel, intents: number): object {
  const open =
    (intents & Intent.messageContent) !== 0 ||
    channel.guildId === null ||
    message.author.id === botId ||
    message.mentions.some((user) => user.id === botId);
  return open ? message : { ...message, content: '', embeds: [], attachments: [], components: [] };
}
