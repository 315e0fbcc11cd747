// The peer of importing: reading the same file with csv-parse, and nothing done with its rows.
import fs from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { type Figure, longestStop, peakMegabytes, timeOnce } from '../figures.ts';

async function readRows(path: string): Promise<number> {
  let rows = 0;
  const parser = fs.createReadStream(path).pipe(parse({ relax_column_count: true }));
  for await (const row of parser) if ((row as string[]).length > 0) rows++;
  return rows;
}

/** @param size rows of `orders.csv`, which is in the folder */
export async function measure(size: number, directory: string): Promise<Figure[]> {
  let ms = 0;
  const cpuBefore = process.cpuUsage();
  const stop = await longestStop(async () => {
    ms = await timeOnce(() => readRows(join(directory, 'orders.csv')));
  });
  const cpu = process.cpuUsage(cpuBefore);
  const name = 'import of a CSV file';
  return [
    { measure: name, size, unit: 'ms', value: ms, peers: [] },
    { measure: `${name}, processor time`, size, unit: 'ms', value: (cpu.user + cpu.system) / 1_000, peers: [] },
    { measure: `${name}, longest stop`, size, unit: 'ms', value: stop, peers: [] },
    { measure: `${name}, peak memory`, size, unit: 'MB', value: peakMegabytes(), peers: [] },
  ];
}
