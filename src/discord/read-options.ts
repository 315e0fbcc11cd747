// Turns what was typed into a command's options, each checked against its definition.
import { isRefusal, type Outcome, type Refusal, refuse } from '../domain/refusal.ts';
import { isBlank, trim } from '../domain/text.ts';
import type { Option, Options } from './command.ts';
import type { IncomingCommand } from './incoming.ts';

function readInteger(option: Option, value: string, name: string): Outcome<number> {
  const number = Number(value);
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = option;
  if (!Number.isInteger(number) || number < min || number > max) return refuse('number_invalid', { option: name });
  return number;
}

function readText(option: Option, value: string, name: string): Outcome<string> {
  if (option.choices && !option.choices.includes(value)) return refuse('card_outdated', { kind: 'command' });
  const max = option.max ?? 1000;
  return value.length > max ? refuse('text_too_long', { option: name, max }) : value;
}

function readOne(option: Option, name: string, incoming: IncomingCommand): unknown {
  if (option.kind === 'file') return incoming.files[name];
  const typed = incoming.options[name];
  if (typed === undefined || isBlank(typed)) return undefined;
  const value = trim(typed);
  if (option.kind === 'integer') return readInteger(option, value, name);
  if (option.kind === 'text') return readText(option, value, name);
  return /^\d{15,21}$/.test(value) ? value : refuse('user_unknown');
}

/** What does not show is nothing; an option not sent at all was not asked for by the definition this person's client has. */
function missing(name: string, incoming: IncomingCommand) {
  if (!(name in incoming.options)) return refuse('card_outdated', { kind: 'command' });
  return refuse('text_missing', { kind: 'option', option: name });
}

/** A refusal that names an option names it as its reader knows it. */
function shown(refusal: Refusal, shownName: (name: string) => string): Refusal {
  const { option } = refusal.data;
  if (typeof option !== 'string') return refusal;
  return refuse(refusal.refused, { ...refusal.data, option: shownName(option) });
}

/**
 * The options by name. Refuses `number_invalid`, `text_missing`, `text_too_long`, `user_unknown`, and `card_outdated` where
 * the command was typed from a definition that is no longer ours.
 *
 * @param shownName an option's name in the reader's language, by its base name
 */
export function readOptions(
  options: Options,
  incoming: IncomingCommand,
  shownName: (name: string) => string = (name) => name,
): Outcome<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    const value = readOne(option, name, incoming) as Outcome<unknown>;
    if (isRefusal(value)) return shown(value, shownName);
    if (value === undefined && option.required) return shown(missing(name, incoming), shownName);
    values[name] = value;
  }
  return values;
}
