// Where one writes: messages, and slash commands after a `/`.
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import { findLeaves, type Leaf } from './command-model.ts';
import { begin, type Draft, emptyDraft, problemIn, sentOf } from './draft.ts';
import { findPeople, type Mentionable, mentionAt, withMentions } from './mentions.ts';
import { useScene } from './scene.ts';
import { SlashBar } from './slash-bar.tsx';
import { type Suggestion, Suggestions, steer } from './suggestions.tsx';

interface Props {
  readonly channelId: string;
  readonly placeholder: string;
  readonly leaves: readonly Leaf[];
  /** Who can be mentioned here, best first. */
  readonly people: readonly Mentionable[];
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly replyTo: ShownMessage | undefined;
  readonly endReply: () => void;
  /** A command has been sent: shown as under way until it is answered. */
  readonly onCommand: (path: string, answered: Promise<unknown>) => void;
}

const maxLetters = 2000;

export function Composer(props: Props): JSX.Element {
  const { channelId, draft, setDraft, replyTo, endReply, onCommand } = props;
  const { t, act } = useScene();
  const [failed, setFailed] = useState('');
  const newest = useRef(draft);
  newest.current = draft;
  /** What was refused is there to be changed, unless something else is being written. */
  const told = async (doing: ReturnType<typeof act>) => {
    const result = await doing;
    if (result.ok) return;
    setFailed(result.why === 'silence' ? t('no_answer') : result.text);
    if (result.why === 'refused' && !newest.current.leaf && newest.current.text === '') setDraft(draft);
  };
  const sendCommand = (leaf: Leaf) => {
    const wrong = leaf.options.find((option) => problemIn(option, draft.entries.get(option.name)));
    if (wrong) return setFailed(t('option_wrong'));
    const { values, files } = sentOf(draft);
    setFailed('');
    setDraft({ ...emptyDraft, files: draft.files });
    onCommand(leaf.shown, told(act({ kind: 'command', channelId, path: leaf.path, values }, files)));
  };
  const sendMessage = () => {
    const content = withMentions(draft.text.trim(), props.people);
    if (content === '' && draft.files.length === 0) return;
    if ([...content].length > maxLetters) return setFailed(t('too_long', { max: maxLetters }));
    setFailed('');
    setDraft(emptyDraft);
    endReply();
    const action = { kind: 'message', channelId, content, ...(replyTo && { replyTo: replyTo.id }) } as const;
    void told(act(action, new Map(draft.files.length > 0 ? [['files', draft.files]] : [])));
  };
  const { leaf } = draft;
  const hadLeaf = useRef(false);
  useEffect(() => {
    hadLeaf.current = leaf !== undefined;
  }, [leaf]);
  return (
    <div class="composer">
      {failed && (
        <div class="failed" role="alert">
          {failed}
          <button type="button" class="text-button" onClick={() => setFailed('')}>
            {t('close')}
          </button>
        </div>
      )}
      {replyTo && (
        <div class="replying">
          {t('replying_to', { name: replyTo.author.username })}
          <button type="button" class="text-button" onClick={endReply}>
            {t('cancel')}
          </button>
        </div>
      )}
      {leaf ? (
        <SlashBar
          key={leaf.path}
          draft={draft}
          leaf={leaf}
          channelId={channelId}
          setDraft={(next) => {
            setFailed('');
            setDraft(next);
          }}
          send={() => sendCommand(leaf)}
          cancel={() => {
            setFailed('');
            setDraft({ ...emptyDraft, files: draft.files });
          }}
        />
      ) : (
        <TextBar
          {...props}
          goesOn={hadLeaf.current}
          setDraft={(next) => {
            setFailed('');
            setDraft(next);
          }}
          send={sendMessage}
        />
      )}
    </div>
  );
}

interface TextBarProps extends Props {
  readonly send: () => void;
  /** Takes the place of a command that has been sent or left: the writing goes on here. */
  readonly goesOn: boolean;
}

/** Where a keyboard comes up on the screen, it does so when it is asked for. */
const hasKeyboard = (): boolean => !matchMedia('(pointer: coarse)').matches;

function TextBar(props: TextBarProps): JSX.Element {
  const { draft, setDraft, leaves, people, placeholder, send, replyTo, endReply, goesOn } = props;
  const { t } = useScene();
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const [caret, setCaret] = useState(draft.text.length);
  /** Where the writing goes on once what was chosen stands in the text. */
  const goTo = useRef<number | undefined>();
  const input = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const slash = draft.text.startsWith('/') && !draft.text.includes('\n') && !closed;
  const mention = slash || closed ? undefined : mentionAt(draft.text, caret);
  const write = (from: number, text: string) => {
    const to = from + text.length;
    setDraft({ ...draft, text: draft.text.slice(0, from) + text + draft.text.slice(caret) });
    setCaret(to);
    goTo.current = to;
  };
  const commands = (): Suggestion[] =>
    findLeaves(leaves, draft.text).map((leaf) => ({
      key: leaf.path,
      label: leaf.shown,
      hint: leaf.description,
      choose: () => setDraft(begin(leaf, {}, draft.files)),
    }));
  const members = ({ from, typed }: { readonly from: number; readonly typed: string }): Suggestion[] =>
    findPeople(people, typed).map(({ id: key, name, hint }) => ({
      key,
      label: `@${name}`,
      hint,
      choose: () => write(from, `@${name} `),
    }));
  const items = slash ? commands() : mention ? members(mention) : [];
  useEffect(() => setAt(0), [draft.text]);
  useLayoutEffect(() => {
    if (goTo.current !== undefined) input.current?.setSelectionRange(goTo.current, goTo.current);
    goTo.current = undefined;
  }, [draft.text]);
  // At once: a key pressed meanwhile is meant for it.
  useLayoutEffect(() => {
    if ((goesOn || replyTo) && hasKeyboard()) input.current?.focus();
  }, [replyTo]);
  useEffect(() => {
    const box = input.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [draft.text]);
  const type = (text: string) => {
    setClosed(false);
    // A name typed out whole, with a space behind it, is the command.
    const whole = text.endsWith(' ') && leaves.find(({ path, shown }) => [path, shown].includes(text.trim()));
    setDraft(whole ? begin(whole, {}, draft.files) : { ...draft, text });
  };
  return (
    <>
      {items.length > 0 && (
        <Suggestions id={id} title={t(slash ? 'commands' : 'members')} items={items} at={at} setAt={setAt} />
      )}
      {draft.files.length > 0 && (
        <div class="attached">
          {draft.files.map((one) => (
            <span key={one.name} class="chip">
              {one.name}
            </span>
          ))}
          <button type="button" class="text-button" onClick={() => setDraft({ ...draft, files: [] })}>
            {t('remove')}
          </button>
        </div>
      )}
      <div class="text-bar">
        <button
          type="button"
          class="plus"
          aria-label={t('attach')}
          title={t('attach')}
          onClick={() => file.current?.click()}
        >
          +
        </button>
        <input
          ref={file}
          class="hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t('attach')}
          onChange={({ currentTarget }) => {
            setDraft({ ...draft, files: [...draft.files, ...(currentTarget.files ?? [])] });
            currentTarget.value = '';
          }}
        />
        <textarea
          ref={input}
          rows={1}
          class="composer-input"
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={items.length > 0 ? id : undefined}
          aria-activedescendant={items[at] ? `${id}-${at}` : undefined}
          value={draft.text}
          onInput={({ currentTarget }) => {
            setCaret(currentTarget.selectionStart);
            type(currentTarget.value);
          }}
          onKeyUp={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onClick={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              return items.length > 0 ? setClosed(true) : endReply();
            }
            if (steer(event, { items, at, setAt })) return;
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="button"
          class="plus"
          hidden={leaves.length === 0}
          aria-label={t('commands')}
          title={t('commands')}
          onClick={() => {
            type('/');
            input.current?.focus();
          }}
        >
          /
        </button>
      </div>
    </>
  );
}
