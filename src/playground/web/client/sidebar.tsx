// The left side of a pane: channels and direct messages, and who one is.
import type { JSX } from 'preact';
import type { ShownChannel } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { channelsOf, dmOf, type Live, unreadIn } from './live.ts';
import { useScene } from './scene.ts';
import type { Locale } from './words.ts';

/** Up to which message each person has read each channel. */
export type Read = ReadonlyMap<string, string>;
export const readKey = (userId: string, channelId: string): string => `${userId}/${channelId}`;

interface Props {
  readonly live: Live;
  readonly here: string;
  readonly read: Read;
  readonly be: (userId: string) => void;
  readonly speak: (locale: Locale) => void;
}

/** How many unread messages a person has in all. */
export function unreadOf(live: Live, userId: string, read: Read): number {
  const dm = dmOf(live, userId);
  const places = [...channelsOf(live, userId), ...(dm ? [dm] : [])];
  return places.reduce((sum, { id }) => sum + unreadIn(live, id, userId, read.get(readKey(userId, id))), 0);
}

export function Sidebar({ live, here, read, be, speak }: Props): JSX.Element {
  const { t, me, goTo } = useScene();
  const dm = dmOf(live, me);
  const person = live.people.get(me);
  const unread = (id: string) => unreadIn(live, id, me, read.get(readKey(me, id)));
  const isDm = dm?.id === here;
  return (
    <div class="sidebar">
      <nav class="rail" aria-label={t('servers')}>
        <RailButton
          label={t('direct_messages')}
          on={isDm}
          badge={dm ? unread(dm.id) : 0}
          onClick={() => dm && goTo(dm.id)}
        >
          <span class="logo" aria-hidden="true" />
        </RailButton>
        <RailButton
          label={live.state.guild.name}
          on={!isDm}
          badge={0}
          onClick={() => goTo(person?.homeId ?? channelsOf(live, me)[0]?.id ?? here)}
        >
          <span aria-hidden="true">{[...live.state.guild.name].slice(0, 2).join('')}</span>
        </RailButton>
      </nav>
      <div class="places">
        <h2>{live.state.guild.name}</h2>
        <nav aria-label={t('channels')}>
          <ul>
            {channelsOf(live, me).map((channel) => (
              <Place key={channel.id} channel={channel} on={channel.id === here} unread={unread(channel.id)} />
            ))}
          </ul>
          <h3>{t('direct_messages')}</h3>
          <ul>{dm && <DmPlace live={live} id={dm.id} on={isDm} unread={unread(dm.id)} />}</ul>
        </nav>
        <Self {...{ live, read, be, speak }} />
      </div>
    </div>
  );
}

interface DmPlaceProps {
  readonly live: Live;
  readonly id: string;
  readonly on: boolean;
  readonly unread: number;
}

function DmPlace({ live, id, on, unread }: DmPlaceProps): JSX.Element {
  const { goTo } = useScene();
  const name = live.people.get(live.state.botId)?.name ?? 'Makegood';
  return (
    <li>
      <button
        type="button"
        class={on ? 'place on' : 'place'}
        aria-current={on ? 'page' : undefined}
        onClick={() => goTo(id)}
      >
        <Avatar name={name} bot />
        <span class="place-name">{name}</span>
        <Badge count={unread} />
      </button>
    </li>
  );
}

/** Who one is, whom else one can be, and the language one reads. */
function Self({ live, read, be, speak }: Omit<Props, 'here'>): JSX.Element {
  const { t, me, locale } = useScene();
  return (
    <div class="self">
      <Avatar name={live.people.get(me)?.name ?? ''} />
      <select
        aria-label={t('who_am_i')}
        title={t('who_am_i')}
        value={me}
        onChange={({ currentTarget }) => be(currentTarget.value)}
      >
        {live.state.people
          .filter(({ key }) => key)
          .map(({ id, name, part }) => {
            const count = id === me ? 0 : unreadOf(live, id, read);
            return (
              <option key={id} value={id}>
                {name} · {t(`part_${part ?? 'buyer'}`)}
                {count > 0 ? ` (${count})` : ''}
              </option>
            );
          })}
      </select>
      <button
        type="button"
        class="locale"
        title={t('other_language')}
        onClick={() => speak(locale === 'zh-CN' ? 'en-US' : 'zh-CN')}
      >
        {locale === 'zh-CN' ? 'EN' : '中'}
        <span class="unseen"> {t('other_language')}</span>
      </button>
    </div>
  );
}

function Place({
  channel,
  on,
  unread,
}: {
  readonly channel: ShownChannel;
  readonly on: boolean;
  readonly unread: number;
}): JSX.Element {
  const { goTo } = useScene();
  const kinds = ['place', on && 'on', unread > 0 && 'unread', channel.parentId && 'thread'].filter(Boolean).join(' ');
  return (
    <li>
      <button type="button" class={kinds} aria-current={on ? 'page' : undefined} onClick={() => goTo(channel.id)}>
        <span class="hash" aria-hidden="true">
          {channel.parentId ? <Icon of="thread" /> : '#'}
        </span>
        <span class="place-name">{channel.name}</span>
        <Badge count={unread} />
      </button>
    </li>
  );
}

export function Badge({ count }: { readonly count: number }): JSX.Element | null {
  const { t } = useScene();
  if (count === 0) return null;
  return (
    <span class="badge">
      {count}
      <span class="unseen"> {t('unread')}</span>
    </span>
  );
}

function RailButton(props: {
  readonly label: string;
  readonly on: boolean;
  readonly badge: number;
  readonly onClick: () => void;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <button
      type="button"
      class={props.on ? 'rail-button on' : 'rail-button'}
      aria-pressed={props.on}
      title={props.label}
      onClick={props.onClick}
    >
      {props.children}
      <span class="unseen">{props.label}</span>
      <Badge count={props.badge} />
    </button>
  );
}
