// How long a store takes to open, and the memory the process has then.
import { type Figure, residentMegabytes, timeOnce } from '../figures.ts';
import { open } from '../stores.ts';

/**
 * Open, a store goes on to build its indexes: in each turn of the event loop 1,000 records of one index, of which orders
 * have seven.
 */
function turnsToIndex(size: number): number {
  return 1_000 + size / 100;
}

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const before = residentMegabytes();
  const cpuBefore = process.cpuUsage();
  const ms = await timeOnce(() => open(directory));
  for (let i = 0; i < turnsToIndex(size); i++) await new Promise((resolve) => setImmediate(resolve));
  const { user, system } = process.cpuUsage(cpuBefore);
  const resident = residentMegabytes();
  const promised = size === 100_000;
  return [
    {
      measure: 'open',
      size,
      unit: 'ms',
      value: ms,
      peers: [],
      ...(promised && { goal: { text: '≤ 1200 ms', reached: ms <= 1_200 } }),
    },
    {
      measure: 'open and indexed, processor time',
      size,
      unit: 'ms',
      value: (user + system) / 1_000,
      peers: [],
    },
    {
      measure: 'memory once open',
      size,
      unit: 'MB',
      value: resident,
      peers: [{ name: 'the process before', value: before }],
      ...(promised && { goal: { text: '≤ 300 MB', reached: resident <= 300 } }),
    },
  ];
}
