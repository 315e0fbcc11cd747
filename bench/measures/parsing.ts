// The peer of opening: reading the same file and parsing it whole.
import fs from 'node:fs';
import { join } from 'node:path';
import { type Figure, residentMegabytes, timeOnce } from '../figures.ts';

let kept: unknown;

export async function measure(size: number, directory: string): Promise<Figure[]> {
  const file = join(directory, 'db.json');
  if (fs.statSync(file).size > 500_000_000) return []; // longer than a string can be
  const cpuBefore = process.cpuUsage();
  const ms = await timeOnce(() => {
    kept = JSON.parse(fs.readFileSync(file, 'utf8'));
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  if (!kept) throw new Error('nothing was read');
  return [
    { measure: 'open', size, unit: 'ms', value: ms, peers: [] },
    { measure: 'open and indexed, processor time', size, unit: 'ms', value: (user + system) / 1_000, peers: [] },
    { measure: 'memory once open', size, unit: 'MB', value: residentMegabytes(), peers: [] },
  ];
}
