// An order in one line of plain text, for suggestions and selects.
import { factsOf } from '../../domain/order/facts.ts';
import type { Order } from '../../domain/order/order.ts';
import { shortName } from '../../i18n/format.ts';
import { markOf, type Words } from './items.ts';

/** How it stands, in a few plain words. */
export function stateLabel({ t, f }: Words, order: Order, now: number): string {
  const { standing, msLeft = 0 } = factsOf(order, now);
  const waiting = standing === 'on_time' && order.shipBy?.indefinite;
  return t.plain(`order.list.state.${waiting ? 'waiting' : standing}`, { duration: f.duration(msLeft) });
}

/** Number, first product and state: `1001 · Black tea · 3 hours late`. */
export function orderLabel(words: Words, order: Order, now: number): string {
  const { standing } = factsOf(order, now);
  const name = shortName(order.lines[0]?.name || order.lines[0]?.sku || '', 24);
  return `${markOf(standing)} ${order.number} · ${name} · ${stateLabel(words, order, now)}`;
}
