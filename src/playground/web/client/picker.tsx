// A select: opens a list, by mouse or keyboard; several may be picked where it takes several.
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Emojied } from './emoji.tsx';

export interface PickerOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string | null | undefined;
}

interface PickerProps {
  /** Of its button, for a label that stands elsewhere. */
  readonly id?: string;
  readonly label: string;
  /** Shown while nothing is picked. */
  readonly placeholder: string;
  readonly options: readonly PickerOption[];
  readonly picked: readonly string[];
  readonly max: number;
  readonly disabled?: boolean;
  /** Not to be opened for the moment; it keeps the focus. */
  readonly busy?: boolean;
  /** Told when the list is closed with something else picked; for a single one, at once. */
  readonly onPick: (values: readonly string[]) => void;
}

export function Picker(props: PickerProps): JSX.Element {
  const { label, placeholder, options, picked, max, disabled = false, busy = false, onPick } = props;
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [marked, setMarked] = useState<readonly string[]>(picked);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const buttonId = props.id;
  const close = (values: readonly string[] | undefined) => {
    setOpen(false);
    if (values && values.join('\n') !== picked.join('\n')) onPick(values);
  };
  const choose = (value: string) => {
    if (max === 1) return close([value]);
    const without = marked.filter((one) => one !== value);
    if (without.length < marked.length) setMarked(without);
    else if (marked.length < max) setMarked([...marked, value]);
  };
  useEffect(() => {
    if (!open) return;
    const outside = ({ target }: Event) => {
      if (!box.current?.contains(target as globalThis.Node)) close(max === 1 ? undefined : marked);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  });
  const show = () => {
    if (busy) return;
    setMarked(picked);
    setAt(
      Math.max(
        0,
        options.findIndex(({ value }) => picked.includes(value)),
      ),
    );
    setOpen(true);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (open ? setAt(Math.min(options.length - 1, at + 1)) : show()),
    ArrowUp: () => setAt(Math.max(0, at - 1)),
    Enter: () => (open ? choose(options[at]?.value ?? '') : show()),
    ' ': () => (open ? choose(options[at]?.value ?? '') : show()),
    Escape: () => close(undefined),
    Tab: () => close(max === 1 ? undefined : marked),
  };
  const shown = options.filter(({ value }) => picked.includes(value)).map((option) => option.label);
  return (
    <div class={open ? 'picker open' : 'picker'} ref={box}>
      <button
        type="button"
        id={buttonId}
        class="picker-button"
        role="combobox"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        disabled={disabled}
        aria-disabled={busy}
        onClick={() => (open ? close(max === 1 ? undefined : marked) : show())}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act || (event.key === 'Escape' && !open)) return;
          if (event.key !== 'Tab') event.preventDefault();
          if (event.key === 'Escape') event.stopPropagation();
          act();
        }}
      >
        <span class={shown.length > 0 ? '' : 'hint'}>
          <Emojied text={shown.join(', ') || placeholder} />
        </span>
        <span class="chevron" aria-hidden="true" />
      </button>
      {open && (
        <div class="picker-list" role="listbox" id={id} aria-label={label} aria-multiselectable={max > 1}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the button above has the focus and takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant
            <div
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={marked.includes(option.value)}
              class={index === at ? 'option at' : 'option'}
              onPointerEnter={() => setAt(index)}
              onClick={() => choose(option.value)}
            >
              <span>
                <Emojied text={option.label} />
                {option.description && <small>{option.description}</small>}
              </span>
              {max > 1 && <span class="check" aria-hidden="true" />}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
