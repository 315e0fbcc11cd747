// How much of a file is looked at before it is refused.

export interface FileLimits {
  /** Bytes of the file itself. */
  readonly maxBytes: number;
  /** Rows of data. */
  readonly maxRows: number;
  readonly maxColumns: number;
  /** Characters in one cell. */
  readonly maxCellChars: number;
  /** XLSX: bytes of one part after unpacking, and characters of its table of texts, which has to be held. */
  readonly maxUnpackedBytes: number;
  readonly maxSharedTextChars: number;
}

const MEGABYTE = 1024 * 1024;

/** A file somebody sent: all input is hostile. */
export const UPLOAD_LIMITS: FileLimits = {
  maxBytes: 10 * MEGABYTE,
  maxRows: 100_000,
  maxColumns: 200,
  maxCellChars: 64 * 1024,
  maxUnpackedBytes: 256 * MEGABYTE,
  maxSharedTextChars: 32 * MEGABYTE,
};

/** A file its owner named at the shell: any length, read in a stream. */
export const SHELL_LIMITS: FileLimits = {
  ...UPLOAD_LIMITS,
  maxBytes: Number.POSITIVE_INFINITY,
  maxRows: Number.POSITIVE_INFINITY,
  maxUnpackedBytes: 4096 * MEGABYTE,
  maxSharedTextChars: 128 * MEGABYTE,
};
