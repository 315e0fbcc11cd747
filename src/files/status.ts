// What an order's status columns say together.
import type { AfterSales, DraftState } from '../domain/order-draft.ts';
import { statusKey } from './cells/text.ts';
import type { StatusColumn, StatusMeaning } from './format.ts';
import type { Column } from './header.ts';
import type { OrderCells } from './order-cells.ts';

/** Where columns say different things, the one that stands higher counts: a cancelled order is not to ship. */
const STATE_RANK: Readonly<Record<DraftState, number>> = {
  to_ship: 1,
  on_hold: 2,
  unpaid: 3,
  shipped: 4,
  delivered: 5,
  cancelled: 6,
};
const AFTER_SALES_RANK: Readonly<Record<AfterSales, number>> = { none: 0, processing: 1, refunding: 2, refunded: 3 };

export interface Status {
  readonly state: DraftState;
  readonly afterSales: AfterSales;
  /** Nothing has been paid yet, and it is to be paid for on delivery. */
  readonly paysOnDelivery: boolean;
}

/** Rejected through `cells`: unknown words, rows of one order that disagree, a needed cell left empty. */
export function readStatus(cells: OrderCells): Status {
  let state: DraftState = 'to_ship';
  let afterSales: AfterSales = 'none';
  const meanings = cells.layout.statuses.map(({ rule, column }) => meaningOf(cells, rule, column));
  const paysOnDelivery = meanings.some((meaning) => meaning.paysOnDelivery) && meanings.some(isUnpaid);
  for (const meaning of paysOnDelivery ? meanings.filter((one) => !isUnpaid(one)) : meanings) {
    if (meaning.note !== undefined) cells.note({ code: meaning.note, row: cells.firstRow });
    if (meaning.state !== undefined && STATE_RANK[meaning.state] > STATE_RANK[state]) state = meaning.state;
    if (meaning.afterSales !== undefined && AFTER_SALES_RANK[meaning.afterSales] > AFTER_SALES_RANK[afterSales]) {
      afterSales = meaning.afterSales;
    }
  }
  if (paysOnDelivery && STATE_RANK[state] < STATE_RANK.unpaid) {
    cells.note({ code: 'pays_on_delivery', row: cells.firstRow });
  }
  return { state, afterSales, paysOnDelivery };
}

function isUnpaid({ state }: StatusMeaning): boolean {
  return state === 'unpaid';
}

function meaningOf(cells: OrderCells, rule: StatusColumn, column: Column): StatusMeaning {
  const cell = cells.agreed(column, statusKey);
  if (cell === undefined) {
    if (rule.whenEmpty === undefined && rule.needed)
      cells.reject(cells.firstRow, { code: 'cell_missing' }, column.header);
    return rule.whenEmpty ?? {};
  }
  const word = rule.words.get(cell.text) ?? rule.words.get(statusKey(cell.text));
  const meaning = rule.whenFilled ?? word ?? rule.otherwise;
  if (meaning === undefined) cells.rejectCell(cell, 'state_unknown');
  return meaning ?? {};
}
