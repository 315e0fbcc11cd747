// What a text being written asks for, and a command begun from it.
import { describe, expect, it } from 'vitest';
import { OptionType } from '../../../src/playground/local-discord/types.ts';
import type { Leaf } from '../../../src/playground/web/client/command-model.ts';
import { begin, withEntry, withoutEntry, wrongIn } from '../../../src/playground/web/client/draft.ts';
import { soughtIn, typedOut } from '../../../src/playground/web/client/writing.ts';

const leaf: Leaf = {
  path: '/shop restock',
  shown: '/店铺 到货',
  description: '',
  options: [
    { type: OptionType.string, name: 'sku', description: '', required: true },
    { type: OptionType.integer, name: 'quantity', description: '', required: true },
    { type: OptionType.string, name: 'merchant', description: '' },
  ],
};

describe('a text', () => {
  it.each([
    ['/', 1, { kind: 'command' }],
    ['/shop', 3, { kind: 'command' }],
    ['/shop @Li', 9, { kind: 'command' }],
    ['/shop\n@Li', 9, { kind: 'person', from: 6, typed: 'Li' }],
    ['ask @Li', 7, { kind: 'person', from: 4, typed: 'Li' }],
    ['ask /shop', 9, undefined],
    ['', 0, undefined],
  ])('%j asks for what stands at the caret', (text, caret, expected) => {
    expect(soughtIn(text, caret)).toEqual(expected);
  });

  it('is a command once its name, in either language, is typed out with a space behind it', () => {
    expect(typedOut([leaf], '/shop restock ')).toBe(leaf);
    expect(typedOut([leaf], '/店铺 到货 ')).toBe(leaf);
    expect(typedOut([leaf], '/shop restock')).toBeUndefined();
    expect(typedOut([leaf], '/shop ')).toBeUndefined();
  });
});

it('goes to the first option that is not as it must be, and to none that is not there', () => {
  const empty = begin(leaf);
  expect(wrongIn(leaf, empty)?.name).toBe('sku');
  const half = withEntry(empty, 'sku', { text: 'HC', value: 'HC' });
  expect(wrongIn(leaf, half)?.name).toBe('quantity');
  expect(wrongIn(leaf, withEntry(half, 'quantity', { text: 'x', value: Number.NaN }))?.name).toBe('quantity');
  expect(wrongIn(leaf, withEntry(half, 'quantity', { text: '3', value: 3 }))).toBeUndefined();
  expect(wrongIn(leaf, withoutEntry(half, 'quantity'))).toBeUndefined();
});
