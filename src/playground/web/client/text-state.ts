// A message being written: the list above it, and where the caret is.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { findLeaves, type Leaf } from './command-model.ts';
import { begin, type Draft } from './draft.ts';
import { findPeople, type Mentionable } from './mentions.ts';
import type { Suggestion } from './suggestions.tsx';
import { type SoughtPerson, soughtIn, typedOut } from './writing.ts';

export interface TextProps {
  readonly leaves: readonly Leaf[];
  /** Who can be mentioned here, best first. */
  readonly people: readonly Mentionable[];
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
}

export type TextState = ReturnType<typeof useTextState>;

/** Where the caret is in the text. */
function useCaret({ draft, setDraft }: TextProps, input: RefObject<HTMLTextAreaElement>) {
  const { text } = draft;
  const [caret, setCaret] = useState(text.length);
  /** Where the writing goes on once what was chosen stands in the text. */
  const goTo = useRef<number | undefined>();
  useLayoutEffect(() => {
    if (goTo.current !== undefined) input.current?.setSelectionRange(goTo.current, goTo.current);
    goTo.current = undefined;
  }, [text]);
  /** Puts that in the place of what stands between there and the caret. */
  const write = (from: number, what: string) => {
    const to = from + what.length;
    setDraft({ ...draft, text: text.slice(0, from) + what + text.slice(caret) });
    setCaret(to);
    goTo.current = to;
  };
  return { caret, setCaret, write };
}

export function useTextState(props: TextProps, input: RefObject<HTMLTextAreaElement>) {
  const { draft, setDraft, leaves, people } = props;
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const { caret, setCaret, write } = useCaret(props, input);
  const commands = (): Suggestion[] =>
    findLeaves(leaves, draft.text).map((leaf) => ({
      key: leaf.path,
      label: leaf.shown,
      hint: leaf.description,
      choose: () => setDraft(begin(leaf, {}, draft.files)),
    }));
  const members = ({ from, typed }: SoughtPerson): Suggestion[] =>
    findPeople(people, typed).map(({ id: key, name, hint }) => ({
      key,
      label: `@${name}`,
      hint,
      choose: () => write(from, `@${name} `),
    }));
  const sought = closed ? undefined : soughtIn(draft.text, caret);
  const items = sought?.kind === 'command' ? commands() : sought ? members(sought) : [];
  useEffect(() => setAt(0), [draft.text]);
  return {
    /** What the list is of. */
    kind: sought?.kind,
    items,
    at,
    setAt,
    setCaret,
    /** Closes the list until something is typed. */
    close: () => setClosed(true),
    type(text: string) {
      setClosed(false);
      const whole = typedOut(leaves, text);
      setDraft(whole ? begin(whole, {}, draft.files) : { ...draft, text });
    },
  };
}
