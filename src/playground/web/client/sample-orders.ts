// Orders as Pinduoduo exports them, for the tour's import: one for each customer, who then links it as buyers do.
import type { ShownPerson } from '../protocol.ts';

const columns =
  '商品,订单号,订单状态,商品总价(元),用户实付金额(元),商品数量(件),收货人,手机,支付时间,承诺发货时间,样式ID,商家编码-SKU维度,售后状态';
export const ordersFile = 'fifty-orders.csv';
const hourMs = 3_600_000;
/** Paid at the same time: the merchant is reminded of them at once. */
const batch = 10;

export interface SampleOrders {
  readonly file: File;
  /** Whose order it is, and what proves it: the last four digits of the phone. */
  readonly links: readonly { readonly userId: string; readonly order: string; readonly proof: string }[];
}

/** `YYYY-MM-DD HH:mm:ss` in a time zone. */
function written(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(at);
}

/** @param now the shop's time, UTC epoch ms: the orders were paid in the last day, some at a time, and fall due in the next */
export function sampleOrders(customers: readonly ShownPerson[], now: number, timeZone: string): SampleOrders {
  const orders = customers.map(({ id, name }, index) => {
    const paidAt = now - (24 - 2.5 * Math.floor(index / batch)) * hourMs;
    const day = written(paidAt, timeZone).slice(2, 10).replaceAll('-', '');
    const order = `${day}-${607198974350000 + index}`;
    const proof = String(1000 + index);
    const times = `${written(paidAt, timeZone)},${written(paidAt + 48 * hourMs, timeZone)}`;
    const row = `手工红茶礼盒,${order},待发货,68.00,68.00,1,${name},1380000${proof},${times},70011,HC-LH-01,无售后或售后取消`;
    return { row, link: { userId: id, order, proof } };
  });
  const text = `${[columns, ...orders.map(({ row }) => row)].join('\n')}\n`;
  return {
    file: new File([text], ordersFile, { type: 'text/csv' }),
    links: orders.map(({ link }) => link),
  };
}
