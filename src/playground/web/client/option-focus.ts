// Which option of a slash command has the focus, which is to get it, and which have been left.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Stands for the input behind the last option. */
export const tailField = '';

export interface OptionFocus {
  /** Holds the fields, each with its option's name as `data-option`. */
  readonly box: RefObject<HTMLDivElement>;
  /** The option at hand. */
  readonly at: string;
  readonly left: ReadonlySet<string>;
  /** That one has got the focus. */
  readonly mark: (name: string) => void;
  /** That one is to get it: at once where it is there, else as soon as it is. */
  readonly focusOn: (name: string) => void;
}

/** @param moved told when another option comes to hand */
export function useOptionFocus(moved: () => void): OptionFocus {
  const [at, setAt] = useState(tailField);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | undefined>();
  const mark = (name: string) => {
    if (name === at) return;
    setLeft((before) => new Set(before).add(at));
    setAt(name);
    moved();
  };
  // A key pressed meanwhile is meant for it.
  const focusOnWanted = () => {
    const field = box.current?.querySelector<HTMLElement>(`[data-option="${wanted.current}"]`);
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
  return { box, at, left, mark, focusOn };
}
