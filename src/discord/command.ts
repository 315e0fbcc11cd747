// What a command is: its options, what it does, what it suggests, and the buttons, selects and forms it answers.
import type { App, Request } from '../app/context.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { Formats } from '../i18n/format.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Card } from './card.ts';
import type { LackingIn } from './channel-rights.ts';
import type { CustomId, Fields, FieldValues } from './custom-id.ts';
import type { Reply } from './reply.ts';

/** What every handler is given. */
export interface Context {
  readonly app: App;
  readonly request: Request;
  /** Texts and formats in the reader's language. */
  readonly t: Texts;
  readonly f: Formats;
  /** True in a DM, where roles are unknown. */
  readonly inDm: boolean;
  /** The only origins from which an uploaded file may be fetched. */
  readonly fileOrigins: readonly string[];
  readonly lackingIn: LackingIn;
  /** Shows how far long work has come, in place of the answer to come. At most one every two seconds is sent. */
  progress(card: Card): void;
}

/** A refusal is worded by the router from `refusals.<code>`; it changes nothing, and neither did the use case. */
export type Answer = Promise<Outcome<Reply>>;

export interface UploadedFile {
  readonly name: string;
  /** Bytes, as Discord says. */
  readonly size: number;
  readonly url: string;
}

export interface Suggestion {
  /** Cleaned and cut to 100 characters. */
  readonly name: string;
  readonly value: string;
}

/** Autocompletion: at most 25 are shown. Scoped by the use case to what this person may see. `others`: filled in so far. */
export type Suggest = (
  context: Context,
  typed: string,
  others: Readonly<Record<string, string>>,
) => Promise<readonly Suggestion[]>;

type OptionKind = 'text' | 'integer' | 'user' | 'role' | 'channel' | 'file';

/** One option. `Value` is what the handler is given; the names and descriptions are in `data/locales/*​/commands-*.json`. */
export interface Option<Value = unknown, Required extends boolean = boolean> {
  readonly kind: OptionKind;
  readonly required: Required;
  /** Fixed values; their labels are localized. */
  readonly choices?: readonly string[];
  /** Bounds of an integer, or of the length of a text. */
  readonly min?: number;
  readonly max?: number;
  readonly suggest?: Suggest;
  /** Never set: carries the type. */
  readonly value?: Value;
}

interface Settings<Required extends boolean> {
  readonly required?: Required;
}
interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

const make =
  <Value>(kind: OptionKind) =>
  <const Required extends boolean = false>(
    settings: Settings<Required> & Bounds & { readonly suggest?: Suggest } = {},
  ): Option<Value, Required> => ({ ...settings, kind, required: (settings.required ?? false) as Required });

/** The options a command can take, in the order in which Discord asks for them: required ones first. */
export const option = {
  text: make<string>('text'),
  integer: make<number>('integer'),
  /** A Discord account's id. */
  user: make<string>('user'),
  /** A role's id. */
  role: make<string>('role'),
  /** A text channel's id. */
  channel: make<string>('channel'),
  file: make<UploadedFile>('file'),
  /** One of a few fixed values. */
  choice: <const Value extends string, const Required extends boolean = false>(
    choices: readonly Value[],
    settings: Settings<Required> = {},
  ): Option<Value, Required> => ({ kind: 'text', required: (settings.required ?? false) as Required, choices }),
};

export type Options = Readonly<Record<string, Option>>;
export type OptionValues<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

/** A subcommand, or a command that has none. */
export interface Action<O extends Options = Options> {
  readonly options: O;
  run(context: Context, options: OptionValues<O>): Answer;
}

/** Ties the option types to the handler's. */
export function action<const O extends Options>(
  options: O,
  run: (context: Context, options: OptionValues<O>) => Answer,
): Action<O> {
  return { options, run };
}

/** What answers a button, a select or a form. */
export interface Handler {
  readonly id: CustomId;
  /** `values`: what was selected. `fields`: what was typed into a form, by field id. */
  handle(
    context: Context,
    data: Readonly<Record<string, string | number>>,
    input: { readonly values: readonly string[]; readonly fields: Readonly<Record<string, string>> },
  ): Answer;
}

export function onButton<F extends Fields>(
  id: CustomId<F>,
  handle: (context: Context, data: FieldValues<F>) => Answer,
): Handler {
  return { id: id as unknown as CustomId, handle: (context, data) => handle(context, data as FieldValues<F>) };
}

export function onSelect<F extends Fields>(
  id: CustomId<F>,
  handle: (context: Context, data: FieldValues<F>, values: readonly string[]) => Answer,
): Handler {
  return {
    id: id as unknown as CustomId,
    handle: (context, data, { values }) => handle(context, data as FieldValues<F>, values),
  };
}

export function onForm<F extends Fields>(
  id: CustomId<F>,
  handle: (context: Context, data: FieldValues<F>, fields: Readonly<Record<string, string>>) => Answer,
): Handler {
  return {
    id: id as unknown as CustomId,
    handle: (context, data, { fields }) => handle(context, data as FieldValues<F>, fields),
  };
}

/** A slash command with its subcommands, or with one action of its own; its texts are in `commands-<name>.json`. */
export interface Command {
  readonly name: string;
  /** The permission bits people need for it unless the server decides otherwise: a hint to Discord, not a guard. */
  readonly defaultPermissions?: number;
  readonly actions: Action | Readonly<Record<string, Action>>;
  readonly handlers?: readonly Handler[];
}

/** The one action of a command without subcommands. */
export function onlyAction(command: Command): Action | undefined {
  return 'run' in command.actions && typeof command.actions.run === 'function'
    ? (command.actions as Action)
    : undefined;
}
