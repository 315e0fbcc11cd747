// What a handler may answer. The router sends it: handlers never touch an interaction.
import type { Card } from './card.ts';
import type { ModalBody } from './modal.ts';

export type Reply =
  /** A new message, seen only by the person who asked (in a DM there is nobody else). */
  | { readonly kind: 'card'; readonly card: Card }
  /**
   * The message the button stands on is edited where only this person sees it (a DM, an ephemeral card); elsewhere, such
   * as in a merchant's channel, it becomes a new card for this person, unless `anywhere`.
   */
  | { readonly kind: 'update'; readonly card: Card; readonly anywhere: boolean }
  /** A form. Only possible at once: a handler that answers with one reads little and writes nothing. */
  | { readonly kind: 'modal'; readonly modal: ModalBody };

export function show(card: Card): Reply {
  return { kind: 'card', card };
}

/** Edits the card pressed, where it is this person's own. See `Reply`. */
export function update(card: Card): Reply {
  return { kind: 'update', card, anywhere: false };
}

/** Edits the message pressed, also where others see it: for cards of a channel, such as a merchant's digest. */
export function updateAnywhere(card: Card): Reply {
  return { kind: 'update', card, anywhere: true };
}

export function ask(modal: ModalBody): Reply {
  return { kind: 'modal', modal };
}
