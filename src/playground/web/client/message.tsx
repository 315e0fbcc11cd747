// One message: who, when, what, its cards and files, and what can be done with it.
import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatTimestamp } from '../../local-discord/timestamp.ts';
import { type Embed, type Message, MessageFlag } from '../../local-discord/types.ts';
import type { ActResult, ShownMessage } from '../protocol.ts';
import { dismiss } from './api.ts';
import { Avatar } from './avatar.tsx';
import { Components, Dots, edgeOf, type Use } from './components.tsx';
import { Emojied } from './emoji.tsx';
import { FileBox, Picture } from './files.tsx';
import { Icon } from './icon.tsx';
import { parseMarkdown, plainText } from './markdown.ts';
import { Markdown } from './marks.tsx';
import { useScene, useTick } from './scene.ts';

const replyType = 19;

interface Props {
  readonly message: ShownMessage;
  /** Follows one of the same author: shown without the name. */
  readonly follows: boolean;
  /** The message it replies to, if it is there. */
  readonly repliesTo: Message | undefined;
  readonly onReply: (message: ShownMessage) => void;
}

export const MessageRow = memo(({ message, follows, repliesTo, onReply }: Props): JSX.Element => {
  const { t, me } = useScene();
  const isMine = message.visibleTo !== null;
  const mentionsMe = message.mentions.some(({ id }) => id === me);
  const { author } = message;
  const name = author.global_name ?? author.username;
  const row = useRef<HTMLLIElement>(null);
  // Where what was pressed has gone, its message has the focus: nothing in it is pressed by the next key.
  const hadFocus = row.current?.contains(document.activeElement);
  useLayoutEffect(() => {
    if (hadFocus && !row.current?.contains(document.activeElement)) row.current?.focus();
  });
  const shown = ['message', follows && 'follows', isMine && 'private', mentionsMe && 'mentioned'].filter(Boolean);
  return (
    <li class={shown.join(' ')} data-message={message.id} tabIndex={-1} ref={row}>
      <Above message={message} repliesTo={repliesTo} />
      {!follows && <Avatar name={name} bot={author.bot === true} />}
      <div class="body">
        {!follows && (
          <div class="who">
            <span class="name">{name}</span>
            {author.bot && <span class="app">APP</span>}
            <Sent at={message.timestamp} />
          </div>
        )}
        <Content message={message} />
        {isMine && <OnlyYou message={message} />}
      </div>
      {!isMine && (
        <button
          type="button"
          class="reply-button"
          aria-label={t('reply')}
          title={t('reply')}
          onClick={() => onReply(message)}
        >
          <Icon of="reply" />
        </button>
      )}
    </li>
  );
});

/** Below what nobody else sees. */
function OnlyYou({ message }: { readonly message: ShownMessage }): JSX.Element {
  const { t } = useScene();
  return (
    <div class="only-you">
      <Icon of="eye" /> {t('only_you')} ·{' '}
      <button
        type="button"
        class="text-button"
        onClick={() => void dismiss(message.channel_id, message.id).catch(() => undefined)}
      >
        {t('dismiss')}
      </button>
    </div>
  );
}

/** What stands above: the command that was used, or the message replied to. */
function Above({ message, repliesTo }: Pick<Props, 'message' | 'repliesTo'>): JSX.Element | null {
  const { t, nameOf, locale, now } = useScene();
  const user = message.interaction_metadata?.user as { id: string } | undefined;
  if (message.command && user) {
    return (
      <div class="above">
        <Avatar name={nameOf(user.id)} />
        <b>{nameOf(user.id)}</b> {t('used')} <span class="mention">{message.command[locale]}</span>
      </div>
    );
  }
  if (message.type !== replyType || !repliesTo) return null;
  const { author, content } = repliesTo;
  const timeOf = (seconds: number, style: string) => formatTimestamp(seconds * 1000, style, { locale, now: now() });
  return (
    <div class="above">
      <Avatar name={author.global_name ?? author.username} bot={author.bot === true} />
      <b>{author.global_name ?? author.username}</b>
      <span class="excerpt">
        <Emojied text={plainText(parseMarkdown(content), { nameOf, timeOf }) || t('a_card')} />
      </span>
    </div>
  );
}

function Sent({ at }: { readonly at: string }): JSX.Element {
  const { locale, now } = useScene();
  useTick();
  const ms = Date.parse(at);
  const today = new Date(ms).toDateString() === new Date(now()).toDateString();
  return <time class="when">{formatTimestamp(ms, today ? 't' : 's', { locale, now: now() })}</time>;
}

/** Presses and picks what is on a message; one thing at a time. */
function usePressing({ id: messageId }: ShownMessage) {
  const { t, act } = useScene();
  const [busy, setBusy] = useState<string | undefined>();
  const [failed, setFailed] = useState<string | undefined>();
  const run = async (customId: string, acting: Promise<ActResult>) => {
    setBusy(customId);
    setFailed(undefined);
    const result = await acting;
    setBusy(undefined);
    if (!result.ok) setFailed(result.why === 'silence' ? t('interaction_failed') : result.text);
  };
  const use: Use = {
    busy,
    press: (customId) => void run(customId, act({ kind: 'press', messageId, customId })),
    select: (customId, values) => void run(customId, act({ kind: 'select', messageId, customId, values })),
  };
  return { use, failed };
}

function Content({ message }: { readonly message: ShownMessage }): JSX.Element {
  const { t } = useScene();
  const { use, failed } = usePressing(message);
  if ((message.flags & MessageFlag.loading) !== 0) {
    return (
      <div class="thinking">
        <Dots /> {t('thinking', { name: message.author.username })}
      </div>
    );
  }
  return (
    <>
      {message.content && <Markdown text={message.content} />}
      {message.edited_timestamp && message.content && <small class="edited">{t('edited')}</small>}
      {message.embeds.map((embed) => (
        <EmbedBox key={JSON.stringify(embed)} embed={embed} />
      ))}
      <Attachments message={message} />
      {message.components.length > 0 && (
        <div class="components">
          <Components of={message.components} message={message} use={use} />
        </div>
      )}
      {failed && (
        <div class="failed" role="alert">
          {failed}
        </div>
      )}
    </>
  );
}

/** Those that no component shows. */
function Attachments({ message }: { readonly message: ShownMessage }): JSX.Element {
  const shownByComponents = JSON.stringify(message.components);
  const rest = message.attachments.filter(({ url }) => !shownByComponents.includes(url));
  return (
    <>
      {rest.map((file) =>
        file.content_type?.startsWith('image/') ? (
          <Picture key={file.id} url={file.url} alt={file.description ?? file.filename} />
        ) : (
          <FileBox key={file.id} url={file.url} name={file.filename} size={file.size} />
        ),
      )}
    </>
  );
}

function EmbedBox({ embed }: { readonly embed: Embed }): JSX.Element {
  const { author, title, description, fields, footer, image, thumbnail } = embed;
  return (
    <div class="card embed" style={edgeOf(embed.color)}>
      {author && <b>{author.name}</b>}
      {title && (
        <b>
          <Markdown text={title} />
        </b>
      )}
      {description && <Markdown text={description} />}
      {fields && (
        <div class="fields">
          {fields.map((field) => (
            <div key={field.name} class={field.inline ? 'field inline' : 'field'}>
              <b>{field.name}</b>
              <Markdown text={field.value} />
            </div>
          ))}
        </div>
      )}
      {image && <Picture url={image.url} alt="" />}
      {thumbnail && <Picture url={thumbnail.url} alt="" small />}
      {footer && <small>{footer.text}</small>}
    </div>
  );
}
