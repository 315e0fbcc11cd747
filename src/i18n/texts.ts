// Every sentence in both languages: loaded once, compiled to parts, filled in with escaped data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type common from '../../data/locales/en-US/common.json';
import type files from '../../data/locales/en-US/files.json';
import type notices from '../../data/locales/en-US/notices.json';
import type order from '../../data/locales/en-US/order.json';
import type playground from '../../data/locales/en-US/playground.json';
import type refusals from '../../data/locales/en-US/refusals.json';
import type setup from '../../data/locales/en-US/setup.json';
import type shop from '../../data/locales/en-US/shop.json';
import type staff from '../../data/locales/en-US/staff.json';
import type { Locale } from '../domain/scalars.ts';
import { projectPath } from '../root.ts';
import { cached } from './cached.ts';
import { type CommandNames, nameCommands } from './command-names.ts';
import { Markup, plainText, render, type Value } from './markup.ts';

interface Areas {
  common: typeof common;
  files: typeof files;
  notices: typeof notices;
  order: typeof order;
  playground: typeof playground;
  refusals: typeof refusals;
  setup: typeof setup;
  shop: typeof shop;
  staff: typeof staff;
}

/** `key_one` and `key_other` are asked for as `key`, with a `count`. */
type Unplural<K extends string> = K extends `${infer Base}_one` ? Base : K extends `${infer Base}_other` ? Base : K;
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Unplural<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** The key of a text: area, then the path in its file, such as `order.late.word`. */
export type TextKey = Leaves<Areas>;

export type TextData = Readonly<Record<string, Value>>;

/** The texts of one language. Called: a text in markdown. `plain`: for labels, titles and names, which have no markdown. */
export interface Texts {
  (key: TextKey, data?: TextData): Markup;
  plain(key: TextKey, data?: TextData): string;
  /** For keys made from codes: the text where there is one. */
  find(key: string, data?: TextData): Markup | undefined;
  /** An option as the reader's Discord lists it, for base names; `action` is the subcommand, where there is one. */
  optionName(command: string, action: string | undefined, option: string): string;
  readonly locale: Locale;
}

const areas = [
  'common',
  'files',
  'notices',
  'order',
  'playground',
  'refusals',
  'setup',
  'shop',
  'staff',
] as const satisfies (keyof Areas)[];
const folder = projectPath('data/locales/');

/** One file of a language as it stands. */
export function readLocaleFile(locale: Locale, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, locale, `${file}.json`), 'utf8'));
}

/** Text, then variable, then text, then variable, …: always an odd number of parts. */
type Compiled = readonly string[];

type Commands = Readonly<Record<string, CommandNames>>;

/** How a language names the commands, by base name. */
function commandsIn(locale: Locale): Commands {
  const names = readdirSync(join(folder, locale)).flatMap((file) => /^commands-([a-z]+)\.json$/.exec(file)?.[1] ?? []);
  return Object.fromEntries(names.map((name) => [name, readLocaleFile(locale, `commands-${name}`) as CommandNames]));
}

function compile(tree: unknown, path: string, commands: Commands, into: Map<string, Compiled>): void {
  if (typeof tree === 'string') into.set(path, nameCommands(tree, commands).split(/\{\{(\w+)\}\}/));
  else for (const [key, child] of Object.entries(tree ?? {})) compile(child, `${path}.${key}`, commands, into);
}

function fill(parts: Compiled, data: TextData, show: (value: Value) => string): string {
  let text = parts[0] ?? '';
  for (let i = 1; i < parts.length; i += 2) text += show(data[parts[i] ?? ''] ?? '–') + (parts[i + 1] ?? '');
  return text;
}

const inLabel = (value: Value) => (typeof value === 'string' ? plainText(value) : String(value));

function load(locale: Locale): Texts {
  const compiled = new Map<string, Compiled>();
  const commands = commandsIn(locale);
  for (const area of areas) compile(readLocaleFile(locale, area), area, commands, compiled);
  const plurals = new Intl.PluralRules(locale);
  const pluralOf = cached((count: number) => plurals.select(count));
  const find = (key: string, data: TextData): Compiled | undefined =>
    compiled.get(key) ?? compiled.get(`${key}_${pluralOf(Number(data.count ?? 0))}`) ?? compiled.get(`${key}_other`);
  const texts = (key: TextKey, data: TextData = {}) => new Markup(fill(find(key, data) ?? [key], data, render));
  return Object.assign(texts, {
    locale,
    plain: (key: TextKey, data: TextData = {}) => fill(find(key, data) ?? [key], data, inLabel),
    find: (key: string, data: TextData = {}) => {
      const parts = find(key, data);
      return parts && new Markup(fill(parts, data, render));
    },
    optionName: (command: string, action: string | undefined, option: string) => {
      const named = commands[command]?.subcommands?.[action ?? ''] ?? commands[command];
      return named?.options?.[option]?.name ?? option;
    },
  });
}

const loaded: Readonly<Record<Locale, Texts>> = { 'zh-CN': load('zh-CN'), 'en-US': load('en-US') };

export function textsIn(locale: Locale): Texts {
  return loaded[locale];
}

/** The language for a Discord locale such as `zh-TW` or `de`: Chinese for any Chinese, English for any other. */
export function localeFor(discordLocale: string | undefined, fallback: Locale): Locale {
  if (!discordLocale) return fallback;
  return discordLocale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
}
