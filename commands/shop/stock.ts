// /shop stock and /shop restock: what is on hand, the warning level, and what has come in.
import { restock as addStock, setStock } from '../../src/app/stock.ts';
import { action, option } from '../../src/discord/command.ts';
import { show } from '../../src/discord/reply.ts';
import { givenText, productCard, stockListCard } from '../../src/discord/views/shop-stock.ts';
import { isRefusal, refuse } from '../../src/domain/refusal.ts';
import { maxPieces } from '../../src/domain/stock/product.ts';
import { suggestMerchant, suggestSku } from './suggest.ts';

const merchantOption = option.text({ suggest: suggestMerchant, max: 32 });

export const stock = action(
  {
    sku: option.text({ suggest: suggestSku, max: 64 }),
    set: option.integer({ min: 0, max: maxPieces }),
    'warn-below': option.integer({ min: 0, max: maxPieces }),
    merchant: merchantOption,
  },
  async (context, { sku, set, 'warn-below': warnBelow, merchant }) => {
    const changing = set !== undefined || warnBelow !== undefined;
    const found = await setStock(context.app, context.request, {
      ...(sku !== undefined && { sku }),
      ...(set !== undefined && { set }),
      ...(warnBelow !== undefined && { warnBelow }),
      ...(merchant !== undefined && { merchantId: merchant }),
    });
    if (isRefusal(found)) return found;
    const [only] = found.products;
    const alone = only && (sku !== undefined || found.total === 1);
    if (!alone) return show(stockListCard(context, found.products, found.total));
    const saved = changing ? context.t('shop.stock.saved') : undefined;
    return show(productCard(context, only, found.setAside, saved, givenText(context, found)));
  },
);

export const restock = action(
  {
    sku: option.text({ required: true, suggest: suggestSku, max: 64 }),
    quantity: option.integer({ required: true, min: 1, max: maxPieces }),
    merchant: merchantOption,
  },
  async (context, { sku, quantity, merchant }) => {
    const { app, request, t } = context;
    const asked = { sku, ...(merchant !== undefined && { merchantId: merchant }) };
    const receipt = await addStock(app, request, { ...asked, quantity });
    if (isRefusal(receipt)) return receipt;
    const found = await setStock(app, request, asked);
    if (isRefusal(found)) return found;
    const [product] = found.products;
    const done = t('shop.restock.done', { sku: receipt.sku, quantity, stock: receipt.stock });
    return product
      ? show(productCard(context, product, found.setAside, done, givenText(context, receipt)))
      : refuse('sku_not_found', { sku });
  },
);
