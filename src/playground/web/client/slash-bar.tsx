// A slash command being filled in: its options as chips, with what can be chosen for the one at hand above them.
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type CommandChoice, type CommandOption, OptionType } from '../../local-discord/types.ts';
import { Chip } from './chip.tsx';
import { fill, findChoices, isPicked, type Leaf, shownDescription, shownName } from './command-model.ts';
import { type Draft, type Entry, problemIn, sentOf, withEntry, withoutEntry } from './draft.ts';
import { Icon } from './icon.tsx';
import { type PickKind, type Scene, useScene } from './scene.ts';
import { type Suggestion, Suggestions, steer } from './suggestions.tsx';

interface Props {
  readonly draft: Draft;
  readonly leaf: Leaf;
  readonly channelId: string;
  readonly setDraft: (draft: Draft) => void;
  readonly send: () => void;
  readonly cancel: () => void;
}

const kindsByOption: Readonly<Record<number, readonly PickKind[]>> = {
  [OptionType.user]: ['user'],
  [OptionType.role]: ['role'],
  [OptionType.channel]: ['channel'],
  [OptionType.mentionable]: ['user', 'role'],
};
type Put = (option: CommandOption, text: string, value: string | number | boolean) => void;

/** Stands for the input behind the last option. */
const tailField = '';
const typingPauseMs = 150;

/** What can be chosen for an option without asking the bot: label and value. */
function known(
  option: CommandOption,
  typed: string,
  { candidates, locale, t }: Scene,
): { label: string; value: string | number | boolean }[] {
  const kinds = kindsByOption[option.type];
  const words = typed.replace(/^[@#]/, '').trim().toLowerCase();
  if (kinds) {
    return candidates(kinds)
      .map(({ id, name, kind }) => ({ label: `${kind === 'channel' ? '#' : '@'}${name}`, value: id }))
      .filter(({ label }) => label.toLowerCase().includes(words));
  }
  if (option.type === OptionType.boolean) {
    return [
      { label: t('yes'), value: true },
      { label: t('no'), value: false },
    ];
  }
  return findChoices(option, typed, locale).map((choice) => ({
    label: shownName(choice, locale),
    value: choice.value,
  }));
}

/** The bot's suggestions for the option at hand, asked for when the typing pauses. */
function useAsked(
  option: CommandOption | undefined,
  draft: Draft,
  leaf: Leaf,
  channelId: string,
): readonly CommandChoice[] {
  const { act } = useScene();
  const [choices, setChoices] = useState<readonly CommandChoice[]>([]);
  const typed = option?.autocomplete ? (draft.entries.get(option.name)?.text ?? '') : undefined;
  const name = option?.name ?? '';
  useEffect(() => {
    setChoices([]);
    if (typed === undefined) return;
    let late = false;
    const timer = setTimeout(async () => {
      const { [name]: _own, ...values } = sentOf(draft).values;
      const asked = await act({ kind: 'autocomplete', channelId, path: leaf.path, values, option: name, typed });
      if (!late && asked.ok && asked.shows === 'choices') setChoices(asked.choices);
    }, typingPauseMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [name, typed, leaf.path, channelId]);
  return choices;
}

export function SlashBar({ draft, leaf, channelId, setDraft, send, cancel }: Props): JSX.Element {
  const scene = useScene();
  const { t, locale } = scene;
  const [focus, setFocus] = useState<string>(tailField);
  /** The entry of the list gone to by key or pointer. */
  const [steered, setAt] = useState<number | undefined>();
  const [tail, setTail] = useState('');
  /** Options that have been left, and whether it has been tried to send them: only then they are found wanting. */
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const id = useId();
  const chips = leaf.options.filter(({ name }) => draft.entries.has(name));
  const rest = leaf.options.filter(({ name }) => !draft.entries.has(name));
  const current = chips.find(({ name }) => name === focus);
  const asked = useAsked(current, draft, leaf, channelId);

  const mark = (name: string) => {
    if (name === focus) return;
    setLeft((before) => new Set(before).add(focus));
    setFocus(name);
    setAt(undefined);
  };
  const wanted = useRef<string | undefined>();
  // At once where it is there, else as soon as it is: a key pressed meanwhile is meant for it.
  const focusOnWanted = () => {
    const field = bar.current?.querySelector<HTMLElement>(`[data-option="${wanted.current}"]`);
    if (!field) return;
    wanted.current = undefined;
    field.focus();
  };
  useLayoutEffect(focusOnWanted);
  const focusOn = (name: string) => {
    mark(name);
    wanted.current = name;
    focusOnWanted();
  };
  const focusOnMissing = ({ entries }: Draft) =>
    focusOn(
      leaf.options.find((one) => entries.has(one.name) && problemIn(one, entries.get(one.name)))?.name ?? tailField,
    );
  useLayoutEffect(() => focusOnMissing(draft), [leaf.path]);
  const add = (option: CommandOption) => {
    setTail('');
    setDraft(withEntry(draft, option.name, { text: '' }));
    focusOn(option.name);
  };
  const put: Put = (option, text, value) => {
    const next = withEntry(draft, option.name, { text, value });
    setDraft(next);
    focusOnMissing(next);
  };
  const type = (option: CommandOption, text: string) => {
    const value = isPicked(option) ? exactly(option, text, scene) : fill(option, text, locale)?.value;
    setAt(undefined);
    setDraft(withEntry(draft, option.name, { text, ...(value !== undefined && { value }) }));
  };
  const remove = (last: CommandOption | undefined) => {
    if (!last) return cancel();
    setDraft(withoutEntry(draft, last.name));
    focusOn(chips[chips.indexOf(last) - 1]?.name ?? tailField);
  };

  const items: Suggestion[] = current
    ? suggestionsFor(current, draft.entries.get(current.name)?.text ?? '', asked, scene, put)
    : rest
        .filter((option) => `${option.name} ${shownName(option, locale)}`.includes(tail.trim().toLowerCase()))
        .map((option) => ({
          key: option.name,
          label: shownName(option, locale),
          hint: shownDescription(option, locale),
          choose: () => add(option),
        }));
  const at = steered ?? markedIn(items, current, current ? draft.entries.get(current.name) : { text: tail });
  const list = items.length > 0 ? { id, at: items[at] && `${id}-${at}` } : undefined;

  const trySend = () => {
    setTried(true);
    focusOnMissing(draft);
    send();
  };
  const isFoundWanting = (option: CommandOption) =>
    (tried || (focus !== option.name && left.has(option.name))) &&
    problemIn(option, draft.entries.get(option.name)) !== undefined;

  const keyDown = (event: KeyboardEvent, isEmpty: boolean, last: CommandOption | undefined) => {
    if (event.isComposing || steer(event, { items, at, setAt })) return;
    const act = { Enter: trySend, Escape: cancel, Backspace: isEmpty ? () => remove(last) : undefined }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const problem =
    current && draft.entries.get(current.name)?.text && problemIn(current, draft.entries.get(current.name));
  return (
    <>
      <Suggestions
        id={id}
        title={current ? shownName(current, locale) : leaf.shown}
        hint={current ? shownDescription(current, locale) : leaf.description}
        items={items}
        at={at}
        setAt={setAt}
      />
      <div class="slash" ref={bar}>
        <span class="slash-name">{leaf.shown}</span>
        {chips.map((option) => {
          const entry = draft.entries.get(option.name) ?? { text: '' };
          return (
            <Chip
              key={option.name}
              option={option}
              entry={entry}
              wrong={isFoundWanting(option)}
              list={focus === option.name ? list : undefined}
              onFocus={() => mark(option.name)}
              onText={(text) => type(option, text)}
              onFile={(file) => {
                const next = withEntry(draft, option.name, { text: file.name, value: file });
                setDraft(next);
                focusOnMissing(next);
              }}
              onKeyDown={(event) => keyDown(event, entry.text === '', option)}
            />
          );
        })}
        <input
          data-option={tailField}
          class="tail"
          type="text"
          autocomplete="off"
          role="combobox"
          aria-label={t('more_options', { command: leaf.shown })}
          aria-expanded={!current && list !== undefined}
          aria-controls={current ? undefined : list?.id}
          aria-activedescendant={current ? undefined : list?.at}
          placeholder={rest.length > 0 ? t('and_options', { count: rest.length }) : ''}
          value={tail}
          onFocus={() => mark(tailField)}
          onInput={({ currentTarget }) => {
            setTail(currentTarget.value);
            setAt(undefined);
          }}
          onKeyDown={(event) => keyDown(event, tail === '', chips.at(-1))}
        />
        <button type="button" class="send" onClick={trySend} aria-label={t('send_command')} title={t('send_command')}>
          <Icon of="send" />
        </button>
      </div>
      {problem && current && (
        <div class="failed" role="status">
          {t(`problem_${problem}`, limitsOf(current))}
        </div>
      )}
    </>
  );
}

function limitsOf(option: CommandOption): { min: number; max: number } {
  return {
    min: option.min_value ?? option.min_length ?? 0,
    max: option.max_value ?? option.max_length ?? 0,
  };
}

/**
 * What Enter takes unless another is gone to: what stands in the option already, else the first; of further options none
 * before one is typed.
 */
function markedIn(items: readonly Suggestion[], current: CommandOption | undefined, entry: Entry | undefined): number {
  if (!current) return entry?.text ? 0 : -1;
  return Math.max(
    0,
    items.findIndex(({ key }) => key === String(entry?.value)),
  );
}

/** What a text typed out whole stands for. */
function exactly(option: CommandOption, text: string, scene: Scene): string | number | boolean | undefined {
  const words = text.trim().toLowerCase();
  return known(option, text, scene).find(
    ({ label }) => label.toLowerCase() === words || label.slice(1).toLowerCase() === words,
  )?.value;
}

function suggestionsFor(
  option: CommandOption,
  typed: string,
  asked: readonly CommandChoice[],
  scene: Scene,
  put: Put,
): Suggestion[] {
  const bot = asked.map((choice) => ({ label: shownName(choice, scene.locale), value: choice.value }));
  return [...known(option, typed, scene), ...bot].slice(0, 25).map(({ label, value }) => ({
    key: String(value),
    label,
    choose: () => put(option, isPicked(option) || typeof value !== 'string' ? label : value, value),
  }));
}
