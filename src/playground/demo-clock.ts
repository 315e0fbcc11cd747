// The shop's clock in the playground: real time plus what has been skipped, less what it stood still. It only goes forward.
import type { Clock } from '../app/ports.ts';

export interface DemoClock extends Clock {
  readonly paused: boolean;
  /** Moves on by `ms` (> 0), also while it stands still. */
  skip(ms: number): void;
  /** Stands still until `resume`. */
  pause(): void;
  /** Goes on at the pace of real time. */
  resume(): void;
}

export function createDemoClock(): DemoClock {
  let skippedMs = 0;
  let stoppedAt: number | undefined;
  const now = () => stoppedAt ?? Date.now() + skippedMs;
  return {
    now,
    get paused() {
      return stoppedAt !== undefined;
    },
    skip(ms) {
      if (!(ms > 0)) throw new RangeError('the clock only goes forward');
      if (stoppedAt === undefined) skippedMs += ms;
      else stoppedAt += ms;
    },
    pause() {
      stoppedAt = now();
    },
    resume() {
      if (stoppedAt !== undefined) skippedMs = stoppedAt - Date.now();
      stoppedAt = undefined;
    },
  };
}
