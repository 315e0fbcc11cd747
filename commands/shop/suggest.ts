// What is suggested while a merchant types: their SKUs, carriers, and the merchants they act for.
import { helpFor } from '../../src/app/help.ts';
import { suggestSkus } from '../../src/app/stock.ts';
import type { Suggest } from '../../src/discord/command.ts';
import { carrierName } from '../../src/discord/views/items.ts';
import { CARRIERS, findCarrier } from '../../src/domain/carrier.ts';

/** The last of a list separated by commas: what stands before it is kept. */
export const suggestSkuList: Suggest = async (context, typed, others) => {
  const parts = typed.split(/[,，]/);
  const kept = parts.slice(0, -1).map((part) => part.trim());
  const before = kept.map((sku) => `${sku}, `).join('');
  const found = await suggestSku(context, parts.at(-1)?.trim() ?? '', others);
  return found
    .filter(({ value }) => !kept.includes(value))
    .map(({ name, value }) => ({ name: `${before}${name}`, value: `${before}${value}` }));
};

export const suggestSku: Suggest = async ({ app, request }, typed, { merchant }) => {
  const products = await suggestSkus(app, request, typed, merchant || undefined);
  return products.map(({ sku, name }) => ({ name: `${sku} ${name}`, value: sku }));
};

export const suggestCarrier: Suggest = async ({ t }, typed) => {
  const exact = findCarrier(typed);
  const wanted = typed.trim().toLowerCase();
  const found = CARRIERS.filter(
    (carrier) =>
      carrier === exact ||
      [carrier.id, carrier.nameZh, carrier.nameEn, ...carrier.aliases].some((name) =>
        name.toLowerCase().includes(wanted),
      ),
  );
  const offered = found.length > 0 ? found : CARRIERS.filter(({ id }) => id === 'other');
  return offered.map((carrier) => ({ name: carrierName(t, carrier.id), value: carrier.id }));
};

export const suggestMerchant: Suggest = async ({ app, request }, typed) => {
  const { merchants } = await helpFor(app, request);
  const wanted = typed.trim().toLowerCase();
  return merchants
    .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted))
    .map(({ id, name }) => ({ name: `${name} (${id})`, value: id }));
};
