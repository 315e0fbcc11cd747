// The real clock, and ids made from it.
import { randomBytes } from 'node:crypto';
import type { Clock, Ids } from './app/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomRange = 2 ** 32;

/** Eight characters of Crockford base 32 for 40 bits. */
function encode(bits: number): string {
  let text = '';
  let rest = bits;
  for (let i = 0; i < 8; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
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
        chance = randomBytes(4).readUInt32BE();
      } else if (++chance === randomRange) {
        time += 1;
        chance = 0;
      }
      return encode(Math.floor(time / 256)) + encode((time % 256) * randomRange + chance);
    },
  };
}
