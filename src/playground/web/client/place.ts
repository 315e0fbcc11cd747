// Where a person is: which channel or direct message, what it is called, and who can be mentioned there.
import type { ShownChannel, ShownPerson } from '../protocol.ts';
import { channelsOf, dmOf, type Live, nameOf } from './live.ts';
import type { Mentionable } from './mentions.ts';

export const isThread = (channel: ShownChannel | undefined): boolean => typeof channel?.parentId === 'string';

/** Whoever goes by that key, else the first one can be. */
export function personOf({ state: { people } }: Live, wanted: string): ShownPerson | undefined {
  return people.find(({ key }) => key === wanted) ?? people.find(({ key }) => key);
}

/** The place opened where the person sees it; else where they start, or the first there is. */
export function placeOf(live: Live, person: ShownPerson | undefined, opened: string | undefined): string {
  const me = person?.id ?? '';
  const dm = dmOf(live, me);
  if (opened && (opened === dm?.id || live.channels.get(opened)?.seenBy.includes(me))) return opened;
  return person?.homeId ?? channelsOf(live, me)[0]?.id ?? dm?.id ?? '';
}

/** What a place is called, as its messages are headed. */
export function titleOf(live: Live, channel: ShownChannel | undefined): string {
  if (channel?.guildId === null) return nameOf(live, live.state.botId);
  return `${isThread(channel) ? '' : '#'}${channel?.name ?? ''}`;
}

/** Who can be mentioned in a channel: the bot, and who sees it. */
export function mentionable(
  live: Live,
  channel: ShownChannel | undefined,
  t: (part: `part_${NonNullable<ShownPerson['part']>}`) => string,
): Mentionable[] {
  const there = live.state.people.filter(({ id, bot }) => bot || channel?.seenBy.includes(id));
  return there
    .sort((a, b) => Number(b.bot) - Number(a.bot))
    .map(({ id, name, bot, part }) => ({ id, name, hint: bot ? 'APP' : t(`part_${part ?? 'buyer'}`) }));
}
