// Orders, pieces and money: what must hold of them between one moment and the next.
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { keyOf } from '../../../src/app/collections.ts';
import type { Order } from '../../../src/domain/order/order.ts';
import { isRefusal } from '../../../src/domain/refusal.ts';
import { guild } from '../../support/app.ts';
import { type Act, type Sku, skus } from './acts.ts';
import { recordIn, recordsIn } from './changed.ts';
import { type MerchantId, merchantIds, type Tables } from './world.ts';

/** What people see on a card: all but what the sweep and the shelf note for themselves. */
function visible(order: Order): unknown {
  const { version: _, wakeAt: _wake, reminded: _reminded, snoozedUntil: _snoozed, trouble, ...rest } = order;
  const { remindedAt: _asked, ...said } = trouble ?? {};
  return { ...rest, said, lines: order.lines.map(({ reserved: _pieces, ...line }) => line) };
}

/** A card is out of date exactly when something on it has changed. */
export function checkVersions(before: Tables, after: Tables): void {
  for (const order of recordsIn(after, 'orders')) {
    const known = recordIn(before, 'orders', order.id);
    if (!known || known === order) continue;
    const isOutdated = order.version > known.version;
    expect(isOutdated, `${order.id}: the version`).toBe(!isDeepStrictEqual(visible(known), visible(order)));
  }
}

/** How many pieces came in; undefined where a count was set. */
export type CameIn = (merchantId: MerchantId, sku: Sku) => number | undefined;

export function cameIn(act: Act, answer: unknown): CameIn {
  return (merchantId, sku) => {
    if (isRefusal(answer)) return 0;
    const isAbout = (act.do === 'setStock' || act.do === 'restock') && act.shop === merchantId && act.sku === sku;
    if (!isAbout) return 0;
    return act.do === 'restock' ? act.quantity : act.set === undefined ? 0 : undefined;
  };
}

const isToShip = ({ state }: Order) => state === 'to_ship' || state === 'on_hold';

/** Pieces free, set aside and gone make up what there was and what came in. */
export function checkPieces(before: Tables, after: Tables, came: CameIn): void {
  for (const merchantId of merchantIds) {
    for (const sku of skus) {
      const gained = came(merchantId, sku);
      if (gained !== undefined) checkSku(before, after, merchantId, sku, gained);
    }
  }
  for (const { id, state, shippedAt, lines } of recordsIn(after, 'orders')) {
    const isGivenUp = state === 'closed' && shippedAt === undefined;
    for (const { reserved = 0, quantity } of lines) {
      expect(reserved, `${id}: set aside`).toBeLessThanOrEqual(isGivenUp ? 0 : quantity);
    }
  }
}

function checkSku(before: Tables, after: Tables, merchantId: MerchantId, sku: Sku, gained: number): void {
  const key = keyOf(guild, merchantId, sku);
  const [had, has] = [recordIn(before, 'products', key), recordIn(after, 'products', key)];
  const hasLeft = ({ id, state }: Order) => {
    const known = recordIn(before, 'orders', id);
    return (state === 'shipped' || state === 'delivered') && known !== undefined && isToShip(known);
  };
  const setAside = (tables: Tables, which: (order: Order) => boolean) =>
    recordsIn(tables, 'orders')
      .filter((order) => order.merchantId === merchantId && which(order))
      .flatMap(({ lines }) => lines)
      .reduce((sum, line) => sum + (line.sku === sku ? (line.reserved ?? 0) : 0), 0);
  const were = (had?.stock ?? 0) + setAside(before, isToShip) + gained;
  const are = (has?.stock ?? 0) + setAside(after, isToShip) + setAside(after, hasLeft);
  const isOut = has?.stockOutIncidentId !== undefined || had?.stockOutIncidentId !== undefined;
  if (isOut) expect(are, `${sku}: none come from nowhere`).toBeLessThanOrEqual(were);
  else expect(are, `${sku}: none is lost or doubled`).toBe(were);
  if (has?.stockOutIncidentId !== undefined) expect(has.stock ?? 0, `${sku} is out of stock`).toBe(0);
}

/** Nobody gets more than they paid, and the books say of each refund, voucher and dearer swap what is so. */
export function checkMoney(tables: Tables, mostPaid: ReadonlyMap<string, number>): void {
  const refunds = recordsIn(tables, 'refunds');
  const balance = (currency: string, account: string) =>
    recordIn(tables, 'balances', keyOf(guild, currency, account))?.amountMinor ?? 0;
  for (const { id, currency, state, amountMinor } of refunds) {
    expect(balance(currency, `refund:${id}`), `refund ${id}`).toBe(state === 'due' ? amountMinor : 0);
  }
  for (const { id, currency, amountMinor } of recordsIn(tables, 'vouchers')) {
    expect(balance(currency, `voucher:${id}`), `voucher ${id}`).toBe(amountMinor);
  }
  for (const { id, state, lines } of recordsIn(tables, 'orders')) {
    const own = refunds.filter(({ orderId }) => orderId === id);
    const inAll = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(inAll, `${id}: given back`).toBeLessThanOrEqual(mostPaid.get(id) ?? 0);
    expect(own.filter(({ kind }) => kind === 'full').length).toBeLessThanOrEqual(1);
    const booked = recordsIn(tables, 'balances').filter(({ account }) => account === `goods:${id}`);
    const borne = state === 'closed' ? 0 : lines.reduce((sum, { forgoneMinor = 0 }) => sum + forgoneMinor, 0);
    const isSo = booked.map(({ amountMinor }) => amountMinor).filter((amountMinor) => amountMinor !== 0);
    expect(isSo, `${id}: what the merchant bears`).toEqual(borne === 0 ? [] : [borne]);
  }
}
