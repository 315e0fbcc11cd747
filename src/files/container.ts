// What kind of file it is, by its first bytes.

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** The container of the old .xls form, and of workbooks with a password. */
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** Behind a byte order mark, blanks and, in UTF-16, NULs. */
const MARKUP = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*</;

/** @param head the file's first bytes */
export function isZip(head: Buffer): boolean {
  return head.subarray(0, ZIP.length).equals(ZIP);
}

/**
 * True also for the tables of web pages, and of XML, that some programs save as .xls.
 *
 * @param head the file's first bytes, 16 or more
 */
export function isOldExcel(head: Buffer): boolean {
  return head.subarray(0, OLD_EXCEL.length).equals(OLD_EXCEL) || MARKUP.test(head.toString('latin1'));
}
