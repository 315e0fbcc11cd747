// What is kept in memory is what JSON gives back.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copySettled, settle } from '../../../src/store/lowdb/settle.ts';

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const field = fc.option(fc.jsonValue(), { nil: undefined });
const record = fc.dictionary(fc.string({ maxLength: 14 }), fc.oneof(field, fc.dictionary(fc.string(), field)));

it('copies as JSON does, and freezes the copy alone', () => {
  fc.assert(
    fc.property(record, (value) => {
      const copy = copySettled(value);
      expect(copy).toStrictEqual(throughJson(value));
      expect(Object.isFrozen(copy)).toBe(true);
      expect(Object.isFrozen(value)).toBe(false);
    }),
  );
});

it('freezes all the way down', () => {
  const settled = settle({ a: [{ b: { c: 'a longer piece of text' } }] });
  expect(Object.isFrozen(settled.a) && Object.isFrozen(settled.a[0]) && Object.isFrozen(settled.a[0]?.b)).toBe(true);
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
  expect(() => copySettled(value)).toThrow(TypeError);
});
