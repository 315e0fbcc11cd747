// The messages of a channel, newest at the bottom and kept in view.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { formatTimestamp } from '../../local-discord/timestamp.ts';
import type { ShownMessage } from '../protocol.ts';
import { Dots } from './components.tsx';
import { MessageRow } from './message.tsx';
import { useScene } from './scene.ts';

/** Messages of one author within this time stand under one name. */
const togetherMs = 7 * 60_000;
const nearPx = 80;
const plainType = 0;

export interface Pending {
  readonly id: number;
  readonly path: string;
}

interface Props {
  readonly title: string;
  readonly welcome: string;
  readonly messages: readonly ShownMessage[];
  readonly pending: readonly Pending[];
  readonly typing: string | undefined;
  readonly onReply: (message: ShownMessage) => void;
}

function follows(message: ShownMessage, before: ShownMessage | undefined): boolean {
  if (!before || message.type !== plainType || message.command || message.visibleTo !== before.visibleTo) return false;
  if (before.author.id !== message.author.id) return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) < togetherMs;
}

/** A line with the date stands between the messages of two days, in the reader's own zone. */
function newDay(message: ShownMessage, before: ShownMessage | undefined): boolean {
  return before !== undefined && dayOf(message) !== dayOf(before);
}

const dayOf = ({ timestamp }: ShownMessage): string => new Date(timestamp).toDateString();

/** Keeps the newest in view as long as one is near it, and the focus among the messages. */
function useScrolling({ messages, pending }: Props, me: string) {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const stuck = useRef(true);
  const toEnd = () => {
    if (box.current && stuck.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const newest = messages.at(-1);
  // What one has just written is always shown.
  useLayoutEffect(() => {
    if (newest?.author.id === me || pending.length > 0) stuck.current = true;
  }, [newest?.id, pending.length]);
  useLayoutEffect(toEnd);
  // The focus of a message that is gone falls to none of its neighbours.
  const hadFocus = list.current?.contains(document.activeElement);
  useLayoutEffect(() => {
    if (hadFocus && !list.current?.contains(document.activeElement)) box.current?.focus();
  });
  useEffect(() => {
    if (!list.current) return;
    const watch = new ResizeObserver(toEnd);
    watch.observe(list.current);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: JSX.TargetedEvent<HTMLElement>) => {
    stuck.current = scrollHeight - scrollTop - clientHeight < nearPx;
  };
  return { box, list, onScroll };
}

export function Messages(props: Props): JSX.Element {
  const { title, welcome, messages, pending, typing, onReply } = props;
  const { t, me } = useScene();
  const { box, list, onScroll } = useScrolling(props, me);
  const byId = new Map(messages.map((message) => [message.id, message]));
  return (
    <div
      class="messages"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={title}
      onScroll={onScroll}
    >
      <ol ref={list}>
        <li class="welcome">
          <h2>{title}</h2>
          <p>{welcome}</p>
        </li>
        {messages.map((message, index) => (
          <Row
            key={message.id}
            message={message}
            before={messages[index - 1]}
            repliesTo={byId.get(message.message_reference?.message_id ?? '')}
            onReply={onReply}
          />
        ))}
        {pending.map(({ id, path }) => (
          <Waiting key={id} path={path} />
        ))}
      </ol>
      <div class="typing" aria-live="polite">
        {typing && (
          <>
            <Dots /> {t('typing', { name: typing })}
          </>
        )}
      </div>
    </div>
  );
}

interface RowProps extends Pick<Props, 'onReply'> {
  readonly message: ShownMessage;
  readonly before: ShownMessage | undefined;
  readonly repliesTo: ShownMessage | undefined;
}

/** A message, below the date where its day begins. */
function Row({ message, before, repliesTo, onReply }: RowProps): JSX.Element {
  const { locale } = useScene();
  const day = newDay(message, before) && formatTimestamp(Date.parse(message.timestamp), 'D', { locale });
  return (
    <>
      {day && (
        <li class="day">
          <span>{day}</span>
        </li>
      )}
      <MessageRow
        message={message}
        follows={!day && follows(message, before)}
        repliesTo={repliesTo}
        onReply={onReply}
      />
    </>
  );
}

/** A command that is not answered yet. */
function Waiting({ path }: { readonly path: string }): JSX.Element {
  const { t, nameOf, me } = useScene();
  return (
    <li class="message waiting">
      <div class="above">
        <b>{nameOf(me)}</b> {t('used')} <span class="mention">{path}</span>
      </div>
      <div class="body thinking">
        <Dots /> {t('sending')}
      </div>
    </li>
  );
}
