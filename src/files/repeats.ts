// Finds orders whose rows do not lie together, in little memory whatever the number of orders.

const BITS = 2 ** 26;
const PROBES = 4;

/**
 * Watches the order of each row go by. A Bloom filter of 8 MB says "perhaps seen before" for an order that comes again
 * after others; only those are kept by name, with the last row they stand in. A false alarm (1 in 100,000 at a million
 * orders) merely keeps an order a little longer; no repetition is ever missed.
 */
export class RepeatFinder {
  readonly #seen = new Uint32Array(BITS / 32);
  readonly #lastRows = new Map<string, number>();
  #previous: string | undefined;

  /** `key` of the next row in the file, at row `number`. */
  add(key: string, number: number): void {
    if (this.#lastRows.has(key)) this.#lastRows.set(key, number);
    else if (key !== this.#previous && this.#seenBefore(key)) this.#lastRows.set(ownCopy(key), number);
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
      const bit = (first + Math.imul(probe, second)) & (BITS - 1);
      const word = bit >>> 5;
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
