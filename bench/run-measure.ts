// One measure in a process of its own: prints its figures as JSON.
import type { Measure } from './figures.ts';
import type { MeasureName } from './index.ts';

const measures: Record<MeasureName, () => Promise<{ measure: Measure }>> = {
  opening: () => import('./measures/opening.ts'),
  parsing: () => import('./measures/parsing.ts'),
  durable: () => import('./measures/durable.ts'),
  throughput: () => import('./measures/throughput.ts'),
  lookups: () => import('./measures/lookups.ts'),
  snapshot: () => import('./measures/snapshot.ts'),
  import: () => import('./measures/import.ts'),
  'csv-parse': () => import('./measures/csv-parse.ts'),
  'order-status': () => import('./measures/order-status.ts'),
  page: () => import('./measures/page.ts'),
  scrolling: () => import('./measures/scrolling.ts'),
};

const [name, size, directory = ''] = process.argv.slice(2);
const { measure } = await measures[name as MeasureName]();
process.stdout.write(JSON.stringify(await measure(Number(size), directory)));
process.exit(0);
