// What everything inside one pane knows: whose eyes it is seen with, and how that person acts.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Action, ActResult } from '../protocol.ts';
import type { Candidate, PickKind } from './candidates.ts';
import type { Locale, Words } from './words.ts';

export type Files = ReadonlyMap<string, readonly File[]>;

/** The same object as long as person and language are: what changes is asked for by calling. */
export interface Scene {
  readonly me: string;
  readonly locale: Locale;
  readonly t: Words;
  readonly nameOf: (id: string) => string;
  /** The shop's time, UTC epoch ms. */
  readonly now: () => number;
  /** People, roles and channels this person can pick, best first. */
  readonly candidates: (kinds: readonly PickKind[]) => readonly Candidate[];
  /** Does something; a form that comes of it is opened. What cannot be done is a result, too. */
  readonly act: (action: Action, files?: Files) => Promise<ActResult>;
  readonly goTo: (channelId: string) => void;
  readonly fillIn: (path: string) => void;
}

const SceneContext = createContext<Scene | undefined>(undefined);
export const SceneProvider = SceneContext.Provider;

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('outside of a pane');
  return scene;
}

const ticking = new Set<() => void>();
const tickMs = 10_000;
setInterval(tick, tickMs);

/** Words every time shown anew. */
export function tick(): void {
  for (const one of [...ticking]) one();
}

/** Draws again as time goes by. */
export function useTick(): void {
  const [, set] = useState(0);
  useEffect(() => {
    const again = () => set((count) => count + 1);
    ticking.add(again);
    return () => ticking.delete(again);
  }, []);
}
