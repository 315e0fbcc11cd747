// What a merchant is told after reporting, restocking or snoozing.
import { timestamp } from '../../i18n/format.ts';
import { join, type Markup } from '../../i18n/markup.ts';
import { type Card, textCard } from '../card.ts';
import type { Words } from './items.ts';

export interface Spread {
  readonly affected: number;
  readonly told: number;
  readonly unlinked: number;
}

/** After `/shop stockout`. @param restockAt UTC epoch ms, where a date was given */
export function stockoutCard({ t }: Words, sku: string, spread: Spread, restockAt: number | undefined): Card {
  const { affected: count } = spread;
  return textCard(
    count > 0 ? 'soon' : 'neutral',
    count > 0 ? t('shop.stockout.done', { sku, count }) : t('shop.stockout.doneNone', { sku }),
    restockAt === undefined
      ? t('shop.stockout.noRestock')
      : t('shop.stockout.restockAt', { time: timestamp(restockAt, 'f') }),
    ...spreadLines({ t }, spread),
  );
}

/** After `/shop delay`. @param untilAt UTC epoch ms */
export function delayCard({ t }: Words, spread: Spread, untilAt: number): Card {
  const { affected: count } = spread;
  if (count === 0) return textCard('neutral', t('shop.delay.doneNone'));
  const done = t('shop.delay.done', { count, time: timestamp(untilAt, 'f') });
  return textCard('soon', done, ...spreadLines({ t }, spread));
}

function spreadLines({ t }: Pick<Words, 't'>, { affected, told, unlinked }: Spread): (Markup | undefined)[] {
  if (affected === 0) return [];
  return [
    told > 0 ? t('shop.incident.told', { count: told }) : undefined,
    unlinked > 0 ? t('shop.incident.unlinked', { count: unlinked }) : undefined,
    told > 0 ? t('shop.incident.answers') : undefined,
  ];
}

/** @param untilAt UTC epoch ms */
export function snoozedText({ t }: Pick<Words, 't'>, count: number, untilAt: number, by?: Markup): Markup {
  const text = t('shop.snooze.done', { count, time: timestamp(untilAt, 't') });
  return by ? join([by, text], ' · ') : text;
}
