// What stands above the messages: the way to the channels, where one is, and as whom.
import type { JSX } from 'preact';
import type { ShownChannel } from '../protocol.ts';
import { takeDms } from './api.ts';
import { Icon } from './icon.tsx';
import type { Live } from './live.ts';
import { isThread } from './place.ts';
import { useScene } from './scene.ts';
import { Badge, type Read, unreadOf } from './sidebar.tsx';

interface Props {
  readonly live: Live;
  readonly channel: ShownChannel | undefined;
  readonly title: string;
  readonly youAre: string;
  readonly read: Read;
  /** Whether the channels are shown over the messages, where there is no room beside them. */
  readonly drawer: boolean;
  readonly setDrawer: (open: boolean) => void;
}

export function ChatHeader({ live, channel, title, youAre, read, drawer, setDrawer }: Props): JSX.Element {
  const { t, me } = useScene();
  return (
    <header>
      <button
        type="button"
        class="menu"
        title={t('channels')}
        aria-expanded={drawer}
        onClick={() => setDrawer(!drawer)}
      >
        <Icon of="menu" />
        <span class="unseen">{t('channels')} </span>
        <Badge count={unreadOf(live, me, read)} />
      </button>
      <h1>
        {isThread(channel) && <Icon of="thread" />} {title}
      </h1>
      <span class="as">{youAre}</span>
      {channel?.guildId === null && (
        <label class="takes-dms">
          <input
            type="checkbox"
            checked={!channel.closed}
            onChange={({ currentTarget }) => void takeDms(me, currentTarget.checked).catch(() => undefined)}
          />
          {t('takes_dms', { name: title })}
        </label>
      )}
    </header>
  );
}
