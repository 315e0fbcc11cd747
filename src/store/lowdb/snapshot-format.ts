// The snapshot's text, db.json: one JSON document, one record a line, every byte of it under a checksum.
//
//   {"snapshot":"makegood","format":1,"schema":1,"seq":7,"journal":"journal-7.ndjson","crc":"…","records":[
//   ["orders",{…},1234567890],
//   ["end",1,1234567890]]}
//
// A record's checksum covers its line up to it; the one in the last line covers the whole file up to it.
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { crcHex } from './journal-format.ts';

export const snapshotName = 'db.json';

const headerSchema = z.object({
  snapshot: z.literal('makegood'),
  format: z.int(),
  schema: z.int().min(1),
  /** The last transaction it holds. */
  seq: z.int().min(0),
  /** Where the transactions after it are. */
  journal: z.string(),
});
export type SnapshotHeader = z.infer<typeof headerSchema>;

export type SnapshotEntry = readonly [collection: string, record: object, crc: number];

/** The most that follows a record: `,` + ten digits + `],\n`. */
export const entryTail = 14;

export function snapshotHeaderLine(header: SnapshotHeader): Buffer {
  const start = JSON.stringify(header).slice(0, -1);
  return Buffer.from(`${start},"crc":"${crcHex(Buffer.from(start))}","records":[\n`);
}

/** The header that a snapshot's first line says, or undefined where it does not check out. */
export function parseSnapshotHeader(line: Buffer): SnapshotHeader | undefined {
  const match = /^(\{.*),"crc":"[0-9a-f]{8}","records":\[\n$/.exec(line.toString('latin1'));
  if (!match?.[1]) return undefined;
  try {
    const header = headerSchema.parse(JSON.parse(`${match[1]}}`));
    return snapshotHeaderLine(header).equals(line) ? header : undefined;
  } catch {
    return undefined;
  }
}

/** The last line but for its checksum, which also covers these bytes. */
export function endLineStart(records: number): string {
  return `["end",${records}`;
}

export function endLineTail(crc: number): string {
  return `,${crc}]]}\n`;
}

export function entryStart(collection: string, record: object): string {
  return `["${collection}",${JSON.stringify(record)}`;
}

export function entryEnd(crc: number): string {
  return `,${crc}],\n`;
}

/** Whether a record's line is as it was written. */
export function isWholeEntry(line: Buffer): boolean {
  const at = line.lastIndexOf(0x2c, line.length - 3);
  return at > 0 && line.toString('latin1', at) === entryEnd(crc32(line.subarray(0, at)));
}
