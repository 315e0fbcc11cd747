// Finding an order by its number, and suggesting some, on a server with many merchants.
import { expect, it } from 'vitest';
import { caseFile } from '../../src/app/case-file.ts';
import { suggestOrders } from '../../src/app/list-orders.ts';
import { orderStatus } from '../../src/app/order-status.ts';
import { ask, asStaff, startOfTest, testApp } from '../support/app.ts';
import { granted } from '../support/granted.ts';
import { buyer, hourMs, linkedTo, merchant, order, setUpShop } from '../support/orders.ts';

const idOf = (n: number) => `shop${String(n).padStart(2, '0')}`;
const merchants = Array.from({ length: 40 }, (_, n) => merchant({ id: idOf(n), memberIds: [] }));

it('finds one’s own order however many merchants have one of that number', async () => {
  const app = testApp();
  const orders = merchants.map(({ id }, n) => order(n, { merchantId: id, number: '1001', ...linkedTo(buyer(n)) }));
  await setUpShop(app, { merchants, orders });
  for (const n of [0, 24, 25, 39]) {
    expect((await granted(orderStatus(app, ask(buyer(n)), { order: '1001' }))).order.id).toBe(`order${n}`);
    expect((await granted(caseFile(app, asStaff(), { order: `${idOf(n)}/1001` }))).order.id).toBe(`order${n}`);
  }
  const asked = await caseFile(app, asStaff(), { order: '1001' });
  expect(asked).toMatchObject({ refused: 'order_ambiguous' });
});

it('finds one’s own order as it is meant, also where another merchant has one of exactly that number', async () => {
  const app = testApp();
  const hash = order(1, { merchantId: idOf(1), number: '#1001', ...linkedTo(buyer(1)) });
  const bare = order(2, { merchantId: idOf(2), number: '1001', ...linkedTo(buyer(2)) });
  await setUpShop(app, { merchants, orders: [hash, bare] });
  const found = async (n: number, typed: string) =>
    (await granted(orderStatus(app, ask(buyer(n)), { order: typed }))).order.id;
  for (const typed of ['1001', '#1001', '１００１', `${idOf(1)}/1001`]) expect(await found(1, typed)).toBe('order1');
  for (const typed of ['1001', `${idOf(2)}/１００１`]) expect(await found(2, typed)).toBe('order2');
  expect(await orderStatus(app, ask(buyer(2)), { order: '#1001' })).toMatchObject({ refused: 'order_not_found' });
  expect((await granted(caseFile(app, asStaff(), { order: '1001' }))).order.id).toBe('order2');
});

it('suggests the most urgent orders, whose merchants they may be', async () => {
  const app = testApp();
  const due = (hours: number) => ({ shipBy: { at: startOfTest + hours * hourMs, basis: 'promised' as const } });
  // One merchant has thirty orders that press, each of the others one that does not.
  const pressing = Array.from({ length: 30 }, (_, n) => order(n, { merchantId: idOf(0), ...due(n) }));
  const others = merchants.slice(1).map(({ id }, n) => order(100 + n, { merchantId: id, ...due(500 + n) }));
  await setUpShop(app, { merchants, orders: [...others, ...pressing] });
  const suggested = await suggestOrders(app, asStaff(), { typed: '', role: 'staff' });
  expect(suggested.map(({ order: { id } }) => id)).toEqual(pressing.slice(0, 25).map(({ id }) => id));
});
