// What is dropped or typed anywhere on the page: taken by the pane it meets, else by the active one.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { OptionType } from '../../local-discord/types.ts';
import { type Draft, withEntry } from './draft.ts';
import { isTable } from './own-orders.ts';

type Section = RefObject<HTMLElement>;

/** Whether something that happens there is this pane's. */
function isFor(pane: HTMLElement | null, active: boolean, { target }: Event): boolean {
  const under = target instanceof Element ? target.closest('.pane') : null;
  return under ? under === pane : active;
}

/** A field takes a file dropped on it by itself. */
const isFileField = ({ target }: Event) => target instanceof HTMLInputElement && target.type === 'file';

/** Takes the files dropped for a pane. True while some are held where it would take them. */
export function useDrop(pane: Section, active: boolean, take: (files: readonly File[]) => void): boolean {
  const [held, setHeld] = useState(false);
  const now = useRef({ active, take });
  now.current = { active, take };
  useEffect(() => {
    const isMine = (event: DragEvent) => isFor(pane.current, now.current.active, event);
    // The browser would open a file that nobody takes.
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files') || isFileField(event)) return;
      event.preventDefault();
      setHeld(isMine(event));
    };
    const drop = (event: DragEvent) => {
      setHeld(false);
      if (!event.dataTransfer?.files.length || isFileField(event)) return;
      event.preventDefault();
      if (isMine(event)) now.current.take([...event.dataTransfer.files]);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setHeld(false);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    document.addEventListener('dragleave', leave);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
      document.removeEventListener('dragleave', leave);
    };
  }, []);
  return held;
}

const takesLetters = 'input, textarea, select, dialog, [role="combobox"]';

/** Letters typed where nothing takes them go to the active pane's composer, as on Discord. */
export function useTyping(pane: Section, active: boolean): void {
  // Before the next key: an ordinary effect may come after it.
  useLayoutEffect(() => {
    if (!active) return;
    const typed = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      const isLetter = (key.length === 1 && key !== ' ') || key === 'Process';
      if (!isLetter || ctrlKey || metaKey || altKey) return;
      if (document.querySelector('dialog[open]') || (target as Element).closest(takesLetters)) return;
      pane.current?.querySelector<HTMLElement>('.composer-input, .tail')?.focus();
    };
    document.addEventListener('keydown', typed);
    return () => document.removeEventListener('keydown', typed);
  }, [active]);
}

/** Whether nothing is being written: a table of orders is then meant to be brought in. */
export const isFree = ({ leaf, text, files }: Draft): boolean => !leaf && text === '' && files.length === 0;

/** Dropped files go where they are wanted: a table of orders into an import, others into the command at hand, else into a message. */
export function putIn(
  files: readonly File[],
  draft: Draft,
  { load, setDraft }: { readonly load: (file: File) => void; readonly setDraft: (draft: Draft) => void },
): void {
  const [file, ...others] = files;
  if (isFree(draft) && file && others.length === 0 && isTable(file)) {
    load(file);
    return;
  }
  const option = draft.leaf?.options.find(({ type }) => type === OptionType.attachment);
  if (file && option) setDraft(withEntry(draft, option.name, { text: file.name, value: file }));
  else setDraft({ ...draft, files: [...draft.files, ...files] });
}
