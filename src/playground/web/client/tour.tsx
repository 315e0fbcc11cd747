// A guided tour of five minutes: each step puts what to do next into the reader's hands.
import type { JSX } from 'preact';
import { type TourProps, useSteps, useWalking, type Walking } from './tour-state.ts';
import { StepBar } from './tour-step.tsx';
import { type Words, wordsIn } from './words.ts';

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
