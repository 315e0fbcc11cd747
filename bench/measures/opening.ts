// How long a store takes to open, and the memory the process has then.
import { type Figure, residentMegabytes, timeOnce } from '../figures.ts';
import { open, untilIndexed } from '../stores.ts';

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const before = residentMegabytes();
  const cpuBefore = process.cpuUsage();
  const ms = await timeOnce(() => open(directory));
  await untilIndexed(size);
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
