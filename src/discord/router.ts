// The one door: finds what answers an interaction, answers it once and in time, and catches every bug here.
import type { APIInteraction } from 'discord.js';
import type { App, Request } from '../app/context.ts';
import { rememberLocale, seenEveryMs } from '../app/person.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { formatsIn } from '../i18n/format.ts';
import { plainText } from '../i18n/markup.ts';
import { localeFor, textsIn } from '../i18n/texts.ts';
import { BoundedSet } from './bounded-set.ts';
import { textCard } from './card.ts';
import type { Context } from './command.ts';
import { splitCustomId } from './custom-id.ts';
import { type Incoming, type IncomingCommand, type IncomingComponent, readInteraction } from './incoming.ts';
import { Patience } from './patience.ts';
import { readOptions } from './read-options.ts';
import type { Registry } from './registry.ts';
import { type Reply, show } from './reply.ts';
import { answerChoices, createResponder, type Responder, type ResponderSettings } from './responder.ts';
import { isAnswerLost, isRefusedBody, type Transport } from './transport.ts';
import { refusalCard } from './views/refusal.ts';

export interface RouterSettings {
  readonly app: App;
  readonly registry: Registry;
  readonly transport: Transport;
  /** Default 1,500 ms: half of what Discord gives. */
  readonly deferAfterMs?: number;
  readonly fileOrigins: readonly string[];
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

export function createRouter(settings: RouterSettings): Router {
  const { app, registry, transport, deferAfterMs = 1500, fileOrigins, observe } = settings;
  const seen = new BoundedSet(rememberedInteractions);
  const inFlight = new Set<Promise<void>>();
  const spoken = new Map<string, string>();
  const responding: ResponderSettings = {
    transport,
    patience: new Patience(deferAfterMs),
    tooLateForForm: ({ locale }) => textCard('closed', textsIn(localeFor(locale, app.defaults.locale))('common.busy')),
  };

  function contextOf(incoming: Incoming, guildId: string, responder?: Responder): Context {
    const locale = localeFor(incoming.locale, app.defaults.locale);
    const request: Request = {
      operationId: incoming.id,
      guildId,
      userId: incoming.userId,
      roleIds: incoming.roleIds,
      manager: incoming.manager,
      locale,
    };
    return {
      app,
      request,
      t: textsIn(locale),
      f: formatsIn(locale),
      inDm: incoming.guildId === undefined,
      fileOrigins,
      progress: progressBy(responder),
    };
  }

  async function runCommand(incoming: IncomingCommand, responder: Responder): Promise<Outcome<Reply>> {
    if (!incoming.guildId) return refuse('guild_only');
    const action = registry.action(incoming.command, incoming.action);
    if (!action) return refuse('card_outdated', { kind: 'command' });
    const context = contextOf(incoming, incoming.guildId, responder);
    const options = readOptions(action.options, incoming, (option) =>
      context.t.optionName(incoming.command, incoming.action, option),
    );
    return isRefusal(options) ? options : action.run(context, options);
  }

  async function runComponent(incoming: IncomingComponent, responder: Responder): Promise<Outcome<Reply>> {
    const parts = splitCustomId(incoming.customId);
    const handler = parts && registry.handler(parts.tag);
    const data = parts && handler?.id.decode(parts.fields);
    if (!parts || !handler || !data) return refuse('card_outdated');
    if (incoming.guildId !== undefined && incoming.guildId !== parts.guildId) return refuse('card_outdated');
    const outcome = await handler.handle(contextOf(incoming, parts.guildId, responder), data, incoming);
    // A button names an order by our own id, which is nothing to show.
    const missing = isRefusal(outcome) && outcome.refused === 'order_not_found';
    return missing ? refuse('order_not_found', { kind: 'card' }) : outcome;
  }

  function bugReply(incoming: Incoming, error: unknown): Reply {
    // Random, not time-ordered: the end of an id.
    const reference = app.ids.next().slice(-8);
    app.log.error({ err: error, reference, interaction: incoming.id, ...nameOf(incoming) }, 'a handler failed');
    const t = textsIn(localeFor(incoming.locale, app.defaults.locale));
    return show(textCard('closed', t('common.bug', { reference })));
  }

  async function replyTo(incoming: Incoming, responder: Responder): Promise<{ reply: Reply; as: ServedAs }> {
    try {
      const outcome =
        'command' in incoming ? await runCommand(incoming, responder) : await runComponent(incoming, responder);
      if (!isRefusal(outcome)) return { reply: outcome, as: 'ok' };
      app.log.debug({ refused: outcome.refused, interaction: incoming.id, ...nameOf(incoming) }, 'refused');
      const reply = show(refusalCard(contextOf(incoming, incoming.guildId ?? '', responder), outcome));
      return { reply, as: 'refused' };
    } catch (error) {
      return { reply: bugReply(incoming, error), as: 'failed' };
    }
  }

  async function answer(incoming: Incoming): Promise<ServedAs> {
    const responder = createResponder(incoming, responding);
    const { reply, as } = await replyTo(incoming, responder);
    try {
      await responder.answer(reply);
      return as;
    } catch (error) {
      if (!isRefusedBody(error)) throw error;
      await responder.answer(bugReply(incoming, error));
      return 'failed';
    }
  }

  async function suggest(incoming: IncomingCommand): Promise<readonly { name: string; value: string }[]> {
    const { focused = '', guildId } = incoming;
    const option = registry.action(incoming.command, incoming.action)?.options[focused];
    if (!option?.suggest || !guildId) return [];
    try {
      const typed = (incoming.options[focused] ?? '').slice(0, 100);
      const found = await option.suggest(contextOf(incoming, guildId), typed, incoming.options);
      return found
        .filter(({ value }) => value.length > 0 && value.length <= 100)
        .slice(0, 25)
        .map(({ name, value }) => ({ name: plainText(name, 100) || value, value }));
    } catch (error) {
      app.log.error({ err: error, interaction: incoming.id, ...nameOf(incoming) }, 'suggesting failed');
      return [];
    }
  }

  async function answerOrSuggest(incoming: Incoming): Promise<ServedAs> {
    if (incoming.kind === 'autocomplete') {
      await answerChoices(incoming, transport, deferAfterMs, suggest(incoming));
      return 'ok';
    }
    return answer(incoming);
  }

  function unsent(incoming: Incoming, error: unknown): ServedAs {
    const about = { err: error, interaction: incoming.id, ...nameOf(incoming) };
    const lost = isAnswerLost(error);
    if (lost) app.log.warn(about, 'answer lost: what was done stays done');
    else app.log.error(about, 'the answer could not be sent');
    return lost ? 'lost' : 'failed';
  }

  /** The language for messages sent unasked; the store is asked only when this process has not heard it this month. */
  async function remember({ userId, locale: said }: Incoming): Promise<void> {
    if (!said || !userId) return;
    const locale = localeFor(said, app.defaults.locale);
    const heard = `${locale}/${Math.floor(app.clock.now() / seenEveryMs)}`;
    if (spoken.get(userId) === heard) return;
    await rememberLocale(app, userId, locale);
    if (spoken.size >= rememberedInteractions) spoken.clear();
    spoken.set(userId, heard);
  }

  /** Only names of our own, so that there are never more of them. */
  function metricOf(incoming: Incoming): string {
    const name = labelOf(incoming);
    const known = 'command' in incoming ? registry.action(incoming.command, incoming.action) : registry.handler(name);
    return known ? name : 'unknown';
  }

  async function serve(incoming: Incoming): Promise<void> {
    const started = performance.now();
    const as = await answerOrSuggest(incoming).catch((error: unknown) => unsent(incoming, error));
    observe?.(metricOf(incoming), as, (performance.now() - started) / 1000);
    if (incoming.kind === 'autocomplete') return;
    await remember(incoming).catch((error: unknown) => {
      app.log.error({ err: error, interaction: incoming.id }, 'a language could not be remembered');
    });
  }

  /** Nothing where it is not formed as Discord forms them: there is nobody to answer, and no reason to stop. */
  function read(raw: APIInteraction): Incoming | undefined {
    try {
      return readInteraction(raw);
    } catch (error) {
      app.log.error({ err: error }, 'an interaction could not be read');
      return undefined;
    }
  }

  return {
    async handle(raw) {
      const incoming = read(raw);
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

function progressBy(responder: Responder | undefined): Context['progress'] {
  return (card) => responder?.progress(card);
}

/** What was asked, for the log: names only, never values. */
function nameOf(incoming: Incoming): object {
  return 'command' in incoming ? { command: labelOf(incoming) } : { component: labelOf(incoming) };
}

/** `order status`, or the kind of a button. */
function labelOf(incoming: Incoming): string {
  if ('command' in incoming) return [incoming.command, incoming.action].filter(Boolean).join(' ');
  return splitCustomId(incoming.customId)?.tag ?? 'unknown';
}
