// The shop's clock in the playground: real time plus what has been skipped. It only goes forward.
import type { Clock } from '../app/ports.ts';

export interface DemoClock extends Clock {
  /** Moves on by `ms` (> 0). */
  skip(ms: number): void;
}

export function createDemoClock(): DemoClock {
  let skippedMs = 0;
  return {
    now: () => Date.now() + skippedMs,
    skip: (ms) => {
      if (!(ms > 0)) throw new RangeError('the clock only goes forward');
      skippedMs += ms;
    },
  };
}
