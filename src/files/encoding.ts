// Which encoding a text file is in, and its text in chunks.
import { type ByteSource, chunksOf } from './bytes.ts';
import { unusable } from './reasons.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * The encodings to try, in order. A byte order mark decides; without one, strict UTF-8 first, and GB18030 (which holds
 * GBK and GB2312) only when some byte anywhere in the file is not UTF-8: the reverse order would take almost anything.
 * And only where the first bytes look like it: it would also take many a name from a Western, Traditional Chinese or Japanese
 * Excel, or damaged UTF-8, and make other names of them.
 */
export function encodingsFor(head: Buffer): readonly TextEncoding[] {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return ['utf-8'];
  if (head[0] === 0xff && head[1] === 0xfe) return ['utf-16le'];
  if (head[0] === 0xfe && head[1] === 0xff) return ['utf-16be'];
  if (head.includes(0)) return [];
  return isMostlyUtf8(head) || !isGb(head) ? ['utf-8'] : ['utf-8', 'gb18030'];
}

/** True where far more characters beyond ASCII are whole ones of UTF-8 than bytes are not: of Chinese in GBK some seem to be, too. */
function isMostlyUtf8(head: Buffer): boolean {
  let whole = 0;
  let others = 0;
  for (let at = 0; at < head.length; ) {
    const more = moreBytes(head[at] ?? 0);
    const isWhole = more !== undefined && areContinued(head, at + 1, at + more);
    if (more !== 0 && isWhole) whole += 1;
    if (!isWhole) others += 1;
    at += isWhole ? more + 1 : 1;
  }
  return whole > 3 * others;
}

/** How many bytes follow one that begins a character of UTF-8; none for one that begins no character. */
function moreBytes(first: number): number | undefined {
  if (first < 0x80) return 0;
  if (first < 0xc2 || first > 0xf4) return undefined;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

/** Bytes beyond the end count: the head may end within a character. */
function areContinued(head: Buffer, from: number, to: number): boolean {
  for (let at = from; at <= to && at < head.length; at += 1) {
    if (((head[at] ?? 0) & 0xc0) !== 0x80) return false;
  }
  return true;
}

/** A Chinese header shows it, whatever script the names of the products are in; else all of the text has to. */
function isGb(head: Buffer): boolean {
  const header = pairsIn(head.subarray(0, head.indexOf(0x0a) + 1));
  const all = pairsIn(head);
  return (header.usual >= 4 && header.odd === 0) || all.odd * 3 <= all.odd + all.usual;
}

/**
 * Chinese text is nearly all pairs of bytes beyond ASCII, and few of them signs or letters of other scripts. Where a third of
 * it is not so, it is another's: é and ü stand among plain letters; Big5, Shift_JIS and EUC-JP have such pairs everywhere.
 */
function pairsIn(head: Buffer): { readonly usual: number; readonly odd: number } {
  let usual = 0;
  let odd = 0;
  for (let at = 0; at < head.length - 1; at += 1) {
    const [first = 0, second = 0] = [head[at], head[at + 1]];
    if (first < 0x80) continue;
    const isFour = isFourBytes(head, at);
    const isSign = first >= 0xa4 && first <= 0xaf;
    if (isFour || (second >= 0x80 && !isSign)) usual += 1;
    else odd += 1;
    at += isFour ? 3 : 1;
  }
  return { usual, odd };
}

/** As the rare characters of GB18030 are: every other one a digit. */
function isFourBytes(head: Buffer, at: number): boolean {
  const [second = 0, third = 0, fourth = 0] = head.subarray(at + 1, at + 4);
  return third >= 0x81 && [second, fourth].every((byte) => byte >= 0x30 && byte <= 0x39);
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
