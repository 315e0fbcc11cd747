// Which encoding a text file is in, and its text in chunks.
import { type ByteSource, chunksOf } from './bytes.ts';
import { unusable } from './reasons.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * The encodings to try, in order. A byte order mark decides; without one, strict UTF-8 first, and GB18030 (which holds
 * GBK and GB2312) only when some byte anywhere in the file is not UTF-8: the reverse order would take almost anything.
 */
export function encodingsFor(head: Buffer): readonly TextEncoding[] {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return ['utf-8'];
  if (head[0] === 0xff && head[1] === 0xfe) return ['utf-16le'];
  if (head[0] === 0xfe && head[1] === 0xff) return ['utf-16be'];
  return head.includes(0) ? [] : ['utf-8', 'gb18030'];
}

/** The text, without its byte order mark. Refused: a byte sequence the encoding does not have (`undecodable`). */
export async function* decode(source: ByteSource, encoding: TextEncoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of chunksOf(source)) yield decodeStrictly(() => decoder.decode(chunk, { stream: true }));
  yield decodeStrictly(() => decoder.decode());
}

function decodeStrictly(step: () => string): string {
  try {
    return step();
  } catch {
    return unusable({ unusable: 'undecodable' });
  }
}
