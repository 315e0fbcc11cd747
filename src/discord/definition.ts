// Command definitions as Discord takes them, with names and descriptions in both languages from the locale files.
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOptionChoice,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { readLocaleFile } from '../i18n/texts.ts';
import { type Action, type Command, type Option, onlyAction } from './command.ts';

type Tree = { readonly [key: string]: string | Tree };
/** The texts of one thing in both languages. */
interface Both {
  readonly en: Tree;
  readonly zh: Tree;
}

/** @throws where a text is missing: every command, option and choice is worded in both languages. */
function word({ en, zh }: Both, key: string, path: string): { en: string; zh: string } {
  const [english, chinese] = [en[key], zh[key]];
  if (typeof english !== 'string' || typeof chinese !== 'string') throw new Error(`no text for ${path} ${key}`);
  return { en: english, zh: chinese };
}

function below({ en, zh }: Both, ...keys: readonly string[]): Both {
  const step = (tree: Tree, key: string): Tree => {
    const next = tree[key];
    return typeof next === 'object' ? next : {};
  };
  return { en: keys.reduce(step, en), zh: keys.reduce(step, zh) };
}

/** For everyone whose Discord speaks Chinese, in either script: the texts say the names as they stand there. */
const localized = ({ en, zh }: { readonly en: string; readonly zh: string }) => {
  return { 'en-US': en, 'zh-CN': zh, 'zh-TW': zh };
};

function labels(name: string, texts: Both, path: string) {
  const names = word(texts, 'name', path);
  const descriptions = word(texts, 'description', path);
  return {
    name,
    name_localizations: localized(names),
    description: descriptions.en,
    description_localizations: localized(descriptions),
  };
}

const types = { text: 3, integer: 4, user: 6, channel: 7, role: 8, file: 11 } as const;
/** Text and announcement channels. */
const textChannels = [0, 5];

function bounds({ kind, min, max }: Option) {
  const [low, high] = kind === 'integer' ? ['min_value', 'max_value'] : ['min_length', 'max_length'];
  return { ...(min !== undefined && { [low]: min }), ...(max !== undefined && { [high]: max }) };
}

function optionOf(name: string, option: Option, texts: Both, path: string): APIApplicationCommandBasicOption {
  const choices = option.choices?.map((value): APIApplicationCommandOptionChoice<string> => {
    const label = word(below(texts, 'choices'), value, `${path} ${name}`);
    return { name: label.en, name_localizations: localized(label), value };
  });
  return {
    type: types[option.kind],
    ...labels(name, texts, `${path} ${name}`),
    ...(option.required && { required: true }),
    ...bounds(option),
    ...(choices && { choices }),
    ...(option.suggest && { autocomplete: true }),
    ...(option.kind === 'channel' && { channel_types: textChannels }),
  } as APIApplicationCommandBasicOption;
}

function optionsOf(action: Action, texts: Both, path: string): APIApplicationCommandBasicOption[] {
  return Object.entries(action.options).map(([name, option]) =>
    optionOf(name, option, below(texts, 'options', name), path),
  );
}

function subcommandsOf(command: Command, texts: Both): APIApplicationCommandSubcommandOption[] {
  return Object.entries(command.actions as Readonly<Record<string, Action>>).map(([name, action]) => {
    const path = `/${command.name} ${name}`;
    const own = below(texts, 'subcommands', name);
    return { type: 1, ...labels(name, own, path), options: optionsOf(action, own, path) };
  });
}

/**
 * The command as it is published.
 * @param everywhere published globally: says that it is for servers only, which a command of one server need not
 */
export function definitionOf(command: Command, everywhere: boolean): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const file = `commands-${command.name}`;
  const texts: Both = { en: readLocaleFile('en-US', file) as Tree, zh: readLocaleFile('zh-CN', file) as Tree };
  const only = onlyAction(command);
  return {
    type: 1,
    ...labels(command.name, texts, `/${command.name}`),
    options: only ? optionsOf(only, texts, `/${command.name}`) : subcommandsOf(command, texts),
    // Discord's description of its API has a number here, and its answers a string; it takes both.
    ...(command.defaultPermissions && { default_member_permissions: command.defaultPermissions as unknown as string }),
    ...(everywhere && { contexts: [0], integration_types: [0] }),
  };
}
