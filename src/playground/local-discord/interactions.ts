// The life of an interaction: made by a person, answered by the bot inside its windows, followed up while its token lives.
import { randomBytes } from 'node:crypto';
import type { Channel } from './entities.ts';
import { fieldRefusal, refusal } from './errors.ts';
import type { Hub } from './hub.ts';
import { allowedAnswers, CallbackType, checkedChoices, checkedModal } from './interaction-answers.ts';
import { checkMessage, type MessageBody } from './message-rules.ts';
import type { MessageRecord, Messages } from './messages.ts';
import type { Snowflake } from './snowflake.ts';
import {
  type CommandChoice,
  type FileBytes,
  InteractionType,
  type Json,
  type Message,
  MessageFlag,
  type Modal,
} from './types.ts';
import { userJson } from './wire.ts';
import type { World } from './world.ts';

export interface Interaction {
  readonly id: Snowflake;
  readonly token: string;
  readonly type: InteractionType;
  readonly userId: Snowflake;
  readonly channel: Channel;
  readonly locale: string;
  /** By the clock of the windows, in milliseconds. */
  readonly createdAtMs: number;
  /** The message whose component was used, or under the modal that was sent in. */
  readonly sourceId: Snowflake | null;
  /** The option being typed, for autocomplete. */
  readonly focusedType: number | null;
  /** How it was first answered; null while it waits. */
  answeredWith: number | null;
  answeredAtMs: number | null;
  /** What `@original` means. */
  originalId: Snowflake | null;
  followupIds: Snowflake[];
  modal: Modal | null;
  choices: CommandChoice[] | null;
}

export interface Windows {
  /** Milliseconds in which the first answer must come; Discord's is 3,000. */
  readonly answerMs: number;
  /** Milliseconds an answered interaction's token lives; Discord's is 15 minutes. */
  readonly tokenMs: number;
  /** The clock the windows are measured by, in milliseconds. */
  readonly now: () => number;
}

export interface InteractionDeps {
  readonly applicationId: Snowflake;
  readonly world: World;
  readonly messages: Messages;
  readonly hub: Hub;
  readonly nextId: () => Snowflake;
  readonly windows: Windows;
}

export interface NewInteraction {
  readonly type: InteractionType;
  readonly userId: Snowflake;
  readonly channel: Channel;
  readonly locale: string;
  readonly sourceId?: Snowflake | null;
  readonly focusedType?: number | null;
}

export interface CallbackBody {
  readonly type: number;
  readonly data?: Json | null;
}

/** Timers may fire a little early by another clock. */
const timerSlackMs = 5;

export class Interactions {
  readonly #deps: InteractionDeps;
  readonly #byId = new Map<Snowflake, Interaction>();
  readonly #byToken = new Map<string, Interaction>();

  constructor(deps: InteractionDeps) {
    this.#deps = deps;
  }

  open(input: NewInteraction): Interaction {
    const interaction: Interaction = {
      ...input,
      sourceId: input.sourceId ?? null,
      focusedType: input.focusedType ?? null,
      id: this.#deps.nextId(),
      token: randomBytes(48).toString('base64url'),
      createdAtMs: this.#deps.windows.now(),
      answeredWith: null,
      answeredAtMs: null,
      originalId: null,
      followupIds: [],
      modal: null,
      choices: null,
    };
    this.#byId.set(interaction.id, interaction);
    this.#byToken.set(interaction.token, interaction);
    setTimeout(() => this.#noticeSilence(interaction), this.#deps.windows.answerMs + timerSlackMs).unref();
    return interaction;
  }

  get(id: Snowflake): Interaction | undefined {
    return this.#byId.get(id);
  }

  byToken(token: string): Interaction | undefined {
    return this.#byToken.get(token);
  }

  /** Whether the time for a first answer is over without one. */
  isUnanswered(interaction: Interaction): boolean {
    const { windows } = this.#deps;
    return interaction.answeredWith === null && windows.now() - interaction.createdAtMs >= windows.answerMs;
  }

  /** The interaction a callback may still answer; else 10062 or 40060. */
  awaitingAnswer(id: Snowflake, token: string): Interaction {
    const interaction = this.#byId.get(id);
    if (interaction === undefined || interaction.token !== token || this.isUnanswered(interaction))
      throw refusal(10062);
    if (interaction.answeredWith !== null) throw refusal(40060);
    return interaction;
  }

  /** The interaction whose token still lives; else 10015 (never answered) or 50027 (expired). */
  answered(applicationId: Snowflake, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || applicationId !== this.#deps.applicationId) throw refusal(10015);
    if (interaction.answeredWith === null) throw refusal(10015);
    const { windows } = this.#deps;
    if (windows.now() - interaction.createdAtMs >= windows.tokenMs) throw refusal(50027);
    return interaction;
  }

  /** Takes the first answer; its schema has been checked. Returns the message that `@original` now means, if any. */
  answer(interaction: Interaction, body: CallbackBody, files: readonly FileBytes[]): MessageRecord | null {
    const allowed = allowedAnswers(interaction.type, interaction.sourceId !== null);
    if (!allowed.includes(body.type)) {
      throw fieldRefusal(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    }
    const original = this.#apply(interaction, body, files);
    interaction.answeredWith = body.type;
    interaction.answeredAtMs = this.#deps.windows.now();
    interaction.originalId = original?.message.id ?? null;
    this.#deps.hub.emit({ kind: 'answered', interactionId: interaction.id, userId: interaction.userId });
    return original;
  }

  /** A message after the first answer; fills a deferred answer that is still loading. */
  followUp(interaction: Interaction, body: MessageBody, files: readonly FileBytes[]): MessageRecord {
    const original = this.#originalOf(interaction);
    if (original !== undefined && (original.message.flags & MessageFlag.loading) !== 0) {
      return this.#deps.messages.checkAndEdit(original, body, files);
    }
    checkMessage(body, { files });
    const record = this.#create(interaction, body, files, { isFollowUp: true });
    interaction.followupIds.push(record.message.id);
    return record;
  }

  /** The message meant by `@original` or an id, as far as this token reaches; else 10008. */
  messageOf(interaction: Interaction, which: string): MessageRecord {
    const id = which === '@original' ? interaction.originalId : which;
    const reachable = id !== null && (id === interaction.originalId || interaction.followupIds.includes(id));
    const record = reachable ? this.#deps.messages.find(id) : undefined;
    if (record === undefined) throw refusal(10008);
    return record;
  }

  /** Wakes those who wait when the window has closed, as Discord then tells the person. */
  #noticeSilence(interaction: Interaction): void {
    if (!this.isUnanswered(interaction)) return;
    this.#deps.hub.emit({ kind: 'unanswered', interactionId: interaction.id, userId: interaction.userId });
  }

  #originalOf(interaction: Interaction): MessageRecord | undefined {
    return interaction.originalId === null ? undefined : this.#deps.messages.find(interaction.originalId);
  }

  #apply(interaction: Interaction, body: CallbackBody, files: readonly FileBytes[]): MessageRecord | null {
    const data = (body.data ?? {}) as MessageBody;
    switch (body.type) {
      case CallbackType.message:
        checkMessage(data, { files, root: ['data'] });
        return this.#create(interaction, data, files);
      case CallbackType.deferredMessage:
        return this.#create(interaction, { flags: (data.flags ?? 0) & MessageFlag.ephemeral }, [], { loading: true });
      case CallbackType.deferredUpdate:
        return this.#source(interaction);
      case CallbackType.update:
        return this.#deps.messages.checkAndEdit(this.#source(interaction), data, files, ['data']);
      case CallbackType.choices:
        interaction.choices = checkedChoices(interaction.focusedType, body.data ?? {});
        return null;
      default:
        interaction.modal = checkedModal(body.data ?? {});
        return null;
    }
  }

  #source(interaction: Interaction): MessageRecord {
    const record = interaction.sourceId === null ? undefined : this.#deps.messages.find(interaction.sourceId);
    if (record === undefined) throw refusal(10008);
    return record;
  }

  #create(
    interaction: Interaction,
    body: MessageBody,
    files: readonly FileBytes[],
    options: { isFollowUp?: boolean; loading?: boolean } = {},
  ): MessageRecord {
    const { world, messages, applicationId } = this.#deps;
    const ephemeral = ((body.flags ?? 0) & MessageFlag.ephemeral) !== 0;
    return messages.create({
      channel: interaction.channel,
      authorId: world.botId,
      body,
      files,
      defaultMentions: ['users'],
      ...(ephemeral ? { visibleTo: interaction.userId } : {}),
      ...(options.loading === true ? { systemFlags: MessageFlag.loading } : {}),
      extra: {
        application_id: applicationId,
        webhook_id: applicationId,
        interaction_metadata: {
          id: interaction.id,
          type: interaction.type,
          user: userJson(world.user(interaction.userId)),
          authorizing_integration_owners: { 0: interaction.channel.guildId ?? '0' },
        },
        ...this.#reference(interaction, options.isFollowUp === true),
      },
    });
  }

  /** A first answer to a command stands by itself (type 20); anything else replies to a message (type 19). */
  #reference(interaction: Interaction, isFollowUp: boolean): Partial<Message> {
    const referredId = isFollowUp ? interaction.originalId : interaction.sourceId;
    const referred = referredId === null ? undefined : this.#deps.messages.find(referredId);
    if (referred === undefined) return interaction.type === InteractionType.command ? { type: 20 } : {};
    const { id, channel_id } = referred.message;
    return { type: 19, message_reference: { type: 0, message_id: id, channel_id } };
  }
}
