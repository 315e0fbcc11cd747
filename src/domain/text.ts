// Free text as people type it: trimmed, present, and no longer than what is kept.
import { type Outcome, refuse } from './refusal.ts';

/** Anything that shows: not a blank, a control, half a character, or one of those that leave no mark. */
const visible = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** Whether there is nothing to see in it. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** The text trimmed. Refuses `text_missing` where nothing is left, `text_too_long` ({max, length}) above `max` characters. */
export function parseText(text: string, max: number): Outcome<string> {
  const trimmed = text.trim();
  if (isBlank(trimmed)) return refuse('text_missing');
  if (trimmed.length > max) return refuse('text_too_long', { max, length: trimmed.length });
  return trimmed;
}
