// A table of text as every reader hands it on, whatever it was read from.

export interface Row {
  /** 1-based, as a spreadsheet shows it: blank rows count. */
  readonly number: number;
  readonly cells: readonly string[];
  /** The last row of a text that does not end in a newline: all of it, or what is left of it where the file was cut off. */
  readonly isUnended?: true;
}

/** Something whose rows can be read from the beginning, as often as needed. */
export interface RowSource {
  /** What it was read as, for the report. */
  readonly encoding: string;
  /** Bytes of text in it, about. */
  readonly size: number;
  /** True where dates as day numbers count from 1904, as old workbooks do. */
  readonly date1904: boolean;
  /**
   * Rows in order, blank ones left out, in batches small enough to be worked on without holding the event loop. Of each
   * row at least the first `cells` cells; all of them by default.
   */
  batches(cells?: number): AsyncIterable<readonly Row[]>;
}
