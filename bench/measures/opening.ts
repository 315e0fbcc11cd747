// How long a store takes to open, and the memory the process has then.
import { type Figure, residentMegabytes, timeOnce } from '../figures.ts';
import { open } from '../stores.ts';

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const before = residentMegabytes();
  const ms = await timeOnce(() => open(directory));
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
      measure: 'memory once open',
      size,
      unit: 'MB',
      value: resident,
      peers: [{ name: 'the process before', value: before }],
      ...(promised && { goal: { text: '≤ 300 MB', reached: resident <= 300 } }),
    },
  ];
}
