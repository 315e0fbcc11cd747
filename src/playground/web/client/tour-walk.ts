// How far somebody has come on the tour, and what they did on the way: kept in the tab, so that a reload goes on there.
import type { Action, ActResult, ShownMessage, TypedValue } from '../protocol.ts';
import { type Live, shopNow } from './live.ts';

/** Something done while touring. */
export interface Deed {
  /** Who one was, by key. */
  readonly by: string;
  /** A command's path in English, the tag of a button, or what a step had happen. */
  readonly what: string;
  /** A command's options. */
  readonly values?: Readonly<Record<string, TypedValue>>;
  /** The message it was done on, and the one that came of it. */
  readonly on: readonly string[];
}

export interface Told {
  readonly live: Live;
  /** Oldest first. */
  readonly deeds: readonly Deed[];
}

export interface Walk {
  /** The server toured: another one once the shop has been opened afresh. */
  readonly shop: string;
  /** The shop's time when the tour began, UTC epoch ms. */
  readonly beganAt: number;
  /** The step, from 0. */
  readonly at: number;
  readonly deeds: readonly Deed[];
}

export interface Acted {
  readonly userId: string;
  readonly action: Action;
  readonly result: ActResult;
}

const storageKey = 'makegood-tour';

/** The walk under way in this tab, be it in a shop that is gone. */
export function rememberedWalk(): Walk | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Walk | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberWalk(walk: Walk | undefined): void {
  try {
    if (walk) sessionStorage.setItem(storageKey, JSON.stringify(walk));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // A browser that keeps nothing begins again after a reload.
  }
}

export function beginWalk(live: Live): Walk {
  return { shop: live.state.guild.id, beganAt: shopNow(live, performance.now()), at: 0, deeds: [] };
}

/** The part of a button's id that says what it does. */
export function tagOf(customId: string): string {
  return customId.split(':')[0] ?? '';
}

/** What was done, where it was a command or a button of somebody one can be, and came to something. */
export function deedOf({ userId, action, result }: Acted, live: Live): Deed | undefined {
  const by = live.people.get(userId)?.key;
  if (!by || !result.ok) return undefined;
  const became = result.shows === 'message' ? [result.messageId] : [];
  if (action.kind === 'command') return { by, what: action.path, values: action.values, on: became };
  if (action.kind === 'press') return { by, what: tagOf(action.customId), on: [action.messageId, ...became] };
  return undefined;
}

/** Whether it names that: an order by its number's end, a file. */
export const names = ({ components }: ShownMessage, what: string) => JSON.stringify(components).includes(what);

/** Whether one of these messages does. */
export function isAbout(live: Live, ids: readonly string[], what: string): boolean {
  return [...live.messages.values()].flat().some((message) => ids.includes(message.id) && names(message, what));
}
