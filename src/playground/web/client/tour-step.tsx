// A step of the tour: what is to be done, or how it stands, and the buttons that help and lead on.
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Live } from './live.ts';
import { type SampleOrders, sampleOrders } from './sample-orders.ts';
import { Help } from './tour-help.tsx';
import { newestIn, newsSince } from './tour-news.ts';
import type { Standing } from './tour-standing.ts';
import type { Place, TourProps, Walking } from './tour-state.ts';
import { type Step, steps } from './tour-steps.ts';
import type { Walk } from './tour-walk.ts';
import { type Word, type Words, wordsIn } from './words.ts';

/** One order for each customer nobody can be; the same ones as long as the walk lasts. */
function useOrders(live: Live, beganAt: number | undefined): SampleOrders {
  const { people, timeZone } = live.state;
  return useMemo(() => {
    const customers = people.filter(({ bot, key }) => !bot && key === undefined);
    return sampleOrders(customers, beganAt ?? 0, timeZone);
  }, [beganAt]);
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

export function StepBar({ live, locale, prepare, walking, walk, place, step }: StepBarProps): JSX.Element {
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
  const deed = { by: step.as, what: step.word, on: [] };
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
        {standing === 'open' && (
          <Help
            key={at}
            step={step}
            stage={{ live, locale, orders }}
            t={t}
            prepare={prepare}
            begun={() => setMoved({ at, since: newestIn(live) })}
            happened={() => walking.change((walk) => ({ ...walk, deeds: [...walk.deeds, deed] }))}
            setBusy={setBusy}
          />
        )}
        <Ways {...{ t, at, first, standing, busy, go }} />
      </span>
    </>
  );
}

interface WaysProps extends Pick<Place, 'standing' | 'go'> {
  readonly t: Words;
  readonly at: number;
  /** The step it goes on from. */
  readonly first: number;
  readonly busy: boolean;
}

/** The buttons that lead to other steps. */
function Ways({ t, at, first, standing, busy, go }: WaysProps): JSX.Element {
  const isAsked = standing === 'open' || standing === 'first';
  return (
    <>
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
        class={isAsked ? 'button secondary' : 'button primary'}
        disabled={busy}
        onClick={() => go(at + 1)}
      >
        {t(at === steps.length - 1 ? 'end' : 'next')}
      </button>
    </>
  );
}
