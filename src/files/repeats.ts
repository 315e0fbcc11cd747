// Finds orders whose rows do not lie together, in little memory whatever the number of orders.

const PROBES = 4;
const MIN_BITS = 2 ** 17;
const MAX_BITS = 2 ** 26;
/** Rows of real exports take 200 to 400 bytes, so that an order has 25 bits or more. */
const BYTES_PER_BIT = 8;

/**
 * Watches the order of each row go by. A Bloom filter (1 MB for 100,000 rows, 8 MB at most) says "perhaps seen before" for
 * an order that comes again after others; only those are kept by name, with the last row they stand in. A false alarm (at
 * 25 bits an order, 1 in 2,000) merely keeps an order a little longer; no repetition is ever missed.
 */
export class RepeatFinder {
  readonly #seen: Uint32Array;
  readonly #lastRows = new Map<string, number>();
  #previous: string | undefined;
  /** Whether the rows of the previous one may lie apart. */
  #isApart = false;

  /** @param size bytes of text in the file */
  constructor(size: number) {
    const bits = 2 ** Math.ceil(Math.log2(Math.max(1, size / BYTES_PER_BIT)));
    this.#seen = new Uint32Array(Math.min(MAX_BITS, Math.max(MIN_BITS, bits)) / 32);
  }

  /** `key` of the next row in the file, at row `number`. */
  add(key: string, number: number): void {
    if (key !== this.#previous) this.#isApart = this.#seenBefore(key);
    if (this.#isApart) this.#lastRows.set(ownCopy(key), number);
    this.#previous = key;
  }

  /** Last row of each order whose rows may lie apart. */
  get lastRows(): ReadonlyMap<string, number> {
    return this.#lastRows;
  }

  #seenBefore(key: string): boolean {
    const [first, second] = hashes(key);
    let seen = true;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const bit = first + Math.imul(probe, second);
      const word = (bit >>> 5) & (this.#seen.length - 1);
      const mask = 1 << (bit & 31);
      const current = this.#seen[word] ?? 0;
      seen = seen && (current & mask) !== 0;
      this.#seen[word] = current | mask;
    }
    return seen;
  }
}

/** Two FNV-1a hashes from different seeds; the second is odd, so that its multiples differ. */
function hashes(key: string): readonly [number, number] {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b);
  }
  return [first ^ (first >>> 15), (second ^ (second >>> 13)) | 1];
}

/** A copy of its own: a string cut from a chunk of a file keeps that whole chunk in memory for as long as it lives. */
function ownCopy(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join('');
}
