// The bar above the panes: the shop's clock, and what the playground itself can do.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { inUnits } from '../../local-discord/timestamp.ts';
import type { ClockMove } from '../protocol.ts';
import { moveClock, reset } from './api.ts';
import { type Live, shopNow } from './live.ts';
import { tables } from './own-orders.ts';
import { useTick } from './scene.ts';
import { type Locale, wordsIn } from './words.ts';

export type Theme = 'dark' | 'light';

interface Props {
  readonly live: Live;
  readonly locale: Locale;
  readonly connected: boolean;
  readonly theme: Theme;
  readonly twoPanes: boolean;
  readonly inspecting: boolean;
  readonly touring: boolean;
  /** Has not seen the tour: it is pointed out. */
  readonly isNew: boolean;
  /** Begins an import of somebody's own orders. */
  readonly load: (file: File) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setTwoPanes: (on: boolean) => void;
  readonly setInspecting: (on: boolean) => void;
  readonly setTouring: (on: boolean) => void;
}

/** `52 min`, `3 h`, `5 d`: how long, at a glance. */
function stretch(ms: number, locale: Locale): string {
  const { unit, count } = inUnits(ms);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

/** `Nov 22, 2026, 4:24 PM`: the bar has little room. */
function clockText(at: number, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

export function Toolbar(props: Props): JSX.Element {
  const { locale, connected, theme, twoPanes, inspecting, touring } = props;
  const t = wordsIn(locale);
  // Over when the new shop is shown, which is a little after it is open.
  const { epoch } = props.live.state;
  const [resettingFrom, setResettingFrom] = useState<number | undefined>();
  const resetting = resettingFrom === epoch;
  return (
    <section class="toolbar" aria-label={t('playground')}>
      <span class="brand">
        <span class="logo" aria-hidden="true" /> <b>Makegood</b>
      </span>
      <Clock live={props.live} locale={locale} />
      {!connected && (
        <span class="offline" role="status">
          {t('offline')}
        </span>
      )}
      <span class="tools">
        <Toggle
          label={t(props.isNew ? 'tour_new' : 'tour')}
          on={touring}
          set={props.setTouring}
          kind={props.isNew ? 'inviting' : undefined}
        />
        <Load label={t('load')} load={props.load} />
        <Toggle label={t('two_panes')} on={twoPanes} set={props.setTwoPanes} kind="roomy" />
        <Toggle label={t('inside')} on={inspecting} set={props.setInspecting} />
        <button type="button" onClick={() => props.setTheme(theme === 'dark' ? 'light' : 'dark')}>
          {t(theme === 'dark' ? 'light' : 'dark')}
        </button>
        <button
          type="button"
          disabled={resetting}
          title={t('reset_does')}
          onClick={() => {
            if (!confirm(t('reset_really'))) return;
            setResettingFrom(epoch);
            reset().catch(() => setResettingFrom(undefined));
          }}
        >
          {t(resetting ? 'resetting' : 'reset')}
        </button>
      </span>
    </section>
  );
}

function Toggle({
  label,
  on,
  set,
  kind,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
  /** To be pointed out, or of no use where there is little room. */
  readonly kind?: 'inviting' | 'roomy' | undefined;
}): JSX.Element {
  return (
    <button type="button" class={kind} aria-pressed={on} onClick={() => set(!on)}>
      {label}
    </button>
  );
}

function Load({ label, load }: { readonly label: string; readonly load: (file: File) => void }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => field.current?.click()}>
        {label}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        accept={tables}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) load(file);
        }}
      />
    </>
  );
}

function Clock({ live, locale }: { readonly live: Live; readonly locale: Locale }): JSX.Element {
  const t = wordsIn(locale);
  const [moving, setMoving] = useState(false);
  useTick();
  const now = shopNow(live, performance.now());
  const { paused, nextDueAt } = live.clock;
  const move = (to: ClockMove) => {
    setMoving(true);
    void moveClock(to).finally(() => setMoving(false));
  };
  // What is due already waits for the next sweep.
  const distance = nextDueAt !== null && (nextDueAt > now ? stretch(nextDueAt - now, locale) : t('within_minute'));
  return (
    <span class="clock">
      <small>{t('shop_time')}</small>
      <time title={live.state.timeZone}>{clockText(now, locale, live.state.timeZone)}</time>
      <span class="clock-buttons">
        <button type="button" disabled={moving} onClick={() => move({ move: 'by', ms: hourMs })}>
          {t('plus_hour')}
        </button>
        <button
          type="button"
          title={t('next_due_does')}
          disabled={moving || nextDueAt === null}
          onClick={() => move({ move: 'next' })}
        >
          {distance ? t('next_due', { distance }) : t('nothing_waits')}
        </button>
        <button type="button" disabled={moving} onClick={() => move({ move: 'by', ms: weekMs })}>
          {t('plus_week')}
        </button>
        <button
          type="button"
          title={t(paused ? 'real_time_does' : 'pause_does')}
          aria-pressed={paused}
          onClick={() => move({ move: paused ? 'resume' : 'pause' })}
        >
          {t(paused ? 'real_time' : 'pause')}
        </button>
      </span>
      {moving && (
        <span class="moving" role="status">
          {t('moving')}
        </span>
      )}
    </span>
  );
}
