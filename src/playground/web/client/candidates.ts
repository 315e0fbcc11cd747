// People, roles and channels somebody can pick, in a select or an option of a command.
import type { Live } from './live.ts';

export type PickKind = 'user' | 'role' | 'channel';

export interface Candidate {
  readonly id: string;
  readonly kind: PickKind;
  readonly name: string;
}

const textChannels = [0, 5];

/** `@Anna`, `#orders`. */
export const labelOf = ({ kind, name }: Candidate): string => `${kind === 'channel' ? '#' : '@'}${name}`;

/** Of these kinds; people first, then roles, then channels. The bot, and the role that everyone has, are none. */
export function candidatesIn(live: Live, kinds: readonly PickKind[]): Candidate[] {
  const { people, roles, guild } = live.state;
  const channels = [...live.channels.values()].filter(({ guildId, type }) => guildId && textChannels.includes(type));
  const all: Candidate[] = [
    ...people.filter(({ bot }) => !bot).map(({ id, name }) => ({ id, name, kind: 'user' as const })),
    ...roles.filter(({ id }) => id !== guild.id).map(({ id, name }) => ({ id, name, kind: 'role' as const })),
    ...channels.map(({ id, name }) => ({ id, name, kind: 'channel' as const })),
  ];
  return all.filter(({ kind }) => kinds.includes(kind));
}
