// Free text as people type it: trimmed, present, and no longer than what is kept.
import { type Outcome, refuse } from './refusal.ts';

/** The text trimmed. Refuses `text_missing` where nothing is left, `text_too_long` ({max, length}) above `max` characters. */
export function parseText(text: string, max: number): Outcome<string> {
  const trimmed = text.trim();
  if (trimmed.length === 0) return refuse('text_missing');
  if (trimmed.length > max) return refuse('text_too_long', { max, length: trimmed.length });
  return trimmed;
}
