// A set that remembers the last so many strings.

export class BoundedSet {
  readonly #capacity: number;
  /** Two generations: the older is dropped whole when the newer is full, which costs nothing per string. */
  #newer = new Set<string>();
  #older = new Set<string>();

  /** @param capacity at least so many are remembered, at most twice as many */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** False where it is there already. */
  add(value: string): boolean {
    if (this.#newer.has(value) || this.#older.has(value)) return false;
    if (this.#newer.size >= this.#capacity) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(value);
    return true;
  }
}
