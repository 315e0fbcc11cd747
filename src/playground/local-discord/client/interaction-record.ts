// What a person sees of one interaction: the first answer, what follows, and what went wrong.
import type { Core } from '../core.ts';
import type { UntilOptions } from '../hub.ts';
import { CallbackType } from '../interaction-answers.ts';
import type { Interaction } from '../interactions.ts';
import { type RenderOptions, renderMessageText } from '../render.ts';
import type { LoggedRequest, RequestLog } from '../request-log.ts';
import { type Snowflake, snowflakeTime } from '../snowflake.ts';
import { type CommandChoice, type Message, MessageFlag, type Modal } from '../types.ts';

/** The first thing that becomes visible after an interaction. */
export type Response =
  | { readonly kind: 'message'; readonly message: Message; readonly ephemeral: boolean }
  | { readonly kind: 'update'; readonly message: Message }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'choices'; readonly choices: readonly CommandChoice[] };

export class InteractionRecord {
  readonly #core: Core;
  readonly #log: RequestLog;
  readonly #interaction: Interaction;
  /** How often the source message had been edited when the person acted. */
  readonly #sourceEdits: number;

  constructor(core: Core, log: RequestLog, interaction: Interaction) {
    this.#core = core;
    this.#log = log;
    this.#interaction = interaction;
    this.#sourceEdits = this.#find(interaction.sourceId)?.history.length ?? 0;
  }

  get id(): Snowflake {
    return this.#interaction.id;
  }

  get userId(): Snowflake {
    return this.#interaction.userId;
  }

  get channelId(): Snowflake {
    return this.#interaction.channel.id;
  }

  /** UTC epoch milliseconds, by the clock of the local Discord. */
  get createdAt(): number {
    return snowflakeTime(this.#interaction.id);
  }

  /** Milliseconds from the interaction to the first answer; null while there is none. */
  get answeredAfterMs(): number | null {
    const { answeredAtMs, createdAtMs } = this.#interaction;
    return answeredAtMs === null ? null : answeredAtMs - createdAtMs;
  }

  /** Whether the bot has answered at all, be it by a deferral. */
  get acknowledged(): boolean {
    return this.#interaction.answeredWith !== null;
  }

  /** Whether Discord told the person "The application did not respond". */
  get failed(): boolean {
    return this.#core.interactions.isUnanswered(this.#interaction);
  }

  /** The message that is the answer, as it stands now; the changed message when a component updated it. */
  get message(): Message | undefined {
    return this.#find(this.#interaction.originalId)?.message;
  }

  get followups(): readonly Message[] {
    return this.#interaction.followupIds.flatMap((id) => this.#find(id)?.message ?? []);
  }

  get ephemeral(): boolean {
    return ((this.message?.flags ?? 0) & MessageFlag.ephemeral) !== 0;
  }

  get modal(): Modal | null {
    return this.#interaction.modal;
  }

  get choices(): readonly CommandChoice[] | null {
    return this.#interaction.choices;
  }

  /** The requests of this interaction that were refused. */
  get refusals(): readonly LoggedRequest[] {
    return this.#log.refusals.filter(({ path }) => path.includes(this.#interaction.token));
  }

  /** What became visible, or undefined while nothing has. */
  get visible(): Response | undefined {
    const { answeredWith, modal, choices } = this.#interaction;
    if (modal !== null) return { kind: 'modal', modal };
    if (choices !== null) return { kind: 'choices', choices };
    if (answeredWith === CallbackType.deferredUpdate || answeredWith === CallbackType.update) return this.#updated();
    const { message } = this;
    if (message === undefined || (message.flags & MessageFlag.loading) !== 0) return undefined;
    return { kind: 'message', message, ephemeral: this.ephemeral };
  }

  /** The first visible answer: a message (a deferred one when it is filled in), an update, a modal, or choices. */
  response(options: UntilOptions = {}): Promise<Response> {
    return this.#core.hub.until(
      () => {
        const { visible } = this;
        if (visible === undefined && this.failed) throw new Error(`The application did not respond${this.#why()}`);
        return visible;
      },
      { what: 'an answer to the interaction', ...options },
    );
  }

  /** Resolves once the bot has answered at all, be it by a deferral. */
  async acknowledgement(options: UntilOptions = {}): Promise<void> {
    await this.#core.hub.until(() => this.acknowledged, { what: 'the acknowledgement', ...options });
  }

  /** The message that the answer is, or that it changed, awaited; rejects when the answer is a modal or choices. */
  async reply(options: UntilOptions = {}): Promise<Message> {
    const response = await this.response(options);
    if (!('message' in response)) throw new Error(`The answer is not a message but: ${response.kind}`);
    return response.message;
  }

  /** The answer as plain text, awaited; rejects when it has none. */
  async text(options: RenderOptions & UntilOptions = {}): Promise<string> {
    return renderMessageText(await this.reply(options), options);
  }

  #updated(): Response | undefined {
    const source = this.#find(this.#interaction.originalId);
    if (source !== undefined && source.history.length > this.#sourceEdits) {
      return { kind: 'update', message: source.message };
    }
    const [followup] = this.followups;
    if (followup === undefined) return undefined;
    return { kind: 'message', message: followup, ephemeral: (followup.flags & MessageFlag.ephemeral) !== 0 };
  }

  #find(id: Snowflake | null) {
    return id === null ? undefined : this.#core.messages.find(id);
  }

  #why(): string {
    const refused = this.refusals.map(({ route, error }) => `${route}: ${JSON.stringify(error)}`);
    return refused.length === 0 ? '' : ` (refused: ${refused.join('; ')})`;
  }
}
