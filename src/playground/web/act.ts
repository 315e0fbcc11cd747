// Does what somebody does on the page, through the local Discord's own client.
import { z } from 'zod';
import type { Demo } from '../demo.ts';
import { ClientRefusal } from '../local-discord/client/client-refusal.ts';
import type { InteractionRecord } from '../local-discord/client/interaction-record.ts';
import type { PersonView, Place } from '../local-discord/client/person.ts';
import { type CommandOption, type FileBytes, MessageFlag } from '../local-discord/types.ts';
import type { Act, Action, ActResult, CommandNames } from './protocol.ts';

const id = z.string().regex(/^\d{1,21}$/);
const values = z.record(z.string().max(100), z.union([z.string().max(6000), z.number(), z.boolean()]));

const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), channelId: id, path: z.string().max(110), values }),
  z.object({
    kind: z.literal('autocomplete'),
    channelId: id,
    path: z.string().max(110),
    values,
    option: z.string().max(40),
    typed: z.string().max(6000),
  }),
  z.object({ kind: z.literal('press'), messageId: id, customId: z.string().max(100) }),
  z.object({
    kind: z.literal('select'),
    messageId: id,
    customId: z.string().max(100),
    values: z.array(z.string().max(100)).max(25),
  }),
  z.object({
    kind: z.literal('modal'),
    interactionId: id,
    values: z.record(
      z.string().max(100),
      z.union([z.string().max(4000), z.boolean(), z.array(z.string().max(100)).max(25)]),
    ),
  }),
  z.object({
    kind: z.literal('message'),
    channelId: id,
    content: z.string().max(8000),
    replyTo: id.exactOptional(),
  }),
]) satisfies z.ZodType<Action>;

export const actSchema = z.object({
  as: id,
  locale: z.enum(['zh-CN', 'en-US']),
  action: actionSchema,
}) satisfies z.ZodType<Act>;

type Named = Pick<CommandOption, 'name' | 'name_localizations' | 'options'>;

/** Files by the option or field they were put into. */
export type Files = ReadonlyMap<string, readonly FileBytes[]>;

/** Forms that have been opened, by the interaction that opened them. */
const keptForms = 50;

export class Actor {
  readonly #remember: (interactionId: string, names: CommandNames) => void;
  readonly #opened = new Map<string, InteractionRecord>();

  /** @param remember told which command an interaction is */
  constructor(remember: (interactionId: string, names: CommandNames) => void) {
    this.#remember = remember;
  }

  /** Resolves when what comes of it is visible. What Discord's client would not do is a refusal, in its words. */
  async act(demo: Demo, { as, locale, action }: Act, files: Files): Promise<ActResult> {
    try {
      const person = personOf(demo, as, locale);
      return action.kind === 'autocomplete'
        ? await suggest(person, placeOf(demo, action.channelId), action)
        : await this.#do(demo, person, action, files);
    } catch (error) {
      if (error instanceof ClientRefusal) return { ok: false, why: 'refused', text: error.message };
      throw error;
    }
  }

  async #do(
    demo: Demo,
    person: PersonView,
    action: Exclude<Action, { kind: 'autocomplete' }>,
    files: Files,
  ): Promise<ActResult> {
    if (action.kind === 'message') {
      const extra = { files: [...files.values()].flat(), ...(action.replyTo && { reply: action.replyTo }) };
      const { id: messageId } = await person.message(placeOf(demo, action.channelId), action.content, extra);
      return { ok: true, shows: 'message', messageId };
    }
    const record = await this.#start(demo, person, action, files);
    return this.#outcome(demo, record);
  }

  async #start(
    demo: Demo,
    person: PersonView,
    action: Exclude<Action, { kind: 'autocomplete' | 'message' }>,
    files: Files,
  ): Promise<InteractionRecord> {
    switch (action.kind) {
      case 'press':
        return person.press(action.messageId, action.customId);
      case 'select':
        return person.select(action.messageId, action.customId, action.values);
      case 'modal': {
        const opened = this.#opened.get(action.interactionId);
        if (!opened) throw new ClientRefusal('There is no form to send');
        return person.submitModal(opened, { ...action.values, ...Object.fromEntries(files) });
      }
      case 'command': {
        const attached = [...files].flatMap(([option, [file]]) => (file ? [[option, file] as const] : []));
        const options = { ...action.values, ...Object.fromEntries(attached) };
        const record = await person.command(placeOf(demo, action.channelId), action.path, options);
        this.#remember(record.id, namesOf(demo, action.path));
        return record;
      }
    }
  }

  async #outcome(demo: Demo, record: InteractionRecord): Promise<ActResult> {
    const response = await shown(demo, record);
    if (!response) return { ok: false, why: 'silence' };
    if (response.kind === 'choices') return { ok: true, shows: 'choices', choices: response.choices };
    if (response.kind !== 'modal') return { ok: true, shows: 'message', messageId: response.message.id };
    this.#opened.set(record.id, record);
    for (const key of [...this.#opened.keys()].slice(0, -keptForms)) this.#opened.delete(key);
    return { ok: true, shows: 'modal', interactionId: record.id, modal: response.modal };
  }
}

/** What has become visible, be it that the bot is thinking; undefined: it has kept silent too long. */
async function shown({ discord }: Demo, record: InteractionRecord): Promise<InteractionRecord['visible']> {
  const thinking = (): InteractionRecord['visible'] => {
    const { message, ephemeral } = record;
    return message && (message.flags & MessageFlag.loading) !== 0 ? { kind: 'message', message, ephemeral } : undefined;
  };
  try {
    await discord.until(() => record.failed || record.visible || thinking(), { timeoutMs: 60_000 });
  } catch {
    return undefined;
  }
  return record.visible ?? thinking();
}

/** A command's name in each language, by its path in English. */
function namesOf({ discord }: Demo, path: string): CommandNames {
  const nameIn = (locale: string) => {
    let among: readonly Named[] = discord.commands();
    const words = path.slice(1).split(' ');
    const shown = words.map((word) => {
      const found = among.find(({ name }) => name === word);
      among = found?.options ?? [];
      return found?.name_localizations?.[locale] ?? word;
    });
    return `/${shown.join(' ')}`;
  };
  return { 'zh-CN': nameIn('zh-CN'), 'en-US': nameIn('en-US') };
}

function personOf({ discord }: Demo, userId: string, locale: string): PersonView {
  if (userId === discord.applicationId || !discord.world.users.has(userId)) {
    throw new ClientRefusal('There is no such person');
  }
  return discord.person(userId, { locale });
}

function placeOf({ discord }: Demo, channelId: string): Place {
  const channel = discord.world.channels.get(channelId);
  if (!channel) throw new ClientRefusal('There is no such channel');
  return { channel: channelId };
}

async function suggest(
  person: PersonView,
  place: Place,
  { path, option, typed, values: given }: Extract<Action, { kind: 'autocomplete' }>,
): Promise<ActResult> {
  const choices = await person.autocomplete(place, path, option, typed, given).catch((error: unknown) => {
    if (error instanceof ClientRefusal) throw error;
    return [];
  });
  return { ok: true, shows: 'choices', choices };
}
