// What a marketplace's export is, as a table: its columns, its words for states. A new format is one more file of data.
import type { AfterSales, DraftState } from '../domain/order-draft.ts';

export type SourceName = 'pinduoduo' | 'shopify' | 'generic';

/** What is read from a file. Columns not named by a format (identity cards, payment ids, …) are never looked at. */
export const FIELDS = [
  'order',
  'paidAt',
  'promisedShipAt',
  'shippedAt',
  'deliveredAt',
  'currency',
  'paid',
  /** Part of `paid` that has not come in yet. */
  'outstanding',
  /** Part of `paid` that has been given back. */
  'refunded',
  'sku',
  'product',
  'spec',
  'quantity',
  'unitPrice',
  /** Price of all pieces of the line. */
  'lineTotal',
  'buyerName',
  'phone',
  'email',
  'region',
  'address',
  'carrier',
  'tracking',
  'merchantNote',
  'buyerNote',
  'presale',
] as const;

export type Field = (typeof FIELDS)[number];

/** What one word in a status column says. */
export interface StatusMeaning {
  readonly state?: DraftState;
  readonly afterSales?: AfterSales;
  /** Paid for at the door: that nothing has come in yet does not keep the order from being shipped. */
  readonly paysOnDelivery?: true;
  readonly note?: 'part_shipped' | 'part_refunded';
}

/** A column that says something about the order's state. An order's state is what all of them say together. */
export interface StatusColumn {
  /** The spellings of its header. */
  readonly headers: readonly string[];
  readonly needed: boolean;
  /** Meanings by word and by `statusKey`. */
  readonly words: ReadonlyMap<string, StatusMeaning>;
  /** What any other word says; where absent, a word not in the table rejects the order. */
  readonly otherwise?: StatusMeaning;
  /** What an empty cell says; where absent, an empty cell in a needed column rejects the order. */
  readonly whenEmpty?: StatusMeaning;
  /** Columns whose being filled is all that counts, such as a date of cancellation. */
  readonly whenFilled?: StatusMeaning;
}

export interface FileFormat {
  readonly name: SourceName;
  /**
   * Headers per field, preferred first. The first filled cell among them counts, so the same list holds the spellings of
   * one column and what stands in for a column that is missing or empty. `address` joins all of them instead.
   */
  readonly fields: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** Fields without which the format cannot be read. */
  readonly needed: readonly Field[];
  /** Headers only this format has: one of them must be there for the format to be recognised by itself. */
  readonly signature: readonly string[];
  readonly statuses: readonly StatusColumn[];
  readonly orderNumber: RegExp;
  /** For files without a currency column. ISO 4217. */
  readonly currency?: string;
  /**
   * `line`: each row holds its line's share of the payment, and they add up. `order`: it stands once, or the same on each.
   * `first_row`: as the marketplace writes it, on the order's first row; filled in on others by hand it is the same there.
   */
  readonly paidPer: 'line' | 'order' | 'first_row';
  /** Between the parts of an address. */
  readonly addressJoin: string;
  /** The day (YYYY-MM-DD) told by the order number itself. */
  dayOfNumber?(number: string): string | undefined;
}

/**
 * Builds a status table from lines of "word, word, …" and one meaning. Each word stands in it as written, which is how
 * files have it, and by its `key`.
 */
export function statusWords(
  entries: readonly (readonly [words: readonly string[], meaning: StatusMeaning])[],
  key: (text: string) => string,
): ReadonlyMap<string, StatusMeaning> {
  const spellings = (word: string) => new Set([word, key(word)]);
  return new Map(
    entries.flatMap(([words, meaning]) =>
      words.flatMap((word) => [...spellings(word)].map((text) => [text, meaning] as const)),
    ),
  );
}
