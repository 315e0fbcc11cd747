// The playground's conversation: one person at a time types commands, presses buttons and moves the clock.
import type { Locale } from '../../domain/scalars.ts';
import { type Texts, textsIn } from '../../i18n/texts.ts';
import type { CastMember, DemoWorld } from '../demo-world.ts';
import type { InteractionRecord } from '../local-discord/client/interaction-record.ts';
import type { PersonView } from '../local-discord/client/person.ts';
import { interactiveComponents, isSelect } from '../local-discord/component-tree.ts';
import type { LocalDiscord } from '../local-discord/local-discord.ts';
import { renderMessageText } from '../local-discord/render.ts';
import type { Message } from '../local-discord/types.ts';
import type { ShopTime } from '../shop-time.ts';
import { readCommand } from './command-line.ts';
import { fillForm } from './form.ts';
import { FileMissing, valueFor } from './option-values.ts';
import { refusalWords } from './refusal-words.ts';
import type { Screen } from './screen.ts';

export interface ConversationOptions {
  readonly discord: LocalDiscord;
  readonly world: DemoWorld;
  readonly time: ShopTime;
  readonly screen: Screen;
  readonly timeZone: string;
  /** The language to begin in. */
  readonly locale: Locale;
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export class Conversation {
  readonly #options: ConversationOptions;
  #me: CastMember;
  #locale: Locale;
  /** The message whose buttons a number presses. */
  #card: Message | undefined;
  #seen = new Set<string>();

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#locale = options.locale;
    this.#me = options.world.member('wang');
    options.discord.on((event) => {
      if (event.kind === 'message' && event.visibleTo === null) this.#announce(event.message);
    });
  }

  /** What stands before each line typed. */
  get prompt(): string {
    return `\n${this.#me.name} › `;
  }

  greet(): void {
    this.#print(this.#t.plain('playground.welcome'));
    this.#introduce();
  }

  /** Does what one line says. False: the conversation is over. */
  async handle(line: string): Promise<boolean> {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === '') return true;
    if (word === 'quit' || word === 'exit') {
      this.#print(this.#t.plain('playground.goodbye'));
      return false;
    }
    try {
      await this.#do(word, rest, line.trim());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#print(this.#wordsFor(error));
    }
    return true;
  }

  async #do(word: string, rest: readonly string[], line: string): Promise<void> {
    if (line.startsWith('/')) return this.#command(line);
    if (/^\d+$/.test(word)) return this.#press(Number(word), rest.map(Number));
    if (word === 'as' || word === 'who') return this.#become(rest[0]);
    if (word === 'lang') return this.#speak(rest[0]);
    if (word === 'clock') return this.#moveClock(rest[0]);
    if (word === 'inbox') return this.#list(this.#person.dms());
    if (word === 'here') return this.#list(this.#person.messages({ channel: this.#me.channelId }));
    if (word === 'help') return this.#help();
    await this.#person.message('dm', line);
    await this.#quiet();
  }

  get #t(): Texts {
    return textsIn(this.#locale);
  }

  get #person(): PersonView {
    return this.#options.discord.person(this.#me.userId, { locale: this.#locale });
  }

  async #command(line: string): Promise<void> {
    const place = { channel: this.#me.channelId };
    const typed = readCommand(line, this.#person.commands(place), this.#locale);
    if (!typed) return this.#print(this.#t.plain('playground.no_command'));
    const { path, values } = typed;
    const options = Object.fromEntries(
      await Promise.all(
        [...values].map(
          async ([name, { option, typed }]) => [name, await valueFor(option, typed, this.#options)] as const,
        ),
      ),
    );
    await this.#show(await this.#person.command(place, path, options));
  }

  async #press(number: number, picked: readonly number[]): Promise<void> {
    const component = interactiveComponents(this.#card?.components ?? [])[number - 1];
    if (!this.#card || !component) return this.#print(this.#t.plain('playground.no_card'));
    if (!isSelect(component)) return this.#show(await this.#person.press(this.#card, number));
    const options = component.options ?? [];
    const values = (picked.length > 0 ? picked : [1]).flatMap((index) => options[index - 1]?.value ?? []);
    return this.#show(await this.#person.select(this.#card, number, values));
  }

  /** Waits for the answer to an interaction and shows it; a form is filled in field by field. */
  async #show(record: InteractionRecord): Promise<void> {
    const response = await record.response();
    if (response.kind === 'choices') return;
    if (response.kind === 'modal') {
      const values = await fillForm(response.modal, this.#t, this.#options.screen);
      if (!values) return this.#print(this.#t.plain('playground.cancelled'));
      return this.#show(await this.#person.submitModal(record, values));
    }
    this.#card = response.message;
    this.#paint(response.message, record.ephemeral);
  }

  #paint(message: Message, ephemeral: boolean): void {
    this.#seen.add(message.id);
    const text = renderMessageText(message, {
      locale: this.#locale,
      timeZone: this.#options.timeZone,
      now: this.#options.time.now(),
      nameOf: (id) => this.#nameOf(id),
    });
    this.#print(ephemeral ? `${text}\n${this.#t.plain('playground.only_you')}` : text);
  }

  #nameOf(id: string): string | undefined {
    const { world } = this.#options.discord;
    const role = world.guild(this.#options.world.guildId).roles.get(id)?.name;
    return (
      this.#options.world.cast.find(({ userId }) => userId === id)?.name ??
      role ??
      world.channels.get(id)?.name ??
      undefined
    );
  }

  /**
   * A message that came by itself: shown whole to the person it is for, and named to everybody else. What only customers see,
   * whom nobody here can be, is left out.
   */
  #announce(message: Message): void {
    const { discord, world } = this.#options;
    if (message.author.id !== discord.applicationId || this.#seen.has(message.id)) return;
    const channel = discord.world.channels.get(message.channel_id);
    const receiver = world.cast.find(({ userId }) => channel?.recipientId === userId);
    if (channel?.guildId === null && !receiver) return;
    this.#print(
      receiver
        ? this.#t.plain('playground.dm_to', { name: receiver.name })
        : this.#t.plain('playground.posted_in', { channel: channel?.name ?? '' }),
    );
    if ((receiver?.userId ?? this.#me.userId) !== this.#me.userId || (!receiver && channel?.id !== this.#me.channelId))
      return;
    this.#card = message;
    this.#paint(message, false);
  }

  #list(messages: readonly Message[]): void {
    const shown = messages.slice(-5);
    if (shown.length === 0) this.#print(this.#t.plain('playground.no_message'));
    for (const message of shown) this.#paint(message, false);
    this.#card = shown.at(-1) ?? this.#card;
  }

  #become(name: string | undefined): void {
    const { cast } = this.#options.world;
    const found = cast.find(({ key, name: shown }) => key === name || shown === name);
    if (name !== undefined && !found) {
      this.#print(this.#t.plain('playground.nobody', { cast: this.#castList() }));
      return;
    }
    if (found) {
      this.#me = found;
      this.#card = undefined;
    }
    this.#introduce();
  }

  #introduce(): void {
    const { name, role, channelId } = this.#me;
    const channel = this.#options.discord.world.channels.get(channelId)?.name ?? '';
    this.#print(this.#t.plain('playground.you_are', { name, role: this.#t.plain(`playground.role.${role}`), channel }));
    this.#printTime();
  }

  #speak(language: string | undefined): void {
    this.#locale = language?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
    this.#introduce();
  }

  async #moveClock(how: string | undefined): Promise<void> {
    const { time } = this.#options;
    if (how === 'next') {
      const dueAt = await time.nextDueAt();
      if (dueAt === undefined) return this.#print(this.#t.plain('playground.nothing_due'));
      await time.skip(Math.max(1, dueAt - time.now()));
    } else if (how !== undefined) {
      const [, count = '', unit = ''] = /^\+?(\d{1,4})([mhd])$/.exec(how) ?? [];
      const ms = Number(count) * (unitMs[unit] ?? 0);
      if (!(ms > 0)) return this.#print(this.#t.plain('playground.clock_help'));
      await time.skip(ms);
    }
    this.#printTime();
  }

  #printTime(): void {
    const { time, timeZone } = this.#options;
    const format = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'full', timeStyle: 'short', timeZone });
    this.#print(this.#t.plain('playground.time', { time: format.format(time.now()) }));
  }

  #help(): void {
    const day = new Date(this.#options.time.now() + 4 * 86_400_000).toISOString().slice(0, 10);
    this.#print(this.#t.plain('playground.help', { day, cast: this.#castList() }));
  }

  #castList(): string {
    return this.#options.world.cast.map(({ key, name }) => `${key} ${name}`).join(', ');
  }

  /** Gives the bot time to answer a message, which unlike a command it need not, and does after a pause where several come. */
  async #quiet(): Promise<void> {
    const before = this.#person.dms().length;
    await this.#options.discord
      .until(() => this.#person.dms().length > before, { timeoutMs: 3000 })
      .catch(() => undefined);
  }

  #wordsFor(error: Error): string {
    const t = this.#t;
    if (error instanceof FileMissing) return t.plain('playground.file_missing', { path: error.path });
    return refusalWords(t, error) ?? t.plain('playground.discord_says', { text: error.message });
  }

  #print(text: string): void {
    this.#options.screen.print(text);
  }
}
