// A guided tour of five minutes: each step puts what to do next into the reader's hands.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Action, ActResult } from '../protocol.ts';
import { Dots } from './components.tsx';
import { dmOf, type Live, shopNow } from './live.ts';
import type { Prepared, View } from './pane.tsx';
import { type SampleOrders, sampleOrders } from './sample-orders.ts';
import { STEPS, type Stage, type Step, type Tell } from './tour-steps.ts';
import { type Locale, type Words, wordsIn } from './words.ts';

export interface TourProps {
  readonly live: Live;
  readonly locale: Locale;
  /** The last thing anybody did. */
  readonly acted?: Acted | undefined;
  readonly show: (view: View) => void;
  readonly prepare: (prepared: Prepared) => void;
}

interface Acted {
  readonly userId: string;
  readonly action: Action;
  readonly result: ActResult;
}

/** One order for each customer nobody can be; the same ones until the shop is opened afresh. */
function useOrders(live: Live): SampleOrders {
  const { epoch, people, timeZone } = live.state;
  return useMemo(() => {
    const customers = people.filter(({ bot, key }) => !bot && key === undefined);
    return sampleOrders(customers, shopNow(live, performance.now()), timeZone);
  }, [epoch]);
}

interface Walk {
  readonly at: number;
  readonly step: Step | undefined;
  readonly isLast: boolean;
  /** What was to be done here is done. */
  readonly isDone: boolean;
  readonly go: (to: number) => void;
  readonly finish: () => void;
}

/** Goes from step to step, as the reader does what each asks for. */
function useWalk({ live, locale, acted, show }: TourProps, end: () => void): Walk {
  const { epoch, people } = live.state;
  const [at, setAt] = useState(0);
  const [doneAt, setDoneAt] = useState<number | undefined>();
  const step = STEPS[at];
  const after = STEPS[at + 1];
  const person = people.find(({ key }) => key === step?.as);
  const go = (to: number) => {
    setDoneAt(undefined);
    if (to < STEPS.length) setAt(to);
    else end();
  };
  // What has come of it can be looked at before the reader is taken elsewhere.
  const finish = () => {
    if (step && step.as === after?.as && step.dm === after.dm) go(at + 1);
    else setDoneAt(at);
  };
  // What was done before the tour began is no step of it.
  const seen = useRef({ acted, epoch });
  useEffect(() => {
    if (seen.current.acted === acted) return;
    seen.current.acted = acted;
    if (acted?.userId === person?.id && acted?.result.ok && step?.done?.(acted.action)) finish();
  }, [acted]);
  useEffect(() => {
    // A shop opened afresh is toured afresh.
    if (seen.current.epoch !== epoch) go(0);
    seen.current.epoch = epoch;
    if (!step || !person) return;
    const place = step.dm ? dmOf(live, person.id)?.id : person.homeId;
    show({ key: step.as, locale, ...(place && { place }) });
  }, [at, epoch]);
  return { at, step, isLast: after === undefined, isDone: doneAt === at, go, finish };
}

export function Tour(props: TourProps & { readonly end: () => void }): JSX.Element | null {
  const { locale, live, end } = props;
  const t = wordsIn(locale);
  const orders = useOrders(live);
  const { at, step, isLast, isDone, go, finish } = useWalk(props, end);
  const [busy, setBusy] = useState(false);
  if (!step) return null;
  return (
    <aside class="tour" aria-label={t('tour')}>
      <div aria-live="polite">
        <b>
          {at + 1}/{STEPS.length}
          {isDone && ' ✓'}
        </b>{' '}
        {t(isDone ? 'tour_done' : step.word)}
      </div>
      <span class="tour-buttons">
        {!isDone && (
          <Help
            key={at}
            step={step}
            stage={{ live, locale, orders }}
            t={t}
            prepare={props.prepare}
            finish={finish}
            setBusy={setBusy}
          />
        )}
        {at > 0 && (
          <button type="button" class="button secondary" disabled={busy} onClick={() => go(at - 1)}>
            {t('back')}
          </button>
        )}
        <button
          type="button"
          class={isDone ? 'button primary' : 'button secondary'}
          disabled={busy}
          onClick={() => go(at + 1)}
        >
          {t(isLast ? 'end' : 'next')}
        </button>
      </span>
    </aside>
  );
}

interface HelpProps {
  readonly step: Step;
  readonly stage: Stage;
  readonly t: Words;
  readonly prepare: TourProps['prepare'];
  readonly finish: () => void;
  readonly setBusy: (busy: boolean) => void;
}

/** The button that puts a step's command into the composer, or has happen what it speaks of. */
function Help({ step, stage, t, prepare, finish, setBusy }: HelpProps): JSX.Element | null {
  /** Something goes on, and how far it is. */
  const [progress, setProgress] = useState<string | undefined>();
  const { command, happens } = step;
  if (!command && !happens) return null;
  const run = async (tell: Tell) => {
    if (command) prepare(await command(stage));
    await happens?.run(stage, tell);
    if (happens && !happens.stays) finish();
  };
  const press = () => {
    setBusy(true);
    setProgress('');
    run(setProgress)
      .catch(() => undefined)
      .finally(() => {
        setBusy(false);
        setProgress(undefined);
      });
  };
  const isBusy = progress !== undefined;
  return (
    <button
      type="button"
      class={progress === '' ? 'button primary busy' : 'button primary'}
      disabled={isBusy}
      aria-busy={isBusy}
      onClick={press}
    >
      <span>{progress || t(happens?.word ?? 'tour_fill_in')}</span>
      {progress === '' && <Dots />}
    </button>
  );
}
