// Shopify's orders_export.csv: a row per line item, the order's own cells on its first row only.
import { statusKey } from '../cells/text.ts';
import { type FileFormat, statusWords } from '../format.ts';

export const shopify: FileFormat = {
  name: 'shopify',
  fields: {
    order: ['Name'],
    paidAt: ['Paid at', 'Created at'],
    shippedAt: ['Fulfilled at'],
    currency: ['Currency'],
    paid: ['Total'],
    outstanding: ['Outstanding Balance'],
    refunded: ['Refunded Amount'],
    sku: ['Lineitem sku', 'Lineitem name'],
    product: ['Lineitem name'],
    quantity: ['Lineitem quantity'],
    unitPrice: ['Lineitem price'],
    buyerName: ['Shipping Name', 'Billing Name'],
    phone: ['Shipping Phone', 'Phone', 'Billing Phone'],
    email: ['Email'],
    region: ['Shipping Province Name', 'Shipping Province'],
    address: ['Shipping Street', 'Shipping City', 'Shipping Province', 'Shipping Zip', 'Shipping Country'],
    buyerNote: ['Notes'],
  },
  needed: ['order', 'paid', 'currency', 'quantity', 'product'],
  signature: ['Lineitem name', 'Lineitem quantity', 'Financial Status'],
  statuses: [
    {
      headers: ['Financial Status'],
      needed: true,
      words: statusWords(
        [
          [['paid', 'partially_paid'], {}],
          [['pending', 'authorized', 'unpaid'], { state: 'unpaid' }],
          [['partially_refunded'], { note: 'part_refunded' }],
          [['refunded'], { afterSales: 'refunded' }],
          [['voided', 'expired'], { state: 'cancelled' }],
        ],
        statusKey,
      ),
    },
    {
      headers: ['Fulfillment Status'],
      needed: true,
      whenEmpty: { state: 'to_ship' },
      words: statusWords(
        [
          [['unfulfilled', 'scheduled', 'in_progress', 'open', 'pending_fulfillment'], { state: 'to_ship' }],
          // "Every line item in the order has been restocked and the order canceled."
          [['restocked'], { state: 'cancelled' }],
          [['partial', 'partially_fulfilled'], { state: 'to_ship', note: 'part_shipped' }],
          [['on_hold'], { state: 'on_hold' }],
          [['fulfilled'], { state: 'shipped' }],
          [['request_declined'], { state: 'to_ship' }],
        ],
        statusKey,
      ),
    },
    {
      // Its orders are `pending` until the carrier has handed the money on; those of a bank deposit until it has come in.
      headers: ['Payment Method'],
      needed: false,
      whenEmpty: {},
      words: statusWords(
        [
          [
            ['Cash on Delivery (COD)', 'Cash on Delivery', 'COD', '货到付款', '貨到付款', '代金引換'],
            { paysOnDelivery: true },
          ],
        ],
        statusKey,
      ),
      otherwise: {},
    },
    { headers: ['Cancelled at'], needed: false, words: new Map(), whenEmpty: {}, whenFilled: { state: 'cancelled' } },
  ],
  // `#1001` with whatever prefix and suffix the shop has chosen.
  orderNumber: /^(?=\P{N}{0,63}\p{N})[\p{L}\p{N}#](?:[\p{L}\p{N}#._/ -]{0,62}[\p{L}\p{N}#._/-])?$/u,
  paidPer: 'first_row',
  addressJoin: ', ',
};
