// The list above the composer: commands, options, choices. The keys stay with the input below it.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Emojied } from './emoji.tsx';

export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly choose: () => void;
}

interface Props {
  readonly id: string;
  readonly title: string;
  readonly hint?: string | undefined;
  readonly items: readonly Suggestion[];
  readonly at: number;
  readonly setAt: (index: number) => void;
}

export function Suggestions({ id, title, hint, items, at, setAt }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('.at')?.scrollIntoView({ block: 'nearest' });
  }, [at, items.length]);
  return (
    <div class="suggestions">
      <div class="suggestions-title">
        <b>{title}</b>
        {hint && <span>{hint}</span>}
      </div>
      {items.length > 0 && (
        <div role="listbox" id={id} aria-label={title} tabIndex={0} ref={list}>
          {items.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input below has the focus and takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant
            <div
              key={item.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              class={index === at ? 'option at' : 'option'}
              onPointerMove={() => setAt(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={item.choose}
            >
              <span class="option-label">
                <Emojied text={item.label} />
              </span>
              {item.hint && <small>{item.hint}</small>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What Safari calls the key that ends a composition, which it no longer counts as part of it. */
const ofInputMethod = 229;

/** Whether a key is the input method's own, as when Chinese is written: what it takes or leaves is a candidate, nothing of ours. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === ofInputMethod;
}

/** What the keys do while a list is shown; true when the key was one of its own. */
export function steer(event: KeyboardEvent, { items, at, setAt }: Pick<Props, 'items' | 'at' | 'setAt'>): boolean {
  if (items.length === 0 || isComposing(event)) return false;
  if (event.key === 'ArrowDown') setAt((at + 1) % items.length);
  else if (event.key === 'ArrowUp') setAt((Math.max(at, 0) - 1 + items.length) % items.length);
  else if (['Enter', 'Tab'].includes(event.key) && !event.shiftKey && items[at]) items[at]?.choose();
  else return false;
  event.preventDefault();
  return true;
}
