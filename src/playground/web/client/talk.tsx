// What is said in a place, and where one writes.
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import type { Leaf } from './command-model.ts';
import { Composer } from './composer.tsx';
import type { Draft } from './draft.ts';
import { type Live, nameOf, seenBy, typingIn } from './live.ts';
import { Messages, type Pending } from './messages.tsx';
import { mentionable } from './place.ts';
import { useScene } from './scene.ts';

interface Props {
  readonly live: Live;
  readonly here: string;
  readonly title: string;
  readonly leaves: readonly Leaf[];
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly onRead: (userId: string, channelId: string, messageId: string) => void;
}

/** The commands sent in a place and not answered yet. */
function usePending(here: string) {
  const [pending, setPending] = useState<readonly (Pending & { readonly channelId: string })[]>([]);
  return {
    pending: pending.filter(({ channelId }) => channelId === here),
    onCommand(path: string, answered: Promise<unknown>) {
      const one = { id: performance.now(), path, channelId: here };
      setPending((before) => [...before, one]);
      void answered.finally(() => setPending((before) => before.filter((other) => other !== one)));
    },
  };
}

/** The message replied to in a place, which is kept while one looks elsewhere. */
function useReply(at: string) {
  const [reply, setReply] = useState<{ readonly at: string; readonly to: ShownMessage } | undefined>();
  return {
    replyTo: reply?.at === at ? reply.to : undefined,
    onReply: useCallback((to: ShownMessage) => setReply({ at, to }), [at]),
    endReply: () => setReply(undefined),
  };
}

export function Talk({ live, here, title, leaves, draft, setDraft, onRead }: Props): JSX.Element {
  const { t, me } = useScene();
  const channel = live.channels.get(here);
  const isDm = channel?.guildId === null;
  const at = `${me}/${here}`;
  const { pending, onCommand } = usePending(here);
  const { replyTo, onReply, endReply } = useReply(at);
  const messages = seenBy(live, here, me);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    if (newest) onRead(me, here, newest);
  }, [me, here, newest]);
  const typing = typingIn(live, here, performance.now());
  return (
    <div class="talk">
      <Messages
        key={`${at}/${live.state.epoch}`}
        title={title}
        welcome={t(isDm ? 'welcome_dm' : 'welcome_channel', { name: title })}
        messages={messages}
        pending={pending}
        typing={typing && typing !== me ? nameOf(live, typing) : undefined}
        onReply={onReply}
      />
      <Composer
        key={`composer/${at}`}
        channelId={here}
        placeholder={t(isDm ? 'message_dm' : 'message_to', { name: title })}
        leaves={leaves}
        people={mentionable(live, channel, t)}
        draft={draft}
        setDraft={setDraft}
        replyTo={replyTo}
        endReply={endReply}
        onCommand={onCommand}
      />
    </div>
  );
}
