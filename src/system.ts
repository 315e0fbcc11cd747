// The real clock, and ids made from it.
import { randomInt } from 'node:crypto';
import type { Clock, Ids } from './app/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };

const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
/** Crockford base 32, two characters for 10 bits. */
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));
const randomRange = 2 ** 32;

/** Eight characters for 40 bits. */
function encode(bits: number): string {
  const high = Math.floor(bits / 2 ** 20);
  const low = bits % 2 ** 20;
  return `${pairs[high >>> 10]}${pairs[high & 1023]}${pairs[low >>> 10]}${pairs[low & 1023]}`;
}

/**
 * Ids of 48 bits of time (ms) and 32 of chance, each greater than the one before, also within one millisecond and when the
 * clock is set back.
 */
export function systemIds(clock: Clock = systemClock): Ids {
  let time = 0;
  let chance = 0;
  return {
    next() {
      const now = clock.now();
      if (now > time) {
        time = now;
        chance = randomInt(randomRange); // which, unlike randomBytes, asks the system for many at once
      } else if (++chance === randomRange) {
        time += 1;
        chance = 0;
      }
      return encode(Math.floor(time / 256)) + encode((time % 256) * randomRange + chance);
    },
  };
}
