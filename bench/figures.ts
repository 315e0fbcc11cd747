// What a measure says, and how times are taken.
import { setTimeout as wait } from 'node:timers/promises';

export interface Peer {
  readonly name: string;
  readonly value: number;
}

export interface Figure {
  readonly measure: string;
  readonly size: number;
  readonly unit: 'µs' | 'ms' | 'MB' | '/s';
  readonly value: number;
  readonly p99?: number;
  readonly peers: readonly Peer[];
  /** What is to be reached, and whether it was; only where it is promised for this size. */
  readonly goal?: { readonly text: string; readonly reached: boolean };
}

/** Makes the figures of one measure at one size, with a store of that many orders in a folder. */
export type Measure = (size: number, directory: string) => Promise<Figure[]>;

/** The value below which a share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Microseconds of each of `count` runs. */
export async function timeEach(count: number, work: (i: number) => unknown): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = process.hrtime.bigint();
    const result = work(i);
    if (result instanceof Promise) await result;
    samples.push(Number(process.hrtime.bigint() - start) / 1_000);
  }
  return samples;
}

/** Milliseconds of one run. */
export async function timeOnce(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const watchEveryMs = 1;

/**
 * The longest stop of the event loop, in milliseconds, until the work is done. Watched by a timer: to look again and again
 * would take the processor from the other threads of what is measured.
 */
export async function longestStop(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const watching = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - watchEveryMs);
    last = now;
  }, watchEveryMs);
  await work();
  await wait(5); // so that a stop that has just ended is seen
  clearInterval(watching);
  return longest;
}

export function residentMegabytes(): number {
  return process.memoryUsage().rss / 1e6;
}

/** The most memory the process has had so far. */
export function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1_024) / 1e6;
}
