// Answers one interaction once and in time: defers for a slow handler, and knows where the answer then has to go.
import type { Card } from './card.ts';
import type { Incoming } from './incoming.ts';
import type { Reply } from './reply.ts';
import { isAlreadyAcknowledged, type Outgoing, type Transport } from './transport.ts';

/** Docs: interaction callback type. */
const callbackType = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const ephemeral = 1 << 6;
const progressEveryMs = 2000;

export interface Responder {
  /** Sends the answer. To be called once. */
  answer(reply: Reply): Promise<void>;
  /** Shows how far work has come that takes longer than two seconds. Never throws, never waits. */
  progress(card: Card): void;
}

export interface ResponderSettings {
  readonly transport: Transport;
  /** How long a handler may take before its interaction is deferred, ms; Discord gives 3,000. */
  readonly deferAfterMs: number;
  /** What is said instead of a form that comes too late to be opened. */
  readonly tooLateForForm: () => Card;
}

/** True where the answer to a button may replace the message it stands on. */
function replaces(incoming: Incoming, reply: Reply): boolean {
  if (reply.kind !== 'update' || !('message' in incoming) || !incoming.message) return false;
  return reply.anywhere || incoming.message.own;
}

export function createResponder(incoming: Incoming, settings: ResponderSettings): Responder {
  const { transport } = settings;
  const onMessage = 'message' in incoming && incoming.message !== undefined;
  let deferral: Promise<void> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let lastProgressAt = performance.now();
  let answered = false;

  const fresh = (card: Card): Outgoing => ({
    body: incoming.guildId ? { ...card.body, flags: card.body.flags | ephemeral } : card.body,
    files: card.files,
  });

  function acknowledge(): Promise<void> {
    if (onMessage) return transport.callback(incoming, callbackType.deferredUpdate);
    const body = incoming.guildId ? { flags: ephemeral } : {};
    return transport.callback(incoming, callbackType.deferredMessage, { body });
  }

  function defer(): Promise<void> {
    deferral ??= acknowledge().catch((error: unknown) => {
      if (!isAlreadyAcknowledged(error)) throw error;
    });
    // Whoever awaits it meets the failure; this keeps it from counting as unhandled until then.
    deferral.catch(() => undefined);
    return deferral;
  }

  const timer = setTimeout(defer, settings.deferAfterMs);

  async function answerAtOnce(reply: Reply): Promise<void> {
    if (reply.kind === 'modal') return transport.callback(incoming, callbackType.modal, { body: reply.modal });
    if (replaces(incoming, reply)) return transport.callback(incoming, callbackType.update, reply.card);
    return transport.callback(incoming, callbackType.message, fresh(reply.card));
  }

  async function answerDeferred(reply: Reply, deferred: Promise<void>): Promise<void> {
    await deferred;
    await queue;
    const card = reply.kind === 'modal' ? settings.tooLateForForm() : reply.card;
    if (!onMessage || replaces(incoming, reply)) return transport.edit(incoming, card);
    return transport.followUp(incoming, fresh(card));
  }

  return {
    answer(reply) {
      answered = true;
      clearTimeout(timer);
      return deferral ? answerDeferred(reply, deferral) : answerAtOnce(reply);
    },
    progress(card) {
      const now = performance.now();
      if (answered || onMessage || now - lastProgressAt < progressEveryMs) return;
      lastProgressAt = now;
      const deferred = defer();
      queue = queue
        .then(() => deferred)
        .then(() => transport.edit(incoming, card))
        .catch(() => undefined);
    },
  };
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
