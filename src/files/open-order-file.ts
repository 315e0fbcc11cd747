// Opens a marketplace's export: a short one is read in this thread, a long one in a thread of its own.
import { type FileInput, openBytes } from './bytes.ts';
import { isZip } from './container.ts';
import type { OpenOptions, OrderFile } from './order-file.ts';
import { hasFreeThread, readInThread } from './order-file-thread.ts';
import { readOrderFile } from './read-order-file.ts';
import type { FileUnusable } from './reasons.ts';

const MEGABYTE = 1024 * 1024;
/** Some 10,000 rows: from here on a thread saves the one that answers people more than starting it costs. */
const LONG_TEXT_BYTES = 4 * MEGABYTE;
/** Packed, and slower to read. */
const LONG_WORKBOOK_BYTES = MEGABYTE;

/**
 * Opens a CSV or XLSX export and reads through it once, so that all that makes it unusable is known before anything is
 * changed. An unusable file is a value; the caller closes a usable one, at any moment.
 */
export async function openOrderFile(input: FileInput, options: OpenOptions): Promise<OrderFile | FileUnusable> {
  // Asked in this order: of several files opened at once, none may still count on the thread that another has taken.
  const inThread = (await isLong(input)) && hasFreeThread();
  return inThread ? readInThread(input, options) : readOrderFile(input, options);
}

/** What cannot be opened is not: its reader will say why. */
async function isLong(input: FileInput): Promise<boolean> {
  const source = await openBytes(input).catch(() => undefined);
  if (!source) return false;
  try {
    return source.size >= (isZip(await source.read(0, 4)) ? LONG_WORKBOOK_BYTES : LONG_TEXT_BYTES);
  } finally {
    await source.close();
  }
}
