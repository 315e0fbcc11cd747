// A guided tour of five minutes: each step puts what to do next into the reader's hands.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Action, ActResult } from '../protocol.ts';
import { act, moveClock } from './api.ts';
import { dmOf, type Live, shopNow } from './live.ts';
import { IMPORT } from './own-orders.ts';
import type { Prepared, View } from './pane.tsx';
import { fiftyOrders } from './sample-orders.ts';
import { type Locale, type Word, wordsIn } from './words.ts';

export interface TourStage {
  readonly live: Live;
  readonly locale: Locale;
  /** The last thing anybody did. */
  readonly acted?: { readonly userId: string; readonly action: Action; readonly result: ActResult } | undefined;
  readonly show: (view: View) => void;
  readonly prepare: (prepared: Prepared) => void;
}

interface Step {
  readonly word: Extract<Word, `tour_${string}`>;
  /** Who one is in this step, and whether in their direct messages. */
  readonly as: string;
  readonly dm?: true;
  /** The command put into the composer. */
  readonly command?: (stage: TourStage) => Promise<Prepared> | Prepared;
  readonly clock?: true;
  /** Whether this was it. */
  readonly done: (action: Action) => boolean;
}

const DAY_MS = 86_400_000;
const used = (path: string) => (action: Action) => action.kind === 'command' && action.path === path;
const pressed = ({ kind }: Action) => kind === 'press' || kind === 'select' || kind === 'modal';

function dayIn(stage: TourStage, days: number): string {
  return new Date(shopNow(stage.live, performance.now()) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The full number of an order, as the bot suggests it to that person. */
async function orderEnding(stage: TourStage, key: string, path: string, end: string): Promise<string> {
  const { id = '', homeId = '' } = stage.live.state.people.find((person) => person.key === key) ?? {};
  const action = { kind: 'autocomplete', channelId: homeId, path, values: {}, option: 'order', typed: end } as const;
  const asked = await act({ as: id, locale: stage.locale, action });
  const [first] = asked.ok && asked.shows === 'choices' ? asked.choices : [];
  return String(first?.value ?? end);
}

const STEPS: readonly Step[] = [
  {
    word: 'tour_status',
    as: 'wang',
    command: () => ({ path: '/order status', values: {} }),
    done: used('/order status'),
  },
  { word: 'tour_wait', as: 'wang', done: pressed },
  {
    word: 'tour_stockout',
    as: 'lin',
    command: (stage) => ({
      path: '/shop stockout',
      values: {
        sku: 'HC-LH-01',
        reason: 'supplier',
        restock: dayIn(stage, 4),
        substitutes: 'BC-LH-01',
      },
    }),
    done: used('/shop stockout'),
  },
  { word: 'tour_told', as: 'anna', dm: true, done: pressed },
  {
    word: 'tour_compensate',
    as: 'qing',
    command: async (stage) => ({
      path: '/compensate',
      values: {
        order: await orderEnding(stage, 'qing', '/compensate', '342268'),
        reason: 'out_of_stock',
      },
    }),
    done: used('/compensate'),
  },
  { word: 'tour_confirm', as: 'qing', done: pressed },
  {
    word: 'tour_import',
    as: 'lin',
    command: (stage) => ({
      path: IMPORT,
      values: {},
      files: [fiftyOrders(shopNow(stage.live, performance.now()), stage.live.state.timeZone)],
    }),
    done: used(IMPORT),
  },
  { word: 'tour_clock', as: 'lin', clock: true, done: () => false },
  { word: 'tour_yours', as: 'lin', done: () => false },
];

export function Tour(props: TourStage & { readonly end: () => void }): JSX.Element | null {
  const { live, locale, acted, show, prepare, end } = props;
  const t = wordsIn(locale);
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const step = STEPS[at];
  const person = live.state.people.find(({ key }) => key === step?.as);
  const isLast = at === STEPS.length - 1;
  const next = () => (isLast ? end() : setAt(at + 1));
  useEffect(() => {
    if (!step || !person || acted?.userId !== person.id || !acted.result.ok) return;
    if (step.done(acted.action)) next();
  }, [acted]);
  useEffect(() => {
    if (!step || !person) return;
    const place = step.dm ? dmOf(live, person.id)?.id : person.homeId;
    show({ key: step.as, locale, ...(place && { place }) });
  }, [at, live.state.epoch]);
  if (!step) return null;
  const run = async () => {
    setBusy(true);
    if (step.clock) await moveClock({ move: 'next' });
    else if (step.command) prepare(await step.command(props));
    setBusy(false);
  };
  return (
    <aside class="tour" aria-label={t('tour')}>
      <div aria-live="polite">
        <b>
          {at + 1}/{STEPS.length}
        </b>{' '}
        {t(step.word)}
      </div>
      <span class="tour-buttons">
        {(step.command || step.clock) && (
          <button type="button" class="button primary" disabled={busy} onClick={() => void run()}>
            {t(step.clock ? 'tour_move_clock' : 'tour_fill_in')}
          </button>
        )}
        {at > 0 && (
          <button type="button" class="button secondary" onClick={() => setAt(at - 1)}>
            {t('back')}
          </button>
        )}
        <button type="button" class="button secondary" onClick={next}>
          {t(isLast ? 'end' : 'next')}
        </button>
      </span>
    </aside>
  );
}
