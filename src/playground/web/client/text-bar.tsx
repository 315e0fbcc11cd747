// Where a message is written: the text, its files, and the list of what can be put into it.
import type { JSX, RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { ShownMessage } from '../protocol.ts';
import { useScene } from './scene.ts';
import { isComposing, Suggestions, steer } from './suggestions.tsx';
import { type TextProps, type TextState, useTextState } from './text-state.ts';

interface Props extends TextProps {
  readonly placeholder: string;
  readonly replyTo: ShownMessage | undefined;
  readonly endReply: () => void;
  readonly send: () => void;
  /** Takes the place of a command that has been sent or left: the writing goes on here. */
  readonly goesOn: boolean;
}

type Input = RefObject<HTMLTextAreaElement>;

/** Where a keyboard comes up on the screen, it does so when it is asked for. */
const hasKeyboard = (): boolean => !matchMedia('(pointer: coarse)').matches;

/** At once: a key pressed meanwhile is meant for it. */
function useFocus(input: Input, { goesOn, replyTo }: Props): void {
  useLayoutEffect(() => {
    if ((goesOn || replyTo) && hasKeyboard()) input.current?.focus();
  }, [replyTo]);
}

/** As high as its text. */
function useHeight(input: Input, text: string): void {
  useEffect(() => {
    const box = input.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [text]);
}

export function TextBar(props: Props): JSX.Element {
  const { draft, setDraft, leaves } = props;
  const { t } = useScene();
  const input = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const state = useTextState(props, input);
  const { kind, items, at, setAt, type } = state;
  useFocus(input, props);
  useHeight(input, draft.text);
  return (
    <>
      {items.length > 0 && (
        <Suggestions id={id} title={t(kind === 'command' ? 'commands' : 'members')} {...{ items, at, setAt }} />
      )}
      {draft.files.length > 0 && <Attached files={draft.files} remove={() => setDraft({ ...draft, files: [] })} />}
      <div class="text-bar">
        <Attach attach={(files) => setDraft({ ...draft, files: [...draft.files, ...files] })} />
        <TextField {...props} input={input} listId={id} state={state} />
        <PlusButton
          sign="/"
          label={t('commands')}
          hidden={leaves.length === 0}
          onClick={() => {
            type('/');
            input.current?.focus();
          }}
        />
      </div>
    </>
  );
}

interface TextFieldProps extends Props {
  readonly input: Input;
  readonly listId: string;
  readonly state: TextState;
}

function TextField({ draft, placeholder, send, endReply, input, listId, state }: TextFieldProps): JSX.Element {
  const { items, at, setAt, setCaret, close, type } = state;
  const keyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      return items.length > 0 ? close() : endReply();
    }
    if (steer(event, { items, at, setAt })) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return (
    <textarea
      ref={input}
      rows={1}
      class="composer-input"
      placeholder={placeholder}
      aria-label={placeholder}
      aria-autocomplete="list"
      aria-controls={items.length > 0 ? listId : undefined}
      aria-activedescendant={items[at] ? `${listId}-${at}` : undefined}
      value={draft.text}
      onInput={({ currentTarget }) => {
        setCaret(currentTarget.selectionStart);
        type(currentTarget.value);
      }}
      onKeyUp={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
      onClick={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
      onKeyDown={keyDown}
    />
  );
}

interface PlusButtonProps {
  readonly sign: string;
  readonly label: string;
  readonly hidden?: boolean;
  readonly onClick: () => void;
}

function PlusButton({ sign, label, hidden = false, onClick }: PlusButtonProps): JSX.Element {
  return (
    <button type="button" class="plus" hidden={hidden} aria-label={label} title={label} onClick={onClick}>
      {sign}
    </button>
  );
}

interface AttachedProps {
  readonly files: readonly File[];
  readonly remove: () => void;
}

function Attached({ files, remove }: AttachedProps): JSX.Element {
  const { t } = useScene();
  return (
    <div class="attached">
      {files.map(({ name }) => (
        <span key={name} class="chip">
          {name}
        </span>
      ))}
      <button type="button" class="text-button" onClick={remove}>
        {t('remove')}
      </button>
    </div>
  );
}

/** Chooses files to be sent along. */
function Attach({ attach }: { readonly attach: (files: Iterable<File>) => void }): JSX.Element {
  const { t } = useScene();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <PlusButton sign="+" label={t('attach')} onClick={() => field.current?.click()} />
      <input
        ref={field}
        class="hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('attach')}
        onChange={({ currentTarget }) => {
          attach(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
