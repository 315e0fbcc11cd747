// One option of a slash command: its name, and where it is filled in.
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { type CommandOption, OptionType } from '../../local-discord/types.ts';
import { shownName } from './command-model.ts';
import type { Entry } from './draft.ts';
import { useScene } from './scene.ts';

export interface ChipProps {
  readonly option: CommandOption;
  readonly entry: Entry;
  readonly wrong: boolean;
  /** The list above, while this option is the one at hand, and which of its entries is marked. */
  readonly list: { readonly id: string; readonly at: string | undefined } | undefined;
  readonly onFocus: () => void;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Letters that are twice as wide as others begin here. */
const firstWide = '\u2e80';

function widthOf(text: string): number {
  return Math.max(
    4,
    [...text].reduce((sum, letter) => sum + (letter >= firstWide ? 2 : 1), 1),
  );
}

export function Chip(props: ChipProps): JSX.Element {
  const { option, entry, wrong, list, onFocus, onText, onKeyDown } = props;
  const { locale } = useScene();
  const id = useId();
  return (
    <span class={wrong ? 'chip wrong' : 'chip'}>
      <label class="chip-name" for={id}>
        {shownName(option, locale)}
      </label>
      {option.type === OptionType.attachment ? (
        <FilePart {...props} id={id} />
      ) : (
        <input
          id={id}
          data-option={option.name}
          type="text"
          inputMode={option.type === OptionType.integer ? 'numeric' : 'text'}
          autocomplete="off"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={list !== undefined}
          aria-controls={list?.id}
          aria-activedescendant={list?.at}
          aria-invalid={wrong}
          aria-required={option.required === true}
          value={entry.text}
          size={widthOf(entry.text)}
          onFocus={onFocus}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      )}
    </span>
  );
}

function FilePart({ id, option, entry, onFocus, onFile, onKeyDown }: ChipProps & { readonly id: string }): JSX.Element {
  const { t, locale } = useScene();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        id={id}
        type="button"
        class="text-button"
        data-option={option.name}
        onFocus={onFocus}
        onClick={() => input.current?.click()}
        onKeyDown={(event) => {
          // Without a file yet, Enter and Space open the file dialog.
          if (entry.text || !['Enter', ' '].includes(event.key)) onKeyDown(event);
        }}
      >
        {entry.text || t('choose_file')}
      </button>
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-label={shownName(option, locale)}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onFile(file);
        }}
      />
    </>
  );
}
