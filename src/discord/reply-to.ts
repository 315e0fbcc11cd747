// What is said to an interaction: by the command or the component it names, or about what kept that from being said.
import type { App, Request } from '../app/context.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { formatsIn } from '../i18n/format.ts';
import { plainText } from '../i18n/markup.ts';
import { localeFor, textsIn } from '../i18n/texts.ts';
import { textCard } from './card.ts';
import type { LackingIn } from './channel-rights.ts';
import type { Context } from './command.ts';
import { splitCustomId } from './custom-id.ts';
import type { Incoming, IncomingCommand, IncomingComponent } from './incoming.ts';
import { nameOf } from './interaction-name.ts';
import { readOptions } from './read-options.ts';
import type { Registry } from './registry.ts';
import { type Reply, show } from './reply.ts';
import type { Responder } from './responder.ts';
import { refusalCard } from './views/refusal.ts';

export interface Door {
  readonly app: App;
  readonly registry: Registry;
  readonly fileOrigins: readonly string[];
  /** Without it, nothing is known to be lacking. */
  readonly lackingIn?: LackingIn;
}

function contextOf(door: Door, incoming: Incoming, guildId: string, responder?: Responder): Context {
  const { app, fileOrigins, lackingIn = async () => [] } = door;
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
    lackingIn,
    progress: (card) => responder?.progress(card),
  };
}

async function runCommand(door: Door, incoming: IncomingCommand, responder: Responder): Promise<Outcome<Reply>> {
  if (!incoming.guildId) return refuse('guild_only');
  const action = door.registry.action(incoming.command, incoming.action);
  if (!action) return refuse('card_outdated', { kind: 'command' });
  const context = contextOf(door, incoming, incoming.guildId, responder);
  const options = readOptions(action.options, incoming, (option) =>
    context.t.optionName(incoming.command, incoming.action, option),
  );
  return isRefusal(options) ? options : action.run(context, options);
}

async function runComponent(door: Door, incoming: IncomingComponent, responder: Responder): Promise<Outcome<Reply>> {
  const parts = splitCustomId(incoming.customId);
  const handler = parts && door.registry.handler(parts.tag);
  const data = parts && handler?.id.decode(parts.fields);
  if (!parts || !handler || !data) return refuse('card_outdated');
  if (incoming.guildId !== undefined && incoming.guildId !== parts.guildId) return refuse('card_outdated');
  const outcome = await handler.handle(contextOf(door, incoming, parts.guildId, responder), data, incoming);
  // A button names an order by our own id, which is nothing to show.
  const missing = isRefusal(outcome) && outcome.refused === 'order_not_found';
  return missing ? refuse('order_not_found', { kind: 'card' }) : outcome;
}

/** A reference number, and the bug under it in the log. */
export function bugReply(app: App, incoming: Incoming, error: unknown): Reply {
  // Random, not time-ordered: the end of an id.
  const reference = app.ids.next().slice(-8);
  app.log.error({ err: error, reference, interaction: incoming.id, ...nameOf(incoming) }, 'a handler failed');
  const t = textsIn(localeFor(incoming.locale, app.defaults.locale));
  return show(textCard('closed', t('common.bug', { reference })));
}

/** Never rejects: a bug is caught here. */
export async function replyTo(
  door: Door,
  incoming: Incoming,
  responder: Responder,
): Promise<{ readonly reply: Reply; readonly as: 'ok' | 'refused' | 'failed' }> {
  const { app } = door;
  try {
    const outcome =
      'command' in incoming
        ? await runCommand(door, incoming, responder)
        : await runComponent(door, incoming, responder);
    if (!isRefusal(outcome)) return { reply: outcome, as: 'ok' };
    app.log.debug({ refused: outcome.refused, interaction: incoming.id, ...nameOf(incoming) }, 'refused');
    const reply = show(refusalCard(contextOf(door, incoming, incoming.guildId ?? '', responder), outcome));
    return { reply, as: 'refused' };
  } catch (error) {
    return { reply: bugReply(app, incoming, error), as: 'failed' };
  }
}

/** What is suggested for the option being typed; nothing where that fails. */
export async function suggest(
  door: Door,
  incoming: IncomingCommand,
): Promise<readonly { readonly name: string; readonly value: string }[]> {
  const { focused = '', guildId } = incoming;
  const option = door.registry.action(incoming.command, incoming.action)?.options[focused];
  if (!option?.suggest || !guildId) return [];
  try {
    const typed = (incoming.options[focused] ?? '').slice(0, 100);
    const found = await option.suggest(contextOf(door, incoming, guildId), typed, incoming.options);
    return found
      .filter(({ value }) => value.length > 0 && value.length <= 100)
      .slice(0, 25)
      .map(({ name, value }) => ({ name: plainText(name, 100) || value, value }));
  } catch (error) {
    door.app.log.error({ err: error, interaction: incoming.id, ...nameOf(incoming) }, 'suggesting failed');
    return [];
  }
}
