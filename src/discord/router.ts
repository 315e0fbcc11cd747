// The one door: takes an interaction in once, has it answered in time, and lets no bug through.
import type { APIInteraction } from 'discord.js';
import type { App } from '../app/context.ts';
import { localeFor, textsIn } from '../i18n/texts.ts';
import { BoundedSet } from './bounded-set.ts';
import { textCard } from './card.ts';
import { type Incoming, readInteraction } from './incoming.ts';
import { metricOf, nameOf } from './interaction-name.ts';
import { createLanguageMemory } from './language-memory.ts';
import { Patience } from './patience.ts';
import { bugReply, type Door, replyTo, suggest } from './reply-to.ts';
import { answerChoices, createResponder, type ResponderSettings } from './responder.ts';
import { isAnswerLost, isRefusedBody, type Transport } from './transport.ts';

export interface RouterSettings extends Door {
  readonly transport: Transport;
  /** Default 1,500 ms: half of what Discord gives. */
  readonly deferAfterMs?: number;
  /** Told of each interaction: what was asked, how it ended, and the seconds it took. */
  readonly observe?: Observe | undefined;
}

/** `failed`: a bug. `lost`: Discord no longer takes the answer. */
export type ServedAs = 'ok' | 'refused' | 'failed' | 'lost';
export type Observe = (name: string, as: ServedAs, seconds: number) => void;

export interface Router {
  /** Answers an interaction. Never rejects; one with an id seen before is dropped. */
  handle(raw: APIInteraction): Promise<void>;
  /** Resolves when everything taken in so far has been answered. */
  idle(): Promise<void>;
}

const rememberedInteractions = 10_000;

/** Nothing where it is not formed as Discord forms them: there is nobody to answer, and no reason to stop. */
function read({ log }: App, raw: APIInteraction): Incoming | undefined {
  try {
    return readInteraction(raw);
  } catch (error) {
    log.error({ err: error }, 'an interaction could not be read');
    return undefined;
  }
}

function unsent({ log }: App, incoming: Incoming, error: unknown): ServedAs {
  const about = { err: error, interaction: incoming.id, ...nameOf(incoming) };
  const lost = isAnswerLost(error);
  if (lost) log.warn(about, 'answer lost: what was done stays done');
  else log.error(about, 'the answer could not be sent');
  return lost ? 'lost' : 'failed';
}

/** Answers once, in time. Rejects where the answer could not be sent. */
function createAnswer({ transport, deferAfterMs = 1500, ...door }: RouterSettings) {
  const { app } = door;
  const responding: ResponderSettings = {
    transport,
    patience: new Patience(deferAfterMs),
    tooLateForForm: ({ locale }) => textCard('closed', textsIn(localeFor(locale, app.defaults.locale))('common.busy')),
  };
  return async (incoming: Incoming): Promise<ServedAs> => {
    if (incoming.kind === 'autocomplete') {
      await answerChoices(incoming, transport, deferAfterMs, suggest(door, incoming));
      return 'ok';
    }
    const responder = createResponder(incoming, responding);
    const { reply, as } = await replyTo(door, incoming, responder);
    try {
      await responder.answer(reply);
      return as;
    } catch (error) {
      if (!isRefusedBody(error)) throw error;
      await responder.answer(bugReply(app, incoming, error));
      return 'failed';
    }
  };
}

export function createRouter(settings: RouterSettings): Router {
  const { app, registry, observe } = settings;
  const seen = new BoundedSet(rememberedInteractions);
  const inFlight = new Set<Promise<void>>();
  const answer = createAnswer(settings);
  const remember = createLanguageMemory(app);

  async function serve(incoming: Incoming): Promise<void> {
    const started = performance.now();
    const as = await answer(incoming).catch((error: unknown) => unsent(app, incoming, error));
    observe?.(metricOf(registry, incoming), as, (performance.now() - started) / 1000);
    if (incoming.kind === 'autocomplete') return;
    await remember(incoming).catch((error: unknown) => {
      app.log.error({ err: error, interaction: incoming.id }, 'a language could not be remembered');
    });
  }

  return {
    async handle(raw) {
      const incoming = read(app, raw);
      if (!incoming) return;
      if (!seen.add(incoming.id)) {
        app.log.info({ interaction: incoming.id }, 'an interaction came twice');
        return;
      }
      const work = serve(incoming);
      inFlight.add(work);
      await work.finally(() => inFlight.delete(work));
    },
    async idle() {
      await Promise.all(inFlight);
    },
  };
}
