// Answers one interaction once and in time: defers for a slow handler, and knows where the answer then has to go.
import type { Card } from './card.ts';
import type { Incoming } from './incoming.ts';
import type { Patience, Waiting } from './patience.ts';
import type { Reply } from './reply.ts';
import { isAlreadyAcknowledged, type Outgoing, type Transport } from './transport.ts';

/** Docs: interaction callback type. */
const callbackType = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const ephemeral = 1 << 6;
const progressEveryMs = 2000;

export interface Responder {
  /** Sends the answer. To be called once, and once more only where Discord refused its body. */
  answer(reply: Reply): Promise<void>;
  /** Shows how far work has come that takes longer than two seconds. Never throws, never waits. */
  progress(card: Card): void;
}

export interface ResponderSettings {
  readonly transport: Transport;
  /** How long a handler may take before its interaction is deferred; Discord gives 3,000 ms. */
  readonly patience: Patience;
  /** What is said instead of a form that comes too late to be opened. */
  readonly tooLateForForm: (incoming: Incoming) => Card;
}

/** True where the answer to a button may replace the message it stands on. */
function replaces(incoming: Incoming, reply: Reply): boolean {
  if (reply.kind !== 'update' || !('message' in incoming) || !incoming.message) return false;
  return reply.anywhere || incoming.message.own;
}

/** A class, so that an interaction costs one object and no functions of its own. */
class OneAnswer implements Responder, Waiting {
  readonly #incoming: Incoming;
  readonly #settings: ResponderSettings;
  #deferral: Promise<void> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #lastProgressAt = performance.now();
  #answered = false;

  constructor(incoming: Incoming, settings: ResponderSettings) {
    this.#incoming = incoming;
    this.#settings = settings;
    settings.patience.enter(this);
  }

  answer(reply: Reply): Promise<void> {
    this.#answered = true;
    this.#settings.patience.leave(this);
    return this.#deferral ? this.#answerDeferred(reply, this.#deferral) : this.#answerAtOnce(reply);
  }

  late(): void {
    void this.#defer();
  }

  progress(card: Card): void {
    const now = performance.now();
    if (this.#answered || this.#onMessage || now - this.#lastProgressAt < progressEveryMs) return;
    this.#lastProgressAt = now;
    const deferred = this.#defer();
    this.#queue = this.#queue
      .then(() => deferred)
      .then(() => this.#settings.transport.edit(this.#incoming, card))
      .catch(() => undefined);
  }

  get #onMessage(): boolean {
    return 'message' in this.#incoming && this.#incoming.message !== undefined;
  }

  #fresh(card: Card): Outgoing {
    const { body, files } = card;
    return { body: this.#incoming.guildId ? { ...body, flags: body.flags | ephemeral } : body, files };
  }

  #acknowledge(): Promise<void> {
    const { transport } = this.#settings;
    if (this.#onMessage) return transport.callback(this.#incoming, callbackType.deferredUpdate);
    const body = this.#incoming.guildId ? { flags: ephemeral } : {};
    return transport.callback(this.#incoming, callbackType.deferredMessage, { body });
  }

  #defer(): Promise<void> {
    this.#deferral ??= this.#acknowledge().catch((error: unknown) => {
      if (!isAlreadyAcknowledged(error)) throw error;
    });
    // Whoever awaits it meets the failure; this keeps it from counting as unhandled until then.
    this.#deferral.catch(() => undefined);
    return this.#deferral;
  }

  #answerAtOnce(reply: Reply): Promise<void> {
    const { transport } = this.#settings;
    if (reply.kind === 'modal') return transport.callback(this.#incoming, callbackType.modal, { body: reply.modal });
    if (replaces(this.#incoming, reply)) return transport.callback(this.#incoming, callbackType.update, reply.card);
    return transport.callback(this.#incoming, callbackType.message, this.#fresh(reply.card));
  }

  async #answerDeferred(reply: Reply, deferred: Promise<void>): Promise<void> {
    await deferred;
    await this.#queue;
    const { transport, tooLateForForm } = this.#settings;
    const card = reply.kind === 'modal' ? tooLateForForm(this.#incoming) : reply.card;
    if (!this.#onMessage || replaces(this.#incoming, reply)) return transport.edit(this.#incoming, card);
    return transport.followUp(this.#incoming, this.#fresh(card));
  }
}

export function createResponder(incoming: Incoming, settings: ResponderSettings): Responder {
  return new OneAnswer(incoming, settings);
}

/** Answers what is being typed; after `withinMs` nothing is suggested, because Discord would not wait. */
export async function answerChoices(
  incoming: Incoming,
  transport: Transport,
  withinMs: number,
  choices: Promise<readonly { readonly name: string; readonly value: string }[]>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly []>((resolve) => {
    timer = setTimeout(resolve, withinMs, []);
  });
  const chosen = await Promise.race([choices, late]).finally(() => clearTimeout(timer));
  await transport.callback(incoming, callbackType.choices, { body: { choices: chosen } });
}
