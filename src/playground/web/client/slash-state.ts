// A slash command being filled in: the option at hand, what can be chosen for it, and what each key does.
import { useLayoutEffect, useState } from 'preact/hooks';
import type { CommandOption } from '../../local-discord/types.ts';
import { useAskedChoices } from './asked-choices.ts';
import { type Leaf, shownDescription, shownName } from './command-model.ts';
import { type Draft, type Entry, problemIn, withEntry, withoutEntry, wrongIn } from './draft.ts';
import { choicesFor, chosenEntry, findOptions, markedIn, type OptionChoice, typedEntry } from './option-choices.ts';
import { tailField, useOptionFocus } from './option-focus.ts';
import { useScene } from './scene.ts';
import { isComposing, type Suggestion, steer } from './suggestions.tsx';

export interface SlashProps {
  readonly draft: Draft;
  readonly leaf: Leaf;
  readonly channelId: string;
  readonly setDraft: (draft: Draft) => void;
  readonly send: () => void;
  readonly cancel: () => void;
}

/** The options that are there, the one at hand, and what is done to them; the focus goes where the next is to be filled in. */
function useOptions({ draft, leaf, setDraft, cancel }: SlashProps, moved: () => void) {
  const [tail, setTail] = useState('');
  const focus = useOptionFocus(moved);
  const chips = leaf.options.filter(({ name }) => draft.entries.has(name));
  const focusOnWrong = (next: Draft) => focus.focusOn(wrongIn(leaf, next)?.name ?? tailField);
  useLayoutEffect(() => focusOnWrong(draft), [leaf.path]);
  return {
    focus,
    focusOnWrong,
    chips,
    current: chips.find(({ name }) => name === focus.at),
    /** What can be added, and what is typed to find it. */
    rest: leaf.options.filter(({ name }) => !draft.entries.has(name)),
    tail,
    setTail,
    add(option: CommandOption) {
      setTail('');
      setDraft(withEntry(draft, option.name, { text: '' }));
      focus.focusOn(option.name);
    },
    put(option: CommandOption, entry: Entry) {
      const next = withEntry(draft, option.name, entry);
      setDraft(next);
      focusOnWrong(next);
    },
    remove(option: CommandOption | undefined) {
      if (!option) return cancel();
      setDraft(withoutEntry(draft, option.name));
      focus.focusOn(chips[chips.indexOf(option) - 1]?.name ?? tailField);
    },
  };
}

const choiceItem = ({ label, value }: OptionChoice, choose: () => void): Suggestion => ({
  key: String(value),
  label,
  choose,
});

const optionItem = (option: CommandOption, locale: string, choose: () => void): Suggestion => ({
  key: option.name,
  label: shownName(option, locale),
  hint: shownDescription(option, locale),
  choose,
});

export type SlashState = ReturnType<typeof useSlashState>;

export function useSlashState(props: SlashProps) {
  const { draft, leaf, channelId, setDraft, send, cancel } = props;
  const scene = useScene();
  /** The entry of the list gone to by key or pointer. */
  const [steered, setAt] = useState<number | undefined>();
  const [tried, setTried] = useState(false);
  const options = useOptions(props, () => setAt(undefined));
  const { focus, focusOnWrong, current, rest, tail, setTail, add, put, remove } = options;
  const entry = current && draft.entries.get(current.name);
  const asked = useAskedChoices(current, draft, leaf, channelId);
  const choices = current ? choicesFor(current, entry?.text ?? '', asked, scene) : [];
  const items = current
    ? choices.map((one) => choiceItem(one, () => put(current, chosenEntry(current, one))))
    : findOptions(rest, tail, scene.locale).map((one) => optionItem(one, scene.locale, () => add(one)));
  // Of what can be added, Enter takes none before something is typed.
  const at = steered ?? (current ? markedIn(choices, entry) : tail ? 0 : -1);
  const trySend = () => {
    setTried(true);
    focusOnWrong(draft);
    send();
  };
  return {
    ...options,
    items,
    at,
    setAt,
    trySend,
    /** Only once it has been left, or it has been tried to send it. */
    isFoundWanting: (option: CommandOption) =>
      (tried || (focus.at !== option.name && focus.left.has(option.name))) &&
      problemIn(option, draft.entries.get(option.name)) !== undefined,
    type(option: CommandOption, text: string) {
      setAt(undefined);
      setDraft(withEntry(draft, option.name, typedEntry(option, text, scene)));
    },
    typeTail(text: string) {
      setTail(text);
      setAt(undefined);
    },
    /** @param before the option that Backspace takes away where nothing is typed */
    keyDown(event: KeyboardEvent, isEmpty: boolean, before: CommandOption | undefined) {
      if (isComposing(event) || steer(event, { items, at, setAt })) return;
      const act = { Enter: trySend, Escape: cancel, Backspace: isEmpty ? () => remove(before) : undefined }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    },
  };
}
