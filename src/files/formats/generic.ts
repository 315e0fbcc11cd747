// Makegood's own plain table, for shops whose marketplace has no format here yet. Documented in src/files/README.md.
import { statusKey } from '../cells/text.ts';
import { type FileFormat, statusWords } from '../format.ts';

export const generic: FileFormat = {
  name: 'generic',
  fields: {
    order: ['order', 'order_number', 'order_no', 'order_id', '订单号', '订单编号'],
    paidAt: ['paid_at', 'payment_time', '支付时间', '付款时间', '成交时间'],
    promisedShipAt: ['ship_by', 'promised_ship_at', '承诺发货时间', '最晚发货时间'],
    shippedAt: ['shipped_at', '发货时间'],
    deliveredAt: ['delivered_at', '签收时间', '确认收货时间'],
    currency: ['currency', '币种', '货币'],
    paid: ['paid', 'paid_amount', 'total', '实付金额', '实付'],
    sku: ['sku', '商家编码', '商品编码', 'product', '商品', '商品名称'],
    product: ['product', 'product_name', '商品', '商品名称'],
    spec: ['spec', 'variant', '规格', '商品规格'],
    quantity: ['quantity', 'qty', '数量', '商品数量'],
    unitPrice: ['unit_price', 'price', '单价'],
    buyerName: ['buyer_name', 'recipient', '收货人', '收件人'],
    phone: ['phone', '手机', '电话'],
    email: ['email', '邮箱'],
    region: ['region', 'province', '省', '省份'],
    address: ['address', '地址', '收货地址'],
    carrier: ['carrier', '快递公司', '承运商'],
    tracking: ['tracking', 'tracking_number', '快递单号', '运单号'],
    merchantNote: ['note', 'merchant_note', '商家备注'],
    buyerNote: ['buyer_note', '买家留言'],
    presale: ['presale', '预售', '是否预售'],
  },
  needed: ['order', 'currency', 'paid', 'quantity', 'sku'],
  signature: [],
  statuses: [
    {
      headers: ['state', 'status', 'order_status', '状态', '订单状态'],
      needed: true,
      words: statusWords(
        [
          [['unpaid', '待付款'], { state: 'unpaid' }],
          [['to_ship', 'paid', 'unfulfilled', '待发货'], { state: 'to_ship' }],
          [['on_hold', '审核中', '暂停发货'], { state: 'on_hold' }],
          [['part_shipped', '部分发货'], { state: 'to_ship', note: 'part_shipped' }],
          [['shipped', 'fulfilled', '已发货', '已发货，待收货'], { state: 'shipped' }],
          [['delivered', 'completed', '已收货', '已签收', '已完成'], { state: 'delivered' }],
          [['cancelled', 'canceled', 'closed', '已取消', '已关闭'], { state: 'cancelled' }],
          [['refunded', '已退款', '未发货，退款成功'], { state: 'cancelled', afterSales: 'refunded' }],
        ],
        statusKey,
      ),
    },
    {
      headers: ['after_sales', '售后状态', '售后'],
      needed: false,
      whenEmpty: {},
      words: statusWords(
        [
          [['none', '无', '无售后'], {}],
          [['processing', 'requested', '售后处理中'], { afterSales: 'processing' }],
          [['refunding', '退款中'], { afterSales: 'refunding' }],
          [['refunded', '退款成功', '已退款'], { afterSales: 'refunded' }],
        ],
        statusKey,
      ),
    },
  ],
  // Letters, digits and `#._/-` with at least one digit, 64 characters at most.
  orderNumber: /^(?=\P{N}{0,63}\p{N})[\p{L}\p{N}#._/-]{1,64}$/u,
  paidPer: 'order',
  addressJoin: ' ',
};
