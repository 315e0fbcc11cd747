// Where a person is on the page, what it is called, and whom and what they can name there.
import { describe, expect, it } from 'vitest';
import { candidatesIn, labelOf } from '../../../src/playground/web/client/candidates.ts';
import { hear, type Live, typingIn } from '../../../src/playground/web/client/live.ts';
import { mentionable, personOf, placeOf, titleOf } from '../../../src/playground/web/client/place.ts';
import type { ShownChannel, ShownPerson, State } from '../../../src/playground/web/protocol.ts';

const channel = (more: Partial<ShownChannel> & { readonly id: string }): ShownChannel => ({
  type: 0,
  name: more.id,
  guildId: 'g',
  parentId: null,
  recipientId: null,
  archived: false,
  closed: false,
  seenBy: ['wang', 'lin'],
  ...more,
});
const person = (id: string, more: Partial<ShownPerson> = {}): ShownPerson => ({
  id,
  name: id,
  bot: false,
  roleIds: [],
  part: 'buyer',
  ...more,
});

const state: State = {
  epoch: 0,
  botId: 'bot',
  guild: { id: 'g', name: 'Shop' },
  timeZone: 'UTC',
  people: [
    person('stranger'),
    person('wang', { key: 'wang', homeId: 'orders' }),
    person('lin', { key: 'lin', part: 'merchant' }),
    { id: 'bot', name: 'Makegood', bot: true, roleIds: [] },
  ],
  roles: [
    { id: 'g', name: '@everyone' },
    { id: 'staff', name: 'staff' },
  ],
  channels: [
    channel({ id: 'orders' }),
    channel({ id: 'shop', seenBy: ['lin'] }),
    channel({ id: 'thread', type: 12, parentId: 'orders', seenBy: ['wang'] }),
    channel({ id: 'dm', type: 1, guildId: null, recipientId: 'wang', seenBy: ['wang', 'bot'] }),
  ],
  messages: [],
  clock: { now: 0, paused: true, nextDueAt: null },
};

function opened(): Live {
  const live = hear(undefined, { type: 'state', state }, 0);
  if (!live) throw new Error('a whole state opens the page');
  return live;
}
const live = opened();
const wang = personOf(live, 'wang');

describe('a person', () => {
  it('is the one meant, else the first one can be', () => {
    expect(personOf(live, 'lin')?.id).toBe('lin');
    expect(personOf(live, 'gone')?.id).toBe('wang');
  });

  it.each([
    ['where they start', wang, undefined, 'orders'],
    ['in a thread they see', wang, 'thread', 'thread'],
    ['in their direct messages', wang, 'dm', 'dm'],
    ['where they start, not where they see nothing', wang, 'shop', 'orders'],
    ['in the first channel they see, without a start', personOf(live, 'lin'), undefined, 'orders'],
    ['not in the direct messages of others', personOf(live, 'lin'), 'dm', 'orders'],
    ['nowhere, where there is nobody', undefined, undefined, ''],
  ])('is %s', (_, who, asked, expected) => {
    expect(placeOf(live, who, asked)).toBe(expected);
  });
});

it('heads a channel with its sign, a thread by its name, direct messages with the bot', () => {
  const titles = ['orders', 'thread', 'dm'].map((id) => titleOf(live, live.channels.get(id)));
  expect(titles).toEqual(['#orders', 'thread', 'Makegood']);
});

it('mentions who sees the place, the bot first', () => {
  const named = mentionable(live, live.channels.get('shop'), (part) => part);
  expect(named).toEqual([
    { id: 'bot', name: 'Makegood', hint: 'APP' },
    { id: 'lin', name: 'lin', hint: 'part_merchant' },
  ]);
});

it('offers people, roles and text channels, but neither the bot nor everyone’s role', () => {
  expect(candidatesIn(live, ['user', 'role', 'channel']).map(labelOf)).toEqual([
    '@stranger',
    '@wang',
    '@lin',
    '@staff',
    '#orders',
    '#shop',
  ]);
  expect(candidatesIn(live, ['role']).map(({ id }) => id)).toEqual(['staff']);
});

it('shows who types for eight seconds', () => {
  const typing = hear(live, { type: 'typing', channelId: 'orders', userId: 'lin' }, 1000);
  expect(typing && typingIn(typing, 'orders', 8999)).toBe('lin');
  expect(typing && typingIn(typing, 'orders', 9000)).toBeUndefined();
  expect(typing && typingIn(typing, 'shop', 1000)).toBeUndefined();
});
