// What can be chosen for an option of a slash command, and what stands in it then.
import { describe, expect, it } from 'vitest';
import { type CommandOption, OptionType } from '../../../src/playground/local-discord/types.ts';
import type { Candidate, PickKind } from '../../../src/playground/web/client/candidates.ts';
import {
  type ChoiceScene,
  choicesFor,
  chosenEntry,
  findOptions,
  markedIn,
  typedEntry,
} from '../../../src/playground/web/client/option-choices.ts';

const there: readonly Candidate[] = [
  { id: '1', kind: 'user', name: 'Anna' },
  { id: '2', kind: 'role', name: 'staff' },
  { id: '3', kind: 'channel', name: 'orders' },
];
const scene: ChoiceScene = {
  locale: 'zh-CN',
  t: (word) => (word === 'yes' ? '是' : '否'),
  candidates: (kinds: readonly PickKind[]) => there.filter(({ kind }) => kinds.includes(kind)),
};

const option = (type: number, more: Partial<CommandOption> = {}): CommandOption => ({
  type,
  name: 'x',
  description: 'x',
  ...more,
});
const reason = option(OptionType.string, {
  choices: [
    { name: 'supplier', value: 'supplier', name_localizations: { 'zh-CN': '供应商' } },
    { name: 'weather', value: 'weather', name_localizations: { 'zh-CN': '天气' } },
  ],
});
const labels = (of: CommandOption, typed = '') => choicesFor(of, typed, [], scene).map(({ label }) => label);

describe('what can be chosen', () => {
  it.each([
    ['a person', OptionType.user, ['@Anna']],
    ['a role', OptionType.role, ['@staff']],
    ['a channel', OptionType.channel, ['#orders']],
    ['a person or a role', OptionType.mentionable, ['@Anna', '@staff']],
    ['yes or no', OptionType.boolean, ['是', '否']],
    ['a text', OptionType.string, []],
  ])('for %s', (_, type, expected) => {
    expect(labels(option(type))).toEqual(expected);
  });

  it('is what holds what is typed, with or without the sign before a name', () => {
    expect(labels(option(OptionType.mentionable), 'AN')).toEqual(['@Anna']);
    expect(labels(option(OptionType.mentionable), '@st')).toEqual(['@staff']);
    expect(labels(reason, '天')).toEqual(['天气']);
  });

  it('is what the bot suggests behind what is known, 25 at most', () => {
    const asked = Array.from({ length: 30 }, (_, index) => ({ name: `order ${index}`, value: `${index}` }));
    expect(choicesFor(option(OptionType.string), '', asked, scene)).toHaveLength(25);
    expect(choicesFor(reason, '', asked, scene).map(({ value }) => value)).toEqual([
      'supplier',
      'weather',
      ...Array.from({ length: 23 }, (_, index) => `${index}`),
    ]);
  });
});

describe('what stands in the option', () => {
  it('once something is chosen, is what it is called where it must be picked, else what is sent', () => {
    expect(chosenEntry(option(OptionType.user), { label: '@Anna', value: '1' })).toEqual({ text: '@Anna', value: '1' });
    expect(chosenEntry(option(OptionType.string), { label: 'order 7', value: '7' })).toEqual({ text: '7', value: '7' });
    expect(chosenEntry(option(OptionType.integer), { label: 'seven', value: 7 })).toEqual({ text: 'seven', value: 7 });
  });

  it.each([
    [option(OptionType.user), 'anna', { text: 'anna', value: '1' }],
    [option(OptionType.user), '@Anna', { text: '@Anna', value: '1' }],
    [option(OptionType.user), 'An', { text: 'An' }],
    [option(OptionType.boolean), '是', { text: '是', value: true }],
    [reason, '天气', { text: '天气', value: 'weather' }],
    [reason, '天', { text: '天' }],
    [option(OptionType.string), 'HC', { text: 'HC', value: 'HC' }],
    [option(OptionType.integer), '12', { text: '12', value: 12 }],
    [option(OptionType.integer), ' ', { text: ' ' }],
  ])('once typed has a value where the text stands for one: %#', (of, text, expected) => {
    expect(typedEntry(of, text, scene)).toEqual(expected);
  });
});

describe('Enter', () => {
  const choices = choicesFor(reason, '', [], scene);

  it('takes what stands in the option already, else the first', () => {
    expect(markedIn(choices, { text: '天气', value: 'weather' })).toBe(1);
    expect(markedIn(choices, { text: '' })).toBe(0);
    expect(markedIn([], undefined)).toBe(0);
  });
});

it('finds options to be added by either name', () => {
  const options = [
    option(OptionType.string, { name: 'restock', name_localizations: { 'zh-CN': '到货' } }),
    option(OptionType.string, { name: 'note' }),
  ];
  const found = (typed: string) => findOptions(options, typed, 'zh-CN').map(({ name }) => name);
  expect(found('')).toEqual(['restock', 'note']);
  expect(found('到')).toEqual(['restock']);
  expect(found(' NO ')).toEqual(['note']);
  expect(found('nothing')).toEqual([]);
});
