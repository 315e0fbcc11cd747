// Strings cut from a chunk of a file keep that whole chunk in memory for as long as they live. These do not.

const MAX_SHARED = 10_000;
/** Shorter ones are copied by the engine when cut. */
const SHARES_MEMORY_FROM = 13;

/** A copy of its own: joining an array makes one string, without a parent. */
export function ownCopy(text: string): string {
  return text.length < SHARES_MEMORY_FROM ? text : [text.slice(0, 1), text.slice(1)].join('');
}

export class Keeper {
  readonly #shared = new Map<string, string>();

  /** One copy for all that are equal, for text that repeats from row to row, such as a product's name. */
  shared(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const copy = ownCopy(text);
    if (this.#shared.size < MAX_SHARED) this.#shared.set(copy, copy);
    return copy;
  }
}
