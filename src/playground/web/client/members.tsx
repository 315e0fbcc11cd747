// The right side of a pane: who is there, by role.
import type { JSX } from 'preact';
import type { ShownChannel, ShownPerson } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import type { Live } from './live.ts';
import { useScene } from './scene.ts';

export function Members({
  live,
  channel,
}: {
  readonly live: Live;
  readonly channel: ShownChannel | undefined;
}): JSX.Element {
  const { t } = useScene();
  const there = live.state.people.filter(({ id, bot }) => bot || channel?.seenBy.includes(id));
  const parts = ['admin', 'staff', 'merchant', 'buyer'] as const;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside class="members" aria-label={t('members')} tabIndex={0}>
      <Group title={t('apps')} people={there.filter(({ bot }) => bot)} />
      {parts.map((part) => (
        <Group key={part} title={t(`part_${part}`)} people={there.filter((person) => person.part === part)} />
      ))}
    </aside>
  );
}

function Group({
  title,
  people,
}: {
  readonly title: string;
  readonly people: readonly ShownPerson[];
}): JSX.Element | null {
  if (people.length === 0) return null;
  return (
    <>
      <h3>
        {title} — {people.length}
      </h3>
      <ul>
        {people.map(({ id, name, bot }) => (
          <li key={id} class="member">
            <Avatar name={name} bot={bot} />
            <span>{name}</span>
            {bot && <span class="app">APP</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
