// Long random lives of a shop, with everything that can happen to it: the books, the shelf, the clock and the people stay right.
import fc from 'fast-check';
import { it } from 'vitest';
import { step } from './life/acts.ts';
import { live } from './life/live.ts';

/** The same lives at each run. To look further: another seed, more runs, longer lives. */
const looked = { seed: 20_261_120, numRuns: 25 };
const lives = fc.array(step, { minLength: 1, maxLength: 50, size: 'max' });

it('whatever happens to a shop, in whatever order', { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(lives, live), looked);
});
