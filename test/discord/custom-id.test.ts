// Custom ids: what is written is read again, and nothing else is taken.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { customId, field, splitCustomId } from '../../src/discord/custom-id.ts';
import { createRegistry } from '../../src/discord/registry.ts';

const example = customId('order.refund', { order: field.id, version: field.integer, item: field.code });
const guildId = fc.bigInt({ min: 100_000_000_000_000n, max: 9_223_372_036_854_775_807n }).map(String);
const word = fc.stringMatching(/^[0-9A-Za-z_-]{1,32}$/);

describe('a custom id', () => {
  it('says what was put in, in at most 100 characters', () => {
    fc.assert(
      fc.property(
        guildId,
        word,
        fc.integer({ min: 0, max: 99_999 }),
        fc.stringMatching(/^[0-9a-f]{10}$/),
        (guild, order, version, item) => {
          const id = example.encode(guild, { order, version, item });
          expect(id.length).toBeLessThanOrEqual(100);
          const parts = splitCustomId(id);
          expect(parts).toMatchObject({ tag: 'order.refund', guildId: guild });
          expect(example.decode(parts?.fields ?? [])).toEqual({ order, version, item });
        },
      ),
    );
  });

  it('is nothing when it is garbled, short or long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const parts = splitCustomId(text);
        if (parts) expect(example.decode([...parts.fields, 'x', 'y', 'z', '!'])).toBeUndefined();
      }),
    );
    expect(splitCustomId('order.refund')).toBeUndefined();
    expect(splitCustomId('order.refund:NOT-BASE-36:x')).toBeUndefined();
    expect(example.decode(['a', '-1', 'x'])).toBeUndefined();
    expect(example.decode(['a', '1.5', 'x'])).toBeUndefined();
    expect(example.decode(['a', '1'])).toBeUndefined();
  });

  it('that does not fit is a bug, not a cut id', () => {
    const wide = customId('x', { a: field.id, b: field.id, c: field.id });
    const long = 'a'.repeat(32);
    expect(() => wide.encode('123456789012345678', { a: long, b: long, c: long })).toThrow('does not fit');
  });
});

describe('the registry', () => {
  it('has one handler for each kind of button', () => {
    expect(() => createRegistry(commands)).not.toThrow();
    const [first] = commands;
    expect(() => createRegistry(first ? [first, first] : [])).toThrow('are called');
  });
});
