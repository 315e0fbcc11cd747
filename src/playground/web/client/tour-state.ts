// Where the reader is on the tour: whether it has begun, at which step they are, and how that stands.
import { useEffect, useRef, useState } from 'preact/hooks';
import { reset, shopState } from './api.ts';
import { dmOf, type Live } from './live.ts';
import type { Prepared, View } from './pane.tsx';
import { type Standing, standingOf } from './tour-standing.ts';
import { type Step, steps } from './tour-steps.ts';
import { type Acted, beginWalk, deedOf, rememberedWalk, rememberWalk, type Walk } from './tour-walk.ts';
import type { Locale } from './words.ts';

export interface TourProps {
  readonly live: Live;
  readonly locale: Locale;
  /** The last thing anybody did. */
  readonly acted?: Acted | undefined;
  readonly show: (view: View) => void;
  readonly prepare: (prepared: Prepared) => void;
}

/** `asking`: whether the shop is as the tour needs it. `used`: it is not, and the reader decides. `opening`: it is being opened afresh. */
type Before = 'asking' | 'used' | 'opening';

export interface Walking {
  /** Absent before the first step. */
  readonly walk: Walk | undefined;
  readonly before: Before;
  readonly change: (change: (walk: Walk) => Walk) => void;
  readonly begin: () => void;
  readonly open: () => void;
}

/** Begins in a shop nobody has used, whose people speak the reader's language; goes on after a reload. */
export function useWalking(live: Live, locale: Locale): Walking {
  const { id: shop } = live.state.guild;
  const [walk, setWalk] = useState(() => {
    const walk = rememberedWalk();
    return walk?.shop === shop ? walk : undefined;
  });
  const [before, setBefore] = useState<Before>('asking');
  const begin = () => setWalk(beginWalk(live));
  const open = () => {
    setBefore('opening');
    reset(locale).catch(() => setBefore('used'));
  };
  useEffect(() => {
    if (walk?.shop === shop) return;
    // A shop opened afresh is toured afresh.
    if (walk || before === 'opening') return begin();
    shopState()
      .then((state) => {
        if (state.used) setBefore('used');
        else if (state.locale === locale) begin();
        else open();
      })
      .catch(begin);
  }, [shop]);
  useEffect(() => rememberWalk(walk), [walk]);
  useEffect(() => () => rememberWalk(undefined), []);
  const change = (how: (walk: Walk) => Walk) => setWalk((now) => now && how(now));
  return { walk, before, change, begin, open };
}

export interface Place {
  readonly step: Step | undefined;
  readonly standing: Standing;
  /** It has been done just now, and what came of it can be looked at before the reader is taken elsewhere. */
  readonly justDone: boolean;
  readonly go: (to: number) => void;
}

/** Goes from step to step, as the reader does what each asks for. */
export function useSteps({ live, locale, acted, show }: TourProps, { walk, change }: Walking, end: () => void): Place {
  const at = walk?.at ?? 0;
  const step = steps[at];
  const after = steps[at + 1];
  const standing = step ? standingOf(step, { live, deeds: walk?.deeds ?? [] }, steps) : 'open';
  const [justDone, setJustDone] = useState(false);
  const go = (to: number) => {
    setJustDone(false);
    if (to < steps.length) change((walk) => ({ ...walk, at: to }));
    else end();
  };
  // What was done before the tour began is no step of it.
  const seen = useRef(acted);
  useEffect(() => {
    if (seen.current === acted) return;
    seen.current = acted;
    const deed = acted && deedOf(acted, live);
    if (deed) change((walk) => ({ ...walk, deeds: [...walk.deeds, deed] }));
  }, [acted]);
  const was = useRef({ at, standing });
  useEffect(() => {
    const isNew = was.current.at === at && was.current.standing !== 'done' && standing === 'done';
    was.current = { at, standing };
    if (!isNew) return;
    if (step && step.as === after?.as && step.dm === after.dm) go(at + 1);
    else setJustDone(true);
  }, [at, standing]);
  useEffect(() => {
    const person = live.state.people.find(({ key }) => key === step?.as);
    if (!walk || !step || !person) return;
    const place = step.dm ? dmOf(live, person.id)?.id : person.homeId;
    show({ key: step.as, locale, ...(place && { place }) });
  }, [at, walk?.shop]);
  return { step, standing, justDone, go };
}
