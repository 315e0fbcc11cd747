// Tells listeners what happens in the local Discord, and wakes those who wait for something to become true.
import type { LoggedRequest } from './request-log.ts';
import type { Snowflake } from './snowflake.ts';
import type { Message } from './types.ts';

export type LocalDiscordEvent =
  | { readonly kind: 'message' | 'messageEdited'; readonly message: Message; readonly visibleTo: Snowflake | null }
  | { readonly kind: 'messageDeleted'; readonly messageId: Snowflake; readonly channelId: Snowflake }
  | { readonly kind: 'typing'; readonly channelId: Snowflake; readonly userId: Snowflake }
  | { readonly kind: 'channel'; readonly channelId: Snowflake }
  | { readonly kind: 'commands'; readonly guildId: Snowflake | null }
  | { readonly kind: 'interaction'; readonly interactionId: Snowflake; readonly userId: Snowflake }
  | { readonly kind: 'answered' | 'unanswered'; readonly interactionId: Snowflake; readonly userId: Snowflake }
  | { readonly kind: 'request'; readonly request: LoggedRequest }
  | { readonly kind: 'gateway'; readonly state: 'ready' | 'resumed' | 'closed'; readonly sessionId: Snowflake };

export type Listener = (event: LocalDiscordEvent) => void;

export interface UntilOptions {
  /** Real milliseconds before giving up; default 10,000. */
  readonly timeoutMs?: number;
  /** What is waited for, for the error that says it did not come. */
  readonly what?: string;
}

const defaultTimeoutMs = 10_000;

export class Hub {
  readonly #listeners = new Set<Listener>();

  /** Calls `listener` on every event until the returned function is called. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LocalDiscordEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /**
   * Resolves with the first value of `probe` that is neither false, null nor undefined. `probe` is asked at once, after
   * every event, and a last time at the deadline; then the promise rejects.
   */
  until<T>(probe: () => T | false | null | undefined, options: UntilOptions = {}): Promise<T> {
    const { timeoutMs = defaultTimeoutMs, what = 'what was waited for' } = options;
    return new Promise((resolve, reject) => {
      let stop = (): void => {};
      const ask = (): boolean => {
        try {
          const value = probe();
          if (value === false || value === null || value === undefined) return false;
          stop();
          resolve(value);
        } catch (error) {
          stop();
          reject(error);
        }
        return true;
      };
      if (ask()) return;
      const off = this.on(() => void ask());
      const timer = setTimeout(() => {
        if (ask()) return;
        stop();
        reject(new Error(`${what} did not happen within ${timeoutMs} ms`));
      }, timeoutMs);
      stop = () => {
        off();
        clearTimeout(timer);
      };
    });
  }
}
