// Free text as people type it: trimmed, present, and no longer than what is kept.
import { type Outcome, refuse } from './refusal.ts';

/** Anything that shows: not a blank, a control, half a character, or one of those that leave no mark. */
const visible = /[^\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

/** Whether there is nothing to see in it. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** Blanks, and the marks for spacing and direction that copying brings along unseen: not what joins or colours an emoji. */
const unseen = /[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** The text without what stands around it and does not show. */
export function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && unseen.test(text.charAt(start))) start += 1;
  while (end > start && unseen.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The text trimmed. Refuses `text_missing` where nothing is left, `text_too_long` ({max, length}) above `max` characters. */
export function parseText(text: string, max: number): Outcome<string> {
  const trimmed = trim(text);
  if (isBlank(trimmed)) return refuse('text_missing');
  if (trimmed.length > max) return refuse('text_too_long', { max, length: trimmed.length });
  return trimmed;
}
