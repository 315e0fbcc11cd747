// Options as typed: what is blank, what is missing, and what is out of range.
import { expect, it } from 'vitest';
import { option } from '../../src/discord/command.ts';
import type { IncomingCommand } from '../../src/discord/incoming.ts';
import { readOptions } from '../../src/discord/read-options.ts';
import { textsIn } from '../../src/i18n/texts.ts';

const typed = (options: Record<string, string>) => ({ options, files: {} }) as unknown as IncomingCommand;
const wanted = { name: option.text({ required: true, max: 5 }), more: option.integer({ min: 1, max: 9 }) };

it('reads what was typed, without the spaces around it', () => {
  expect(readOptions(wanted, typed({ name: ' ab ', more: '3' }))).toEqual({ name: 'ab', more: 3 });
  expect(readOptions(wanted, typed({ name: 'ab', more: ' ' }))).toEqual({ name: 'ab', more: undefined });
});

it.each(['\u202aab\u202c', '\u200bab', 'ab\u200e', '\ufeff ab\u00a0'])(
  'reads %j without what copying brought along unseen',
  (name) => {
    expect(readOptions(wanted, typed({ name }))).toMatchObject({ name: 'ab' });
  },
);

it('leaves an emoji whole', () => {
  const flag = '\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}';
  for (const name of ['\u2764\ufe0f', flag]) {
    expect(readOptions({ name: option.text() }, typed({ name }))).toEqual({ name });
  }
});

it('says which option is blank', () => {
  expect(readOptions(wanted, typed({ name: '  ' }))).toEqual({
    refused: 'text_missing',
    data: { kind: 'option', option: 'name' },
  });
});

it.each(['\u200b', '\u0000\u0001', '\ud800', '\u202e \u2066'])(
  'takes %j, which does not show, for nothing',
  (blank) => {
    expect(readOptions(wanted, typed({ name: blank }))).toMatchObject({ refused: 'text_missing' });
    expect(readOptions({ more: wanted.more }, typed({ more: blank }))).toEqual({ more: undefined });
  },
);

it('names an option as its reader knows it', () => {
  const inChinese = (name: string) => textsIn('zh-CN').optionName('shop', 'restock', name);
  const restock = { sku: option.text({ required: true, max: 5 }), quantity: option.integer({ min: 1, max: 9 }) };
  expect(readOptions(restock, typed({ sku: ' ' }), inChinese)).toMatchObject({ data: { option: '货号' } });
  expect(readOptions(restock, typed({ sku: 'A', quantity: '0' }), inChinese)).toMatchObject({
    data: { option: '数量' },
  });
  expect(textsIn('zh-CN').optionName('compensate', undefined, 'note')).toBe('说明');
});

it('takes an option that was not sent for a command of another version', () => {
  expect(readOptions(wanted, typed({}))).toMatchObject({ refused: 'card_outdated' });
});

it('refuses what is too long or out of range', () => {
  expect(readOptions(wanted, typed({ name: 'abcdef' }))).toMatchObject({ refused: 'text_too_long' });
  expect(readOptions(wanted, typed({ name: 'a', more: '10' }))).toMatchObject({ refused: 'number_invalid' });
});
