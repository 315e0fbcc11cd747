// Makes Shopify orders_export.csv files: a row per line item, the order's own cells on its first row only.

const HEADER =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Street,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Cancelled at,Payment Method,Refunded Amount,Outstanding Balance,Id,Tags';

export interface ShopifyLine {
  readonly name: string;
  readonly sku?: string;
  readonly quantity: number;
  readonly price: string;
}

/** `cells` are order-level cells by header, laid over a plain paid, unfulfilled order. */
export interface ShopifyOrder {
  readonly name: string;
  readonly lines: readonly ShopifyLine[];
  readonly cells?: Readonly<Record<string, string>>;
}

export function shopifyCsv(orders: readonly ShopifyOrder[]): string {
  const header = HEADER.split(',');
  const rows = orders.flatMap((order) =>
    order.lines.map((line, index) => {
      const cells: Record<string, string> = {
        ...(index === 0 ? orderCells(order) : {}),
        Name: order.name,
        'Lineitem quantity': String(line.quantity),
        'Lineitem name': line.name,
        'Lineitem price': line.price,
        'Lineitem sku': line.sku ?? '',
      };
      return header.map((column) => csvCell(cells[column] ?? '')).join(',');
    }),
  );
  return [HEADER, ...rows, ''].join('\n');
}

function orderCells(order: ShopifyOrder): Record<string, string> {
  return {
    Email: 'buyer@example.invalid',
    'Financial Status': 'paid',
    'Paid at': '2026-06-05 10:00:00 -0400',
    'Fulfillment Status': 'unfulfilled',
    Currency: 'USD',
    Total: '25.00',
    'Created at': '2026-06-05 09:59:00 -0400',
    'Shipping Name': 'Ada Example',
    'Shipping Street': '1 Main St, Apt 2',
    'Shipping City': 'Springfield',
    'Shipping Zip': "'01101",
    'Shipping Province': 'MA',
    'Shipping Country': 'US',
    'Shipping Phone': "'+1 413 555 0100",
    ...order.cells,
  };
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
