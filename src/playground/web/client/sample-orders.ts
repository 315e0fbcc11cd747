// Fifty orders as Pinduoduo exports them, for the tour's import.

const COLUMNS =
  '商品,订单号,订单状态,商品总价(元),用户实付金额(元),商品数量(件),收货人,手机,支付时间,承诺发货时间,样式ID,商家编码-SKU维度,售后状态';
const HOUR_MS = 3_600_000;
const COUNT = 50;

/** `YYYY-MM-DD HH:mm:ss` in a time zone. */
function written(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(at);
}

/** @param now the shop's time, UTC epoch ms: the orders were paid in the last day and fall due in the next */
export function fiftyOrders(now: number, timeZone: string): File {
  const rows = Array.from({ length: COUNT }, (_, index) => {
    const paidAt = now - 24 * HOUR_MS + index * 0.25 * HOUR_MS;
    const day = written(paidAt, timeZone).slice(2, 10).replaceAll('-', '');
    const serial = String(607198974350000 + index);
    const phone = `1380000${String(1000 + index)}`;
    const dueAt = paidAt + 48 * HOUR_MS;
    return `手工红茶礼盒,${day}-${serial},待发货,68.00,68.00,1,买家${index + 1},${phone},${written(paidAt, timeZone)},${written(dueAt, timeZone)},70011,HC-LH-01,无售后或售后取消`;
  });
  return new File([`${[COLUMNS, ...rows].join('\n')}\n`], 'orders-50.csv', { type: 'text/csv' });
}
