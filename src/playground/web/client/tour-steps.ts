// The steps of the guided tour: who one is in each, what is put into one's hands, and when it is done.
import type { Action } from '../protocol.ts';
import { act, moveClock } from './api.ts';
import { type Live, shopNow } from './live.ts';
import { IMPORT } from './own-orders.ts';
import type { Prepared } from './pane.tsx';
import type { SampleOrders } from './sample-orders.ts';
import type { Locale, Word } from './words.ts';

/** What a step plays on. */
export interface Stage {
  readonly live: Live;
  readonly locale: Locale;
  readonly orders: SampleOrders;
}

/** Told how far it is. */
export type Tell = (progress: string) => void;

export interface Step {
  readonly word: Extract<Word, `tour_${string}`>;
  /** Who one is in this step, and whether in their direct messages. */
  readonly as: string;
  readonly dm?: true;
  /** The command put into the composer. */
  readonly command?: (stage: Stage) => Promise<Prepared> | Prepared;
  /** What happens in the shop at the press of a button; `stays`: it may be pressed again. */
  readonly happens?: {
    readonly word: Word;
    readonly run: (stage: Stage, tell: Tell) => Promise<void>;
    readonly stays?: true;
  };
  /** Whether this was it. */
  readonly done?: (action: Action) => boolean;
}

const DAY_MS = 86_400_000;
const used = (path: string) => (action: Action) => action.kind === 'command' && action.path === path;
/** By the tags of the bot's buttons: a button that only asks back is none of them. */
const pressed =
  (...tags: readonly string[]) =>
  (action: Action) =>
    action.kind === 'press' && tags.some((tag) => action.customId.startsWith(`${tag}:`));
const settled = pressed('order.wait', 'order.swap_yes', 'order.refund_yes');

function dayIn(stage: Stage, days: number): string {
  return new Date(shopNow(stage.live, performance.now()) + days * DAY_MS).toISOString().slice(0, 10);
}

const personAt = ({ live }: Stage, key: string) => live.state.people.find((person) => person.key === key);

/** The full number of an order, as the bot suggests it to that person. */
async function orderEnding(stage: Stage, key: string, path: string, end: string): Promise<string> {
  const { id = '', homeId = '' } = personAt(stage, key) ?? {};
  const action = { kind: 'autocomplete', channelId: homeId, path, values: {}, option: 'order', typed: end } as const;
  const asked = await act({ as: id, locale: stage.locale, action });
  const [first] = asked.ok && asked.shows === 'choices' ? asked.choices : [];
  return String(first?.value ?? end);
}

/** The buyers of the orders brought in link them, each in the channel where buyers ask. */
async function linkAll(stage: Stage, tell: Tell): Promise<void> {
  const { locale, orders } = stage;
  const { homeId = '' } = personAt(stage, 'wang') ?? {};
  let linked = 0;
  const link = async ({ userId, order, proof }: SampleOrders['links'][number]) => {
    const values = { order, proof };
    await act({ as: userId, locale, action: { kind: 'command', channelId: homeId, path: '/order link', values } });
    linked += 1;
    tell(`${linked}/${orders.links.length}`);
  };
  await Promise.all(orders.links.map(link));
}

export const STEPS: readonly Step[] = [
  {
    word: 'tour_status',
    as: 'wang',
    command: () => ({ path: '/order status', values: {} }),
    done: used('/order status'),
  },
  { word: 'tour_wait', as: 'wang', done: settled },
  {
    word: 'tour_import',
    as: 'lin',
    command: ({ orders }) => ({ path: IMPORT, values: {}, files: [orders.file] }),
    done: used(IMPORT),
  },
  { word: 'tour_link', as: 'lin', happens: { word: 'tour_let_link', run: linkAll } },
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
  { word: 'tour_swap', as: 'anna', dm: true, done: settled },
  { word: 'tour_refund', as: 'wang', dm: true, done: settled },
  {
    word: 'tour_compensate',
    as: 'qing',
    command: async (stage) => ({
      path: '/compensate',
      values: {
        order: await orderEnding(stage, 'qing', '/compensate', '342391'),
        reason: 'out_of_stock',
      },
    }),
    done: used('/compensate'),
  },
  { word: 'tour_confirm', as: 'qing', done: pressed('compensate.yes') },
  {
    word: 'tour_clock',
    as: 'lin',
    happens: { word: 'tour_move_clock', run: () => moveClock({ move: 'next' }), stays: true },
  },
  { word: 'tour_yours', as: 'lin' },
];
