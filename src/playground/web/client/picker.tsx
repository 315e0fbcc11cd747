// A select: opens a list, by mouse or keyboard; several may be picked where it takes several.
import type { JSX, RefObject } from 'preact';
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

/** Which of the options is at hand, which are picked so far, and what each key does. */
function usePicking({ options, picked, max, busy = false, onPick }: PickerProps, box: RefObject<HTMLDivElement>) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [marked, setMarked] = useState<readonly string[]>(picked);
  const close = (values: readonly string[] | undefined) => {
    setOpen(false);
    if (values && values.join('\n') !== picked.join('\n')) onPick(values);
  };
  /** Of several, those picked so far count; a single one counts once it is chosen. */
  const leave = () => close(max === 1 ? undefined : marked);
  const choose = (value: string) => {
    if (max === 1) return close([value]);
    const without = marked.filter((one) => one !== value);
    if (without.length < marked.length) setMarked(without);
    else if (marked.length < max) setMarked([...marked, value]);
  };
  const show = () => {
    if (busy) return;
    setMarked(picked);
    const first = options.findIndex(({ value }) => picked.includes(value));
    setAt(Math.max(0, first));
    setOpen(true);
  };
  useEffect(() => {
    if (!open) return;
    const outside = ({ target }: Event) => {
      if (!box.current?.contains(target as globalThis.Node)) leave();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  });
  const chooseOrShow = () => (open ? choose(options[at]?.value ?? '') : show());
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => (open ? setAt(Math.min(options.length - 1, at + 1)) : show()),
    ArrowUp: () => setAt(Math.max(0, at - 1)),
    Enter: chooseOrShow,
    ' ': chooseOrShow,
    Escape: () => close(undefined),
    Tab: leave,
  };
  return { open, at, setAt, marked, choose, toggle: open ? leave : show, keys };
}

export function Picker(props: PickerProps): JSX.Element {
  const { label, placeholder, options, picked, disabled = false, busy = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const picking = usePicking(props, box);
  const { open, at, toggle, keys } = picking;
  const shown = options.filter(({ value }) => picked.includes(value)).map((option) => option.label);
  return (
    <div class={open ? 'picker open' : 'picker'} ref={box}>
      <button
        type="button"
        id={props.id}
        class="picker-button"
        role="combobox"
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${at}` : undefined}
        disabled={disabled}
        aria-disabled={busy}
        onClick={toggle}
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
      {open && <PickerList {...props} {...picking} listId={listId} />}
    </div>
  );
}

interface PickerListProps extends Pick<PickerProps, 'label' | 'options' | 'max'> {
  readonly listId: string;
  readonly at: number;
  readonly setAt: (index: number) => void;
  readonly marked: readonly string[];
  readonly choose: (value: string) => void;
}

function PickerList({ label, options, max, listId, at, setAt, marked, choose }: PickerListProps): JSX.Element {
  return (
    <div class="picker-list" role="listbox" id={listId} aria-label={label} aria-multiselectable={max > 1}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the button above has the focus and takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant
        <div
          key={option.value}
          id={`${listId}-${index}`}
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
  );
}
