// A person on the local Discord: types commands, presses buttons, fills in forms, writes messages, and sees what they may see.
import { lengthOf } from '../component-rules.ts';
import { interactiveComponents, isSelect } from '../component-tree.ts';
import type { Core } from '../core.ts';
import type { Channel } from '../entities.ts';
import type { UntilOptions } from '../hub.ts';
import type { NewInteraction } from '../interactions.ts';
import type { MessageRecord } from '../messages.ts';
import { Permission } from '../permissions.ts';
import type { RequestLog } from '../request-log.ts';
import type { Snowflake } from '../snowflake.ts';
import {
  ChannelType,
  type Command,
  type CommandChoice,
  type Component,
  ComponentType,
  type FileBytes,
  InteractionType,
  idOf,
  type Json,
  type Message,
  MessageFlag,
  type Ref,
} from '../types.ts';
import { ClientRefusal } from './client-refusal.ts';
import { commandsShown, type FoundCommand, findCommand } from './commands-shown.ts';
import { InteractionRecord } from './interaction-record.ts';
import { fillModal, type ModalValues } from './modal-values.ts';
import { buildOptions, isNamed, type OptionContext, type OptionValues, type Resolved } from './options.ts';
import { dispatchInteraction } from './payloads.ts';
import { pickValues } from './select-values.ts';

/** Where a person acts: in a channel, in a server (its first channel they see), or in the DM with the bot. */
export type Place = { readonly channel: Ref; readonly guild?: Ref } | { readonly guild: Ref } | 'dm';

/** A message, or the interaction it answers. */
export type MessageRef = Ref | InteractionRecord;

const linkStyle = 5;
const maxContent = 2000;

export class PersonView {
  readonly id: Snowflake;
  readonly locale: string;
  readonly #core: Core;
  readonly #log: RequestLog;

  constructor(core: Core, log: RequestLog, id: Snowflake, locale: string) {
    this.#core = core;
    this.#log = log;
    this.id = id;
    this.locale = locale;
  }

  /** Types a slash command such as `/order status`, names in English or in the person's language. */
  async command(place: Place, path: string, values: OptionValues = {}): Promise<InteractionRecord> {
    const channel = this.#channelAt(place);
    const found = this.#find(channel, path);
    const context = this.#context(channel);
    const options = buildOptions(context, found.options, values);
    return this.#start(InteractionType.command, channel, commandData(found, options, context.resolved));
  }

  /** Types into one option of a command and returns the suggestions. */
  async autocomplete(
    place: Place,
    path: string,
    option: string,
    typed: string,
    values: OptionValues = {},
    wait: UntilOptions = {},
  ): Promise<readonly CommandChoice[]> {
    const channel = this.#channelAt(place);
    const found = this.#find(channel, path);
    const definition = found.options.find((candidate) => isNamed(candidate, option, this.locale));
    if (definition?.autocomplete !== true) throw new ClientRefusal(`The option "${option}" suggests nothing`);
    const context = this.#context(channel);
    const options = buildOptions(context, found.options, { ...values, [option]: typed }, option);
    const data = commandData(found, options, context.resolved);
    const record = this.#start(InteractionType.autocomplete, channel, data, { focusedType: definition.type });
    const response = await record.response(wait);
    return response.kind === 'choices' ? response.choices : [];
  }

  /**
   * Presses a button, named by custom id, label, or its number in the rendered message (from 1).
   * @param on the message, or the interaction whose answer it is
   */
  async press(on: MessageRef, button: string | number): Promise<InteractionRecord> {
    const record = this.#seen(on);
    const component = this.#pick(record.message, button, (candidate) => candidate.type === ComponentType.button);
    if (component.style === linkStyle) throw new ClientRefusal(`"${component.label}" is a link to ${component.url}`);
    return this.#useComponent(record, component, {});
  }

  /** Picks values in a select, named by custom id, placeholder or number; values by value or label, or ids. */
  async select(on: MessageRef, select: string | number, values: readonly string[]): Promise<InteractionRecord> {
    const record = this.#seen(on);
    const component = this.#pick(record.message, select, isSelect);
    const context = this.#context(this.#core.world.channel(record.message.channel_id));
    const picked = pickValues(context, component, values);
    return this.#useComponent(record, component, { values: picked, ...resolvedField(context.resolved) });
  }

  /** Fills in and sends the modal that an interaction was answered with. */
  async submitModal(from: InteractionRecord, values: ModalValues): Promise<InteractionRecord> {
    const { modal } = from;
    const opened = this.#core.interactions.get(from.id);
    if (modal === null || opened === undefined || opened.userId !== this.id) {
      throw new ClientRefusal('There is no form to send');
    }
    const context = this.#context(opened.channel);
    const components = fillModal(context, modal, values);
    const data = { custom_id: modal.custom_id, components, ...resolvedField(context.resolved) };
    const { sourceId } = opened;
    return this.#start(InteractionType.modalSubmit, opened.channel, data, { sourceId });
  }

  /** Writes a message in a channel or in the DM with the bot; `reply` answers another message. */
  async message(
    place: Place,
    content: string,
    options: { readonly files?: readonly FileBytes[]; readonly reply?: Ref } = {},
  ): Promise<Message> {
    const channel = this.#channelAt(place);
    this.#checkMayWrite(channel);
    const files = options.files ?? [];
    const length = lengthOf(content.trim());
    if (length > maxContent || (length === 0 && files.length === 0)) {
      throw new ClientRefusal(`A message is 1 to ${maxContent} characters long`, 'message_length', { max: maxContent });
    }
    const { messages } = this.#core;
    const reply = options.reply === undefined ? undefined : this.#seen(options.reply).message;
    const created = messages.create({
      channel,
      authorId: this.id,
      body: { content },
      files,
      extra: replyFields(reply),
    });
    return created.message;
  }

  /** The messages of a place this person sees, oldest first. */
  messages(place: Place): readonly Message[] {
    return this.#core.messages
      .inChannel(this.#channelAt(place).id)
      .filter((record) => record.visibleTo === null || record.visibleTo === this.id)
      .map((record) => record.message);
  }

  /** The messages in the DM with the bot, both sides, oldest first. */
  dms(): readonly Message[] {
    return this.messages('dm');
  }

  /** The channels and threads of a server this person sees. */
  channels(guild: Ref): readonly Channel[] {
    const { world } = this.#core;
    return [...world.channels.values()].filter(
      (channel) => channel.guildId === idOf(guild) && world.canSee(this.id, channel),
    );
  }

  /** The slash commands this person is shown in a place. */
  commands(place: Place): readonly Command[] {
    return commandsShown(this.#core, this.id, this.#channelAt(place));
  }

  #start(
    type: InteractionType,
    channel: Channel,
    data: Json,
    extra: Pick<NewInteraction, 'sourceId' | 'focusedType'> = {},
  ): InteractionRecord {
    const { interactions, messages } = this.#core;
    const interaction = interactions.open({ type, userId: this.id, channel, locale: this.locale, ...extra });
    const source = interaction.sourceId === null ? undefined : messages.find(interaction.sourceId)?.message;
    const record = new InteractionRecord(this.#core, this.#log, interaction);
    dispatchInteraction(this.#core, interaction, data, source);
    return record;
  }

  #useComponent(record: MessageRecord, component: Component, extra: Json): InteractionRecord {
    if (component.disabled === true) {
      const name = component.label ?? component.placeholder ?? component.custom_id ?? '';
      throw new ClientRefusal(`"${name}" is disabled`, 'disabled', { name });
    }
    const { message } = record;
    const channel = this.#core.world.channel(message.channel_id);
    const data = { custom_id: component.custom_id, component_type: component.type, id: component.id, ...extra };
    return this.#start(InteractionType.component, channel, data, { sourceId: message.id });
  }

  #find(channel: Channel, path: string): FoundCommand {
    return findCommand(commandsShown(this.#core, this.id, channel), path, this.locale);
  }

  #context(channel: Channel): OptionContext {
    return { core: this.#core, channel, locale: this.locale, resolved: {} };
  }

  #pick(message: Message, name: string | number, fits: (component: Component) => boolean): Component {
    const all = interactiveComponents(message.components);
    const byNumber = typeof name === 'number' ? all[name - 1] : undefined;
    const named = all.filter(
      (component) =>
        fits(component) && [component.custom_id, component.label, component.placeholder].includes(String(name)),
    );
    const picked = byNumber ?? named[0];
    if (picked === undefined || !fits(picked)) throw new ClientRefusal(`The message has no "${name}" to use`);
    return picked;
  }

  #seen(on: MessageRef): MessageRecord {
    const ref = on instanceof InteractionRecord ? shownBy(on) : on;
    const record = this.#core.messages.find(idOf(ref));
    const channel = record === undefined ? undefined : this.#core.world.channels.get(record.message.channel_id);
    const hidden = record?.visibleTo != null && record.visibleTo !== this.id;
    if (record === undefined || channel === undefined || hidden || !this.#core.world.canSee(this.id, channel)) {
      throw new ClientRefusal(`There is no such message: ${idOf(ref)}`);
    }
    return record;
  }

  #channelAt(place: Place): Channel {
    const { world } = this.#core;
    if (place === 'dm') return world.dmWith(this.id);
    const channel =
      'channel' in place
        ? world.channel(idOf(place.channel))
        : this.channels(place.guild).find(({ type }) => type === ChannelType.text);
    if (channel === undefined || !world.canSee(this.id, channel)) throw new ClientRefusal('There is no such channel');
    return channel;
  }

  #checkMayWrite(channel: Channel): void {
    if (channel.guildId === null) return;
    const bits = this.#core.world.permissionsOf(channel.guildId, this.id, channel);
    const needed = channel.thread === null ? Permission.sendMessages : Permission.sendMessagesInThreads;
    if ((bits & needed) === 0n) throw new ClientRefusal('You may not write here');
  }
}

function shownBy(record: InteractionRecord): Message {
  const { visible } = record;
  if (visible === undefined || !('message' in visible)) throw new ClientRefusal('The interaction shows no message yet');
  return visible.message;
}

function resolvedField(resolved: Resolved): Json {
  return Object.keys(resolved).length === 0 ? {} : { resolved };
}

function replyFields(reply: Message | undefined): Partial<Message> {
  if (reply === undefined || (reply.flags & MessageFlag.ephemeral) !== 0) return {};
  const { id, channel_id } = reply;
  return { type: 19, message_reference: { type: 0, message_id: id, channel_id }, referenced_message: reply };
}

/** The `data` of a command or autocomplete interaction: options inside their subcommand and its group. */
function commandData({ command, branches }: FoundCommand, options: readonly Json[], resolved: Resolved): Json {
  const nested = [...branches]
    .reverse()
    .reduce<readonly Json[]>((inner, { name, type }) => [{ name, type, options: inner }], options);
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    options: nested,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...resolvedField(resolved),
  };
}
