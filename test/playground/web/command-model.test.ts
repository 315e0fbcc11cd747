// Slash commands as the page's composer shows and checks them.
import { describe, expect, it } from 'vitest';
import { type Command, type CommandOption, OptionType } from '../../../src/playground/local-discord/types.ts';
import { fill, findLeaves, leavesOf, problemWith } from '../../../src/playground/web/client/command-model.ts';

const zh = (text: string) => ({ 'zh-CN': text });

function option(more: Partial<CommandOption> & { type: number; name: string }): CommandOption {
  return { description: more.name, ...more };
}

const order = {
  name: 'order',
  name_localizations: zh('订单'),
  description: 'orders',
  description_localizations: null,
  options: [
    option({ type: OptionType.subcommand, name: 'status', name_localizations: zh('状态'), options: [] }),
    option({
      type: OptionType.subcommandGroup,
      name: 'more',
      options: [option({ type: OptionType.subcommand, name: 'list', options: [] })],
    }),
  ],
} as unknown as Command;
const wallet = { name: 'wallet', name_localizations: zh('钱包'), description: 'money' } as unknown as Command;

describe('commands', () => {
  const leaves = leavesOf([order, wallet], 'zh-CN');

  it('are listed by subcommand, in the reader’s words', () => {
    expect(leaves.map(({ path, shown }) => [path, shown])).toEqual([
      ['/order status', '/订单 状态'],
      ['/order more list', '/订单 more list'],
      ['/wallet', '/钱包'],
    ]);
  });

  it('are found by either name, beginnings first', () => {
    expect(findLeaves(leaves, '/订').map(({ path }) => path)).toEqual(['/order status', '/order more list']);
    expect(findLeaves(leaves, '/wal').map(({ path }) => path)).toEqual(['/wallet']);
    expect(findLeaves(leaves, '/list').map(({ path }) => path)).toEqual(['/order more list']);
    expect(findLeaves(leaves, '/nothing')).toEqual([]);
  });
});

describe('an option', () => {
  const count = option({ type: OptionType.integer, name: 'count', min_value: 1, max_value: 9, required: true });
  const reason = option({
    type: OptionType.string,
    name: 'reason',
    choices: [{ name: 'late', name_localizations: zh('晚了'), value: 'late_shipment' }],
  });
  const note = option({ type: OptionType.string, name: 'note', min_length: 2, max_length: 3 });

  it.each([
    [count, '', 'needed'],
    [count, 'x', 'not_a_number'],
    [count, '1.5', 'not_whole'],
    [count, '0', 'too_small'],
    [count, '10', 'too_large'],
    [count, '9', undefined],
    [reason, '', undefined],
    [reason, 'never', 'not_a_choice'],
    [reason, '晚了', undefined],
    [reason, 'late', undefined],
    [note, 'a', 'too_short'],
    [note, '四个汉字', 'too_long'],
    [note, '👍👍👍', undefined],
  ] as const)('%# %j', (one, typed, problem) => {
    expect(problemWith(one, fill(one, typed, 'zh-CN'))).toBe(problem);
  });
});
