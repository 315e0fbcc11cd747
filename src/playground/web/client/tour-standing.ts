// How a step of the tour stands, by what the reader did and what is there to be pressed: the tour says only what is so.
import type { Component } from '../../local-discord/types.ts';
import { dmOf, type Live, seenBy } from './live.ts';
import type { Choice, Step } from './tour-steps.ts';
import { type Deed, isAbout, names, type Told, tagOf } from './tour-walk.ts';

/**
 * `first`: the step it goes on from is still to be done. `otherwise`: something else was chosen. `settled`: the order was
 * swapped or given back before. `not_offered`: the button is not there.
 */
export type Standing = 'open' | 'done' | 'first' | 'otherwise' | 'settled' | 'not_offered';

const choices = ['order.wait', 'order.swap_yes', 'order.refund_yes', 'compensate.yes'];
/** After these, the order asks for nothing more. */
const finalChoices = ['order.swap_yes', 'order.refund_yes'];
/** Stands on a card that asks back. */
const backTag = 'order.show';

export function standingOf(step: Step, told: Told, steps: readonly Step[]): Standing {
  if (step.done?.(told)) return 'done';
  const before = steps.find(({ word }) => word === step.after);
  if (before && !isDone(before, told, steps)) return 'first';
  return step.choice ? standingOfChoice(step, step.choice, before, told) : 'open';
}

function isDone(step: Step, told: Told, steps: readonly Step[]): boolean {
  return standingOf(step, told, steps) === 'done';
}

function standingOfChoice(step: Step, { press, order }: Choice, before: Step | undefined, told: Told): Standing {
  const { deeds, live } = told;
  // What was chosen before the news was no answer to it.
  const since = deeds.findIndex((_, index) => before?.done?.({ live, deeds: deeds.slice(0, index + 1) })) + 1;
  const chosen = (some: readonly Deed[]) =>
    some.filter(({ by, what, on }) => by === step.as && choices.includes(what) && isAbout(live, on, order));
  const now = chosen(deeds.slice(since));
  if (now.some(({ what }) => what === press)) return 'done';
  if (now.length > 0) return 'otherwise';
  if (chosen(deeds.slice(0, since)).some(({ what }) => finalChoices.includes(what))) return 'settled';
  return isOffered(step, press, order, live) ? 'open' : 'not_offered';
}

/** Whether the newest card about the order has the button, or asks back, which comes of having pressed one. */
function isOffered(step: Step, press: string, order: string, live: Live): boolean {
  const person = live.state.people.find(({ key }) => key === step.as);
  const place = step.dm ? dmOf(live, person?.id ?? '')?.id : person?.homeId;
  const card = seenBy(live, place ?? '', person?.id ?? '').findLast((message) => names(message, order));
  const asks = press.replace(/_yes$/, '');
  return tagsIn(card?.components ?? []).some((tag) => tag === backTag || tag.startsWith(asks));
}

function tagsIn(components: readonly Component[]): string[] {
  return components.flatMap(({ custom_id, disabled, components: inside, accessory }) => [
    ...(custom_id && !disabled ? [tagOf(custom_id)] : []),
    ...tagsIn(inside ?? []),
    ...tagsIn(accessory ? [accessory] : []),
  ]);
}
