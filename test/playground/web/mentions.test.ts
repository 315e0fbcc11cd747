// Mentions as they are typed: where one begins, whom it offers, and what is sent.
import { describe, expect, it } from 'vitest';
import { findPeople, type Mentionable, mentionAt, withMentions } from '../../../src/playground/web/client/mentions.ts';

const people: readonly Mentionable[] = [
  { id: '1', name: 'Makegood' },
  { id: '2', name: '小王' },
  { id: '3', name: '顾客1' },
  { id: '4', name: '顾客12' },
  { id: '5', name: 'a.b (c)' },
];

describe('a mention', () => {
  it.each([
    ['@', 1, { from: 0, typed: '' }],
    ['hello @Ma', 9, { from: 6, typed: 'Ma' }],
    ['你好@小', 4, { from: 2, typed: '小' }],
    ['hello @Ma there', 9, { from: 6, typed: 'Ma' }],
    ['hello @Ma there', 15, undefined],
    ['me@example', 10, undefined],
    ['plain', 5, undefined],
  ])('in %j, with the caret at %i', (text, caret, expected) => {
    expect(mentionAt(text, caret)).toEqual(expected);
  });

  it('offers those whose name begins so, then those whose name holds it', () => {
    const names = (typed: string) => findPeople(people, typed).map(({ name }) => name);
    expect(names('MA')).toEqual(['Makegood']);
    expect(names('客1')).toEqual(['顾客1', '顾客12']);
    expect(names('b')).toEqual(['a.b (c)']);
    expect(names('nobody')).toEqual([]);
  });

  it.each([
    ['@Makegood 我的订单在哪', '<@1> 我的订单在哪'],
    ['问 @小王，和 @顾客12', '问 <@2>，和 <@4>'],
    ['@顾客1', '<@3>'],
    ['@小王子', '@小王子'],
    ['@Makegoods', '@Makegoods'],
    ['me@Makegood', 'me@Makegood'],
    ['@a.b (c)!', '<@5>!'],
    ['@everyone', '@everyone'],
  ])('%j is sent as %j', (text, sent) => {
    expect(withMentions(text, people)).toBe(sent);
  });
});
