// A guided tour of five minutes: each step puts what to do next into the reader's hands.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { reset, shopState } from './api.ts';
import { Dots } from './components.tsx';
import { dmOf, type Live } from './live.ts';
import type { Prepared, View } from './pane.tsx';
import { type SampleOrders, sampleOrders } from './sample-orders.ts';
import { newestIn, newsSince } from './tour-news.ts';
import { type Standing, standingOf } from './tour-standing.ts';
import { type Happening, type Stage, type Step, steps, type Tell } from './tour-steps.ts';
import { type Acted, beginWalk, deedOf, rememberedWalk, rememberWalk, type Walk } from './tour-walk.ts';
import { type Locale, type Word, type Words, wordsIn } from './words.ts';

export interface TourProps {
  readonly live: Live;
  readonly locale: Locale;
  /** The last thing anybody did. */
  readonly acted?: Acted | undefined;
  readonly show: (view: View) => void;
  readonly prepare: (prepared: Prepared) => void;
}

/** One order for each customer nobody can be; the same ones as long as the walk lasts. */
function useOrders(live: Live, beganAt: number | undefined): SampleOrders {
  const { people, timeZone } = live.state;
  return useMemo(() => {
    const customers = people.filter(({ bot, key }) => !bot && key === undefined);
    return sampleOrders(customers, beganAt ?? 0, timeZone);
  }, [beganAt]);
}

/** `asking`: whether the shop is as the tour needs it. `used`: it is not, and the reader decides. `opening`: it is being opened afresh. */
type Before = 'asking' | 'used' | 'opening';

interface Walking {
  /** Absent before the first step. */
  readonly walk: Walk | undefined;
  readonly before: Before;
  readonly change: (change: (walk: Walk) => Walk) => void;
  readonly begin: () => void;
  readonly open: () => void;
}

/** Begins in a shop nobody has used, whose people speak the reader's language; goes on after a reload. */
function useWalking(live: Live, locale: Locale): Walking {
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

interface Place {
  readonly step: Step | undefined;
  readonly standing: Standing;
  /** It has been done just now, and what came of it can be looked at before the reader is taken elsewhere. */
  readonly justDone: boolean;
  readonly go: (to: number) => void;
}

/** Goes from step to step, as the reader does what each asks for. */
function useSteps({ live, locale, acted, show }: TourProps, { walk, change }: Walking, end: () => void): Place {
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

export function Tour(props: TourProps & { readonly end: () => void }): JSX.Element {
  const { locale, live, end } = props;
  const t = wordsIn(locale);
  const walking = useWalking(live, locale);
  const place = useSteps(props, walking, end);
  return (
    <aside class="tour" aria-label={t('tour')}>
      {walking.walk && place.step ? (
        <StepBar
          {...props}
          key={walking.walk.shop}
          walking={walking}
          walk={walking.walk}
          place={place}
          step={place.step}
        />
      ) : (
        <BeforeBar t={t} walking={walking} />
      )}
    </aside>
  );
}

/** Asks whether to begin with a shop opened afresh, where somebody has used this one. */
function BeforeBar({ t, walking }: { readonly t: Words; readonly walking: Walking }): JSX.Element {
  const { before, begin, open } = walking;
  return (
    <>
      <div aria-live="polite">{t(before === 'used' ? 'tour_used' : 'opening')}</div>
      {before === 'used' && (
        <span class="tour-buttons">
          <button type="button" class="button primary" onClick={open}>
            {t('tour_afresh')}
          </button>
          <button type="button" class="button secondary" onClick={begin}>
            {t('tour_as_it_is')}
          </button>
        </span>
      )}
    </>
  );
}

const asideWords: Readonly<Partial<Record<Standing, Word>>> = {
  first: 'tour_first',
  otherwise: 'tour_otherwise',
  settled: 'tour_settled',
  not_offered: 'tour_not_offered',
};

interface StepBarProps extends TourProps {
  readonly walking: Walking;
  readonly walk: Walk;
  readonly place: Place;
  readonly step: Step;
}

function StepBar({ live, locale, prepare, walking, walk, place, step }: StepBarProps): JSX.Element {
  const { at, beganAt } = walk;
  const { standing, justDone, go } = place;
  const t = wordsIn(locale);
  const orders = useOrders(live, beganAt);
  const [busy, setBusy] = useState(false);
  /** Where the clock was moved on: what was the newest message before, at which step. */
  const [moved, setMoved] = useState<{ readonly at: number; readonly since: bigint } | undefined>();
  const names = Object.fromEntries(live.state.people.flatMap(({ key, name }) => (key ? [[key, name]] : [])));
  const first = steps.findIndex(({ word }) => word === step.after);
  const said = asideWords[standing] ?? (justDone ? 'tour_done' : step.word);
  const isOpen = standing === 'open';
  const happened = (by: string, what: string) =>
    walking.change((walk) => ({ ...walk, deeds: [...walk.deeds, { by, what, on: [] }] }));
  return (
    <>
      <div aria-live="polite">
        <b>
          {at + 1}/{steps.length}
          {standing === 'done' && ' ✓'}
        </b>{' '}
        {moved?.at === at && !busy
          ? newsSince(live, moved.since, t, locale)
          : t(said, { ...names, step: first + 1, who: names[step.as] ?? '' })}
      </div>
      <span class="tour-buttons">
        {isOpen && (
          <Help
            key={at}
            step={step}
            stage={{ live, locale, orders }}
            t={t}
            prepare={prepare}
            begun={() => setMoved({ at, since: newestIn(live) })}
            happened={() => happened(step.as, step.word)}
            setBusy={setBusy}
          />
        )}
        {standing === 'first' && (
          <button type="button" class="button primary" onClick={() => go(first)}>
            {t('tour_to_step', { step: first + 1 })}
          </button>
        )}
        {at > 0 && (
          <button type="button" class="button secondary" disabled={busy} onClick={() => go(at - 1)}>
            {t('back')}
          </button>
        )}
        <button
          type="button"
          class={isOpen || standing === 'first' ? 'button secondary' : 'button primary'}
          disabled={busy}
          onClick={() => go(at + 1)}
        >
          {t(at === steps.length - 1 ? 'end' : 'next')}
        </button>
      </span>
    </>
  );
}

interface HelpProps {
  readonly step: Step;
  readonly stage: Stage;
  readonly t: Words;
  readonly prepare: TourProps['prepare'];
  /** Something begins to happen, and has happened. */
  readonly begun: () => void;
  readonly happened: () => void;
  readonly setBusy: (busy: boolean) => void;
}

/** The buttons that put a step's command into the composer, or have happen what it speaks of. */
function Help({ step, stage, t, prepare, begun, happened, setBusy }: HelpProps): JSX.Element {
  /** Something goes on, and how far it is. */
  const [progress, setProgress] = useState<{ readonly word: Word; readonly text: string } | undefined>();
  const start = (word: Word, run: (tell: Tell) => Promise<void>) => {
    setBusy(true);
    setProgress({ word, text: '' });
    run((text) => setProgress({ word, text }))
      .catch(() => undefined)
      .finally(() => {
        setBusy(false);
        setProgress(undefined);
      });
  };
  const { command, happens = [] } = step;
  const haveHappen = async ({ run }: Happening, tell: Tell) => {
    if (!step.done) begun();
    await run(stage, tell);
    if (step.done) happened();
  };
  const button = (word: Word, run: (tell: Tell) => Promise<void>) => {
    const text = progress?.word === word ? progress.text : undefined;
    return (
      <button
        key={word}
        type="button"
        class={text === '' ? 'button primary busy' : 'button primary'}
        disabled={progress !== undefined}
        aria-busy={text !== undefined}
        onClick={() => start(word, run)}
      >
        <span>{text || t(word)}</span>
        {text === '' && <Dots />}
      </button>
    );
  };
  return (
    <>
      {command && button('tour_fill_in', async () => prepare(await command(stage)))}
      {happens.map((one) => button(one.word, (tell) => haveHappen(one, tell)))}
    </>
  );
}
