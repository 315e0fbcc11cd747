// Pinduoduo's order export (拼多多订单导出), in all the forms seen: columns are the merchant's choice, in any order.
import { statusKey } from '../cells/text.ts';
import { type FileFormat, statusWords } from '../format.ts';

const YES_HOLD = statusWords(
  [
    [['是'], { state: 'on_hold' }],
    [['否'], {}],
  ],
  statusKey,
);

export const pinduoduo: FileFormat = {
  name: 'pinduoduo',
  fields: {
    order: ['订单号', '订单编号'],
    // The 48 hours run from the deal (成交, 确认), not from the order's making; payment stands in for it.
    paidAt: ['订单成交时间', '订单确认时间', '拼单成功时间', '支付时间', '订单支付时间'],
    promisedShipAt: ['承诺发货时间', '订单承诺发货时间'],
    shippedAt: ['发货时间'],
    deliveredAt: ['确认收货时间'],
    paid: ['用户实付金额(元)'],
    // The merchant's own code first; then codes that tell specs apart before those that do not.
    sku: ['商家编码-规格维度', '商家编码-SKU维度', '样式ID', '商家编码-商品维度', '商品id', '商品'],
    product: ['商品', '商品名称'],
    spec: ['商品规格'],
    quantity: ['商品数量(件)'],
    lineTotal: ['商品总价(元)'],
    buyerName: ['收货人', '收货人姓名'],
    phone: ['手机', '收货人电话', '收货人手机', '用户购买手机号'],
    region: ['省'],
    address: ['省', '市', '区', '街道', '街道/镇', '详细地址', '收货地址'],
    carrier: ['快递公司'],
    tracking: ['快递单号'],
    merchantNote: ['商家备注'],
    buyerNote: ['买家留言'],
    presale: ['是否预售'],
  },
  needed: ['order', 'paid', 'quantity', 'sku'],
  signature: [
    '用户实付金额(元)',
    '商家实收金额(元)',
    '多多支付立减金额(元)',
    '样式ID',
    '商家编码-规格维度',
    '商家编码-SKU维度',
  ],
  statuses: [
    {
      headers: ['订单状态'],
      needed: true,
      words: statusWords(
        [
          [['待付款', '待支付'], { state: 'unpaid' }],
          [['待发货'], { state: 'to_ship' }],
          [['已发货，待收货', '已发货，待签收', '已发货'], { state: 'shipped' }],
          [['已收货', '已签收'], { state: 'delivered' }],
          [['已取消'], { state: 'cancelled' }],
          // 未发货 ("not shipped") is in this one, yet nothing is to be shipped any more.
          [
            ['未发货，退款成功', '已取消，退款成功', '未成交，退款成功'],
            { state: 'cancelled', afterSales: 'refunded' },
          ],
          [['已发货，退款成功'], { state: 'shipped', afterSales: 'refunded' }],
          [['已收货，退款成功', '已签收，退款成功'], { state: 'delivered', afterSales: 'refunded' }],
        ],
        statusKey,
      ),
    },
    {
      headers: ['售后状态'],
      needed: false,
      whenEmpty: {},
      words: statusWords(
        [
          [
            ['无售后或售后取消', '无售后或售后关闭', '无售后', '无售后/取消售后', '取消售后', '售后取消', '售后关闭'],
            {},
          ],
          [['售后处理中'], { afterSales: 'processing' }],
          [['退款中'], { afterSales: 'refunding' }],
          [['退款成功'], { afterSales: 'refunded' }],
        ],
        statusKey,
      ),
    },
    // Under risk review the address is withheld and nothing can be shipped.
    { headers: ['是否审核中'], needed: false, whenEmpty: {}, words: YES_HOLD },
  ],
  orderNumber: /^\d{6}-\d{6,24}$/,
  currency: 'CNY',
  paidPer: 'line',
  addressJoin: '',
  dayOfNumber: (number) => `20${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(4, 6)}`,
};
