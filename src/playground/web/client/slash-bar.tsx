// A slash command being filled in: its options as chips, with what can be chosen for the one at hand above them.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CommandOption } from '../../local-discord/types.ts';
import { Chip, type ChipProps } from './chip.tsx';
import { shownDescription, shownName } from './command-model.ts';
import { type Draft, problemIn } from './draft.ts';
import { Icon } from './icon.tsx';
import { tailField } from './option-focus.ts';
import { useScene } from './scene.ts';
import { type SlashProps, type SlashState, useSlashState } from './slash-state.ts';
import { Suggestions } from './suggestions.tsx';

export function SlashBar(props: SlashProps): JSX.Element {
  const { draft, leaf } = props;
  const { t, locale } = useScene();
  const id = useId();
  const state = useSlashState(props);
  const { current, items, at, setAt, focus, chips, trySend } = state;
  const list = items.length > 0 ? { id, at: items[at] && `${id}-${at}` } : undefined;
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
      <div class="slash" ref={focus.box}>
        <span class="slash-name">{leaf.shown}</span>
        {chips.map((option) => (
          <OptionChip
            key={option.name}
            option={option}
            draft={draft}
            state={state}
            list={option === current ? list : undefined}
          />
        ))}
        <Tail command={leaf.shown} state={state} list={current ? undefined : list} />
        <button type="button" class="send" onClick={trySend} aria-label={t('send_command')} title={t('send_command')}>
          <Icon of="send" />
        </button>
      </div>
      {current && <Problem option={current} draft={draft} />}
    </>
  );
}

interface OptionChipProps extends Pick<ChipProps, 'option' | 'list'> {
  readonly draft: Draft;
  readonly state: SlashState;
}

function OptionChip({ option, draft, state, list }: OptionChipProps): JSX.Element {
  const { focus, isFoundWanting, type, put, keyDown } = state;
  const entry = draft.entries.get(option.name) ?? { text: '' };
  return (
    <Chip
      option={option}
      entry={entry}
      wrong={isFoundWanting(option)}
      list={list}
      onFocus={() => focus.mark(option.name)}
      onText={(text) => type(option, text)}
      onFile={(file) => put(option, { text: file.name, value: file })}
      onKeyDown={(event) => keyDown(event, entry.text === '', option)}
    />
  );
}

interface TailProps extends Pick<ChipProps, 'list'> {
  readonly command: string;
  readonly state: SlashState;
}

/** The input behind the last option, where further ones are added. */
function Tail({ command, state, list }: TailProps): JSX.Element {
  const { t } = useScene();
  const { rest, tail, chips, focus, typeTail, keyDown } = state;
  return (
    <input
      data-option={tailField}
      class="tail"
      type="text"
      autocomplete="off"
      role="combobox"
      aria-label={t('more_options', { command })}
      aria-expanded={list !== undefined}
      aria-controls={list?.id}
      aria-activedescendant={list?.at}
      placeholder={rest.length > 0 ? t('and_options', { count: rest.length }) : ''}
      value={tail}
      onFocus={() => focus.mark(tailField)}
      onInput={({ currentTarget }) => typeTail(currentTarget.value)}
      onKeyDown={(event) => keyDown(event, tail === '', chips.at(-1))}
    />
  );
}

/** What is wrong with the option at hand, once something is typed. */
function Problem({ option, draft }: { readonly option: CommandOption; readonly draft: Draft }): JSX.Element | null {
  const { t } = useScene();
  const entry = draft.entries.get(option.name);
  const problem = entry?.text && problemIn(option, entry);
  if (!problem) return null;
  const limits = {
    min: option.min_value ?? option.min_length ?? 0,
    max: option.max_value ?? option.max_length ?? 0,
  };
  return (
    <div class="failed" role="status">
      {t(`problem_${problem}`, limits)}
    </div>
  );
}
