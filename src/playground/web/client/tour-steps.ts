// The steps of the guided tour: who one is in each, what is put into one's hands, and when it is done.
import { act, moveClock } from './api.ts';
import { type Live, shopNow } from './live.ts';
import { importPath } from './own-orders.ts';
import type { Prepared } from './pane.tsx';
import { ordersFile, type SampleOrders } from './sample-orders.ts';
import { isAbout, type Told } from './tour-walk.ts';
import type { Locale, Word } from './words.ts';

/** What a step plays on. */
export interface Stage {
  readonly live: Live;
  readonly locale: Locale;
  readonly orders: SampleOrders;
}

/** Told how far it is. */
export type Tell = (progress: string) => void;

/** What happens in the shop at the press of a button. */
export interface Happening {
  readonly word: Word;
  readonly run: (stage: Stage, tell: Tell) => Promise<void>;
}

export type StepWord = Extract<Word, `tour_${string}`>;

/** A button on a card about an order. */
export interface Choice {
  /** Its tag. */
  readonly press: string;
  /** The end of the order's number. */
  readonly order: string;
}

export interface Step {
  readonly word: StepWord;
  /** Who one is in this step, and whether in their direct messages. */
  readonly as: string;
  readonly dm?: true;
  /** The step it goes on from. */
  readonly after?: StepWord;
  /** The command put into the composer. */
  readonly command?: (stage: Stage) => Promise<Prepared> | Prepared;
  /** Once for the step to be done, or as often as one likes where there is no `done`. */
  readonly happens?: readonly Happening[];
  /** The button to be pressed. */
  readonly choice?: Choice;
  /** Whether what it asks for was done. */
  readonly done?: (told: Told) => boolean;
}

const dayMs = 86_400_000;
const stockout = '/shop stockout';
const teaSku = 'HC-LH-01';
/** Past the date the stock-out promises. */
const restockDays = 4;
/** The ends of order numbers: the first person's late tea, and Anna's. */
const lateTea = '342268';
const annasTea = '342391';

const used =
  (by: string, what: string, option?: string, value = '') =>
  ({ deeds }: Told) =>
    deeds.some(
      (deed) =>
        deed.by === by && deed.what === what && (!option || String(deed.values?.[option] ?? '').endsWith(value)),
    );

function dayIn(stage: Stage, days: number): string {
  return new Date(shopNow(stage.live, performance.now()) + days * dayMs).toISOString().slice(0, 10);
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

export const steps: readonly Step[] = [
  {
    word: 'tour_status',
    as: 'wang',
    command: () => ({ path: '/order status', values: {} }),
    done: used('wang', '/order status'),
  },
  { word: 'tour_wait', as: 'wang', after: 'tour_status', choice: { press: 'order.wait', order: lateTea } },
  {
    word: 'tour_import',
    as: 'lin',
    command: ({ orders }) => ({ path: importPath, values: {}, files: [orders.file] }),
    done: ({ live, deeds }) =>
      deeds.some(({ by, what, on }) => by === 'lin' && what === importPath && isAbout(live, on, ordersFile)),
  },
  {
    word: 'tour_link',
    as: 'lin',
    after: 'tour_import',
    happens: [{ word: 'tour_let_link', run: linkAll }],
    done: used('lin', 'tour_link'),
  },
  {
    word: 'tour_stockout',
    as: 'lin',
    command: (stage) => ({
      path: stockout,
      values: {
        sku: teaSku,
        reason: 'supplier',
        restock: dayIn(stage, restockDays),
        substitutes: 'BC-LH-01',
      },
    }),
    done: used('lin', stockout, 'sku', teaSku),
  },
  {
    word: 'tour_swap',
    as: 'anna',
    dm: true,
    after: 'tour_stockout',
    choice: { press: 'order.swap_yes', order: annasTea },
  },
  {
    word: 'tour_refund',
    as: 'wang',
    dm: true,
    after: 'tour_stockout',
    choice: { press: 'order.refund_yes', order: lateTea },
  },
  {
    word: 'tour_compensate',
    as: 'qing',
    after: 'tour_stockout',
    command: async (stage) => ({
      path: '/compensate',
      values: {
        order: await orderEnding(stage, 'qing', '/compensate', annasTea),
        reason: 'out_of_stock',
      },
    }),
    done: used('qing', '/compensate', 'order', annasTea),
  },
  {
    word: 'tour_confirm',
    as: 'qing',
    after: 'tour_compensate',
    choice: { press: 'compensate.yes', order: annasTea },
  },
  {
    word: 'tour_clock',
    as: 'lin',
    happens: [
      { word: 'tour_move_clock', run: () => moveClock({ move: 'next' }) },
      { word: 'tour_move_past', run: () => moveClock({ move: 'by', ms: (restockDays + 1) * dayMs }) },
    ],
  },
  { word: 'tour_yours', as: 'lin' },
];
