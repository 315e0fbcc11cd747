import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/playground/local-discord/types.ts';
import { readCommand, wordsOf } from '../../src/playground/terminal/command-line.ts';

const commands = [
  {
    name: 'order',
    name_localizations: { 'zh-CN': '订单' },
    options: [
      {
        type: 1,
        name: 'link',
        name_localizations: { 'zh-CN': '绑定' },
        description: 'x',
        options: [
          { type: 3, name: 'order', name_localizations: { 'zh-CN': '订单号' }, description: 'x' },
          { type: 3, name: 'proof', description: 'x' },
        ],
      },
    ],
  },
  { name: 'help', name_localizations: null },
] as unknown as Command[];

function read(line: string): { path: string; values: Record<string, string> } | undefined {
  const typed = readCommand(line, commands, 'zh-CN');
  if (!typed) return undefined;
  const { path, values } = typed;
  return { path, values: Object.fromEntries([...values].map(([name, { typed }]) => [name, typed])) };
}

describe('a typed command', () => {
  it.each([
    ['/order link order:1 proof:2', '/order link', { order: '1', proof: '2' }],
    ['/订单 绑定 订单号:1 proof:2', '/订单 绑定', { order: '1', proof: '2' }],
    ['/order link 1 2', '/order link', { order: '1', proof: '2' }],
    ['/order link proof:2 1', '/order link', { order: '1', proof: '2' }],
    ['/order link 1 "two words"', '/order link', { order: '1', proof: 'two words' }],
    ['/order link 1 two words', '/order link', { order: '1', proof: 'two words' }],
    ['/order link 1 at:noon', '/order link', { order: '1', proof: 'at:noon' }],
    ['/help', '/help', {}],
  ])('%s', (line, path, values) => {
    expect(read(line)).toEqual({ path, values });
  });

  it('is none where there is no such command', () => {
    expect(read('/nothing here')).toBeUndefined();
  });

  it('keeps quoted words together', () => {
    expect(wordsOf('a "b c" d:"e f"')).toEqual(['a', 'b c', 'd:e f']);
  });
});
