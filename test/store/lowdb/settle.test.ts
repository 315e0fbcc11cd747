// What is kept in memory is what JSON gives back.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settle, settled } from '../../../src/store/lowdb/settle.ts';

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const field = fc.option(fc.jsonValue(), { nil: undefined });
const record = fc.dictionary(fc.string({ maxLength: 14 }), fc.oneof(field, fc.dictionary(fc.string(), field)));

it('makes of a value what JSON would, frozen: the value itself where nothing is left out', () => {
  fc.assert(
    fc.property(record, (value) => {
      const expected = throughJson(value);
      const kept = settled(value);
      expect(kept).toStrictEqual(expected);
      expect(Object.isFrozen(kept)).toBe(true);
      expect(settled(expected)).toBe(expected);
    }),
  );
});

it('freezes all the way down', () => {
  const plain = settle({ a: [{ b: { c: 'a longer piece of text' } }] });
  expect(Object.isFrozen(plain.a) && Object.isFrozen(plain.a[0]) && Object.isFrozen(plain.a[0]?.b)).toBe(true);
});

it.each([
  [{ at: new Date() }],
  [{ n: Number.NaN }],
  [{ n: Number.POSITIVE_INFINITY }],
  [{ list: [undefined] }],
  [{ f: () => 1 }],
  [{ n: 1n }],
  [{ m: new Map() }],
])('refuses what JSON would lose', (value) => {
  expect(() => settled(value)).toThrow(TypeError);
});
