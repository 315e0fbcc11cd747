// Calls whoever has waited too long. One timer for all: a timer for each answer costs as much as finding the answer.

export interface Waiting {
  /** Called once, unless it left before. Must not throw. */
  late(): void;
}

export class Patience {
  /** Milliseconds each may wait. */
  readonly ms: number;
  /** In the order they came, which is the order they are due; with the instant by `performance.now()`. */
  readonly #dueAt = new Map<Waiting, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.ms = ms;
  }

  enter(waiting: Waiting): void {
    this.#dueAt.set(waiting, performance.now() + this.ms);
    this.#timer ??= setTimeout(() => this.#look(), this.ms).unref();
  }

  leave(waiting: Waiting): void {
    this.#dueAt.delete(waiting);
  }

  #look(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [waiting, dueAt] of this.#dueAt) {
      // Timers count whole milliseconds and may come a fraction early.
      if (dueAt - now >= 1) {
        this.#timer = setTimeout(() => this.#look(), dueAt - now).unref();
        return;
      }
      this.#dueAt.delete(waiting);
      waiting.late();
    }
  }
}
