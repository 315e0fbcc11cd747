// Opens a file from memory and reads all of its orders.
import type { FileInput } from '../../src/files/bytes.ts';
import { openOrderFile } from '../../src/files/open-order-file.ts';
import type { OpenOptions, OrderFile } from '../../src/files/order-file.ts';
import type { OrderItem } from '../../src/files/order-reader.ts';
import type { FileUnusable, RowReject } from '../../src/files/reasons.ts';

type Taken = Extract<OrderItem, { readonly draft: unknown }>;

export interface ReadResult {
  readonly file: Pick<OrderFile, 'source' | 'encoding' | 'rows' | 'notes'>;
  readonly taken: readonly Taken[];
  readonly rejected: readonly RowReject[];
}

export const NOW = Date.UTC(2026, 6, 1);

export async function readAll(
  content: string | Uint8Array | FileInput,
  options: Partial<OpenOptions> = {},
): Promise<ReadResult | FileUnusable> {
  const input =
    typeof content === 'string'
      ? { bytes: Buffer.from(content) }
      : content instanceof Uint8Array
        ? { bytes: content }
        : content;
  const file = await openOrderFile(input, { timeZone: 'Asia/Shanghai', now: NOW, ...options });
  if ('unusable' in file) return file;
  const taken: Taken[] = [];
  const rejected: RowReject[] = [];
  for await (const some of file.orders()) {
    for (const item of some) {
      if ('draft' in item) taken.push(item);
      else rejected.push(...item.rejected);
    }
  }
  await file.close();
  return { file, taken, rejected };
}

/** For files that must be usable. */
export async function readUsable(
  content: string | Uint8Array | FileInput,
  options: Partial<OpenOptions> = {},
): Promise<ReadResult> {
  const result = await readAll(content, options);
  if ('unusable' in result) throw new Error(`unusable: ${JSON.stringify(result)}`);
  return result;
}
