// A merchant's stock: all of it, low first, or one SKU.
import type { Given } from '../../app/stock.ts';
import type { Product } from '../../domain/stock/product.ts';
import { shortName } from '../../i18n/format.ts';
import { join, type Markup, md, ours } from '../../i18n/markup.ts';
import { type Card, marks, type Tone, textCard } from '../card.ts';
import type { Words } from './items.ts';

/** With title, count of the rest and hint: ten lines. */
const productsShown = 7;

type Level = 'out' | 'low' | 'enough' | 'uncounted';

const tones: Readonly<Record<Level, Exclude<Tone, 'neutral'>>> = {
  out: 'overdue',
  low: 'soon',
  enough: 'good',
  uncounted: 'closed',
};

function levelOf({ stock, warnBelow }: Product): Level {
  if (stock === undefined) return 'uncounted';
  if (stock === 0) return 'out';
  return warnBelow !== undefined && stock < warnBelow ? 'low' : 'enough';
}

/** @param products low first; @param total how many there are in all */
export function stockListCard(words: Words, products: readonly Product[], total: number): Card {
  const { t } = words;
  const [first] = products;
  if (!first) return textCard('neutral', t('shop.stock.empty'));
  const rest = total - Math.min(products.length, productsShown);
  return textCard(
    tones[levelOf(first)],
    md`**${t('shop.stock.title', { count: total })}**`,
    ...products.slice(0, productsShown).map((product) => productLine(words, product)),
    rest > 0 ? t('shop.stock.more', { count: rest }) : undefined,
    t('shop.stock.setHint'),
  );
}

/** What orders that were short of it got first. */
export function givenText({ t }: Pick<Words, 't'>, { given }: Given): Markup | undefined {
  return given && t('shop.restock.setAside', { count: given.pieces, orders: given.orders });
}

/** One SKU. @param setAside pieces of it that open orders have; @param said what was just done */
export function productCard(
  words: Words,
  product: Product,
  setAside: number | undefined,
  ...said: readonly (Markup | undefined)[]
): Card {
  const { t } = words;
  const { sku, name, warnBelow, substitutes, stockOutIncidentId } = product;
  return textCard(
    tones[levelOf(product)],
    ...said,
    md`**${t('shop.stock.oneTitle', { sku, name: shortName(name) })}**`,
    join([stateText(words, product), setAside ? t('shop.stock.setAside', { count: setAside }) : undefined]),
    warnBelow === undefined ? undefined : t('shop.stock.warnBelow', { count: warnBelow }),
    substitutes.length > 0
      ? t('shop.stock.substitutes', { list: join(substitutes, t.plain('common.list_separator')) })
      : undefined,
    stockOutIncidentId === undefined ? undefined : t('shop.stock.stockOut'),
    t('shop.stock.setHint'),
  );
}

function productLine(words: Words, product: Product): Markup {
  const { sku, name } = product;
  return join([md`${ours(marks[tones[levelOf(product)]])} ${sku} ${shortName(name, 20)}`, levelText(words, product)]);
}

function stateText(words: Words, product: Product): Markup {
  return md`${ours(marks[tones[levelOf(product)]])} ${levelText(words, product)}`;
}

function levelText({ t }: Words, product: Product): Markup {
  const level = levelOf(product);
  const pieces = product.stock === undefined ? undefined : t('shop.stock.pieces', { count: product.stock });
  return join([t(`shop.stock.${level}`), level === 'out' ? undefined : pieces]);
}
