// What can be wrong with a file, with one of its rows, or worth saying about it: codes with data, worded in data/locales.

/**
 * Why a whole file cannot be used. Known before any order is handed out, so nothing has been changed; save `changed`, and
 * `unreadable` where memory gave out. `files.unusable.<code>`
 */
export type FileUnusable =
  /** Not there, not a file, or not allowed to be read. */
  | { readonly unusable: 'unreadable' }
  | { readonly unusable: 'empty' }
  /** While its orders were being handed out. */
  | { readonly unusable: 'changed' }
  | { readonly unusable: 'too_large'; readonly maxMegabytes: number }
  | { readonly unusable: 'too_many_rows'; readonly max: number }
  | { readonly unusable: 'too_many_columns'; readonly max: number; readonly row: number }
  | { readonly unusable: 'cell_too_large'; readonly max: number; readonly row: number }
  /** Neither UTF-8, UTF-16 with its mark, nor GB18030. */
  | { readonly unusable: 'undecodable' }
  /** The old .xls form, or a workbook with a password: both wear the same container. Or a web page named .xls. */
  | { readonly unusable: 'excel_old_or_locked' }
  | { readonly unusable: 'excel_broken' }
  /** A zip of something else: an export still packed, another program's table. */
  | { readonly unusable: 'zip_no_workbook' }
  /** A zip that unpacks to far more than it holds. */
  | { readonly unusable: 'excel_bomb' }
  /** A quoted cell that never ends; `row` is where it began. */
  | { readonly unusable: 'quote_unclosed'; readonly row: number }
  /** Text straight after a closing quote. */
  | { readonly unusable: 'quote_broken'; readonly row: number }
  /** No row looks like a header of a known format. `seen`: the fullest of the first rows; `sources`: what is known. */
  | { readonly unusable: 'format_unknown'; readonly seen: readonly string[]; readonly sources: readonly string[] }
  /** The format is clear, but columns it cannot do without are missing. */
  | { readonly unusable: 'columns_missing'; readonly source: string; readonly missing: readonly string[] };

/** Why a row was not taken. `value` is the cell, shortened; only columns without personal data are ever quoted. `files.reject.<code>` */
export type RejectReason =
  | { readonly code: 'order_number_missing' }
  | { readonly code: 'order_number_invalid'; readonly value: string }
  /** Excel has shortened the number (3.5E+16): its last digits are gone, and are not guessed. */
  | { readonly code: 'number_rounded'; readonly value: string }
  | { readonly code: 'state_unknown'; readonly value: string }
  | { readonly code: 'cell_missing' }
  | { readonly code: 'amount_invalid'; readonly value: string }
  | { readonly code: 'amount_negative'; readonly value: string }
  | { readonly code: 'quantity_invalid'; readonly value: string }
  | { readonly code: 'date_invalid'; readonly value: string }
  | { readonly code: 'yes_no_unknown'; readonly value: string }
  | { readonly code: 'currency_unknown'; readonly value: string }
  /** Two rows of one order contradict each other in a cell that belongs to the whole order. */
  | { readonly code: 'rows_disagree'; readonly value: string; readonly other: string }
  /** More filled cells than the header has names: everything may have moved by a column. */
  | { readonly code: 'cells_shifted'; readonly expected: number; readonly found: number }
  /** The last row ends before the columns do, and the file with it: it may not have been received whole. */
  | { readonly code: 'row_cut_off' }
  /** What Excel shows for a formula that failed (#N/A), where a code is expected. */
  | { readonly code: 'formula_failed'; readonly value: string }
  | { readonly code: 'too_many_lines'; readonly max: number }
  /** Nothing wrong here, but another row of the same order was not taken, and half an order is none. */
  | { readonly code: 'order_has_bad_row'; readonly row: number };

export interface RowReject {
  /** 1-based, as a spreadsheet shows it. */
  readonly row: number;
  /** The column's header as the file spells it, where one cell is to blame. */
  readonly column?: string;
  readonly reason: RejectReason;
}

/** How many rows these are about: one row may have several things wrong with it. */
export function rowsOf(rejects: readonly RowReject[]): number {
  return new Set(rejects.map(({ row }) => row)).size;
}

/** Worth telling about an order that was taken. `files.note.<code>` */
export type RowNote =
  /** No deal or payment time: the day in the order number was taken, its first minute. */
  | { readonly code: 'paid_at_from_number'; readonly row: number }
  /** The same row twice, to the letter: counted once. */
  | { readonly code: 'duplicate_row'; readonly row: number }
  /** Several waybills: the first was taken. */
  | { readonly code: 'several_parcels'; readonly row: number }
  | { readonly code: 'tracking_unusual'; readonly row: number; readonly carrier: string }
  /** A waybill cell that holds no waybill ("自提"): left out. */
  | { readonly code: 'tracking_dropped'; readonly row: number }
  /** Excel has shortened the phone number: left out, so the buyer cannot link by it. */
  | { readonly code: 'phone_rounded'; readonly row: number }
  /** A payment time that is still to come, which puts the ship-by time off just as far. */
  | { readonly code: 'paid_ahead'; readonly row: number }
  /** Nothing paid yet, and to be shipped for all that: it is paid for on delivery. */
  | { readonly code: 'pays_on_delivery'; readonly row: number }
  | { readonly code: 'part_shipped'; readonly row: number }
  | { readonly code: 'part_refunded'; readonly row: number };

/** Worth telling about the whole file. */
export type FileNote =
  /** More than one sheet of the workbook looks like orders: the first was read. */
  | { readonly code: 'other_sheets' }
  /** The file has no promised ship-by column: the shop's policy decides each date. */
  | { readonly code: 'no_promised_date' };

/** Carries a `FileUnusable` out of the readers; `openOrderFile` turns it back into a value. */
export class UnusableError extends Error {
  readonly file: FileUnusable;

  constructor(file: FileUnusable) {
    super(file.unusable);
    this.name = 'UnusableError';
    this.file = file;
  }
}

export function unusable(file: FileUnusable): never {
  throw new UnusableError(file);
}
