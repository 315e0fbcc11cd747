// One measure in a process of its own: prints its figures as JSON.
import type { Measure } from './figures.ts';

const [name = '', size = '0', directory = ''] = process.argv.slice(2);
const { measure } = (await import(`./measures/${name}.ts`)) as { measure: Measure };
process.stdout.write(JSON.stringify(await measure(Number(size), directory)));
process.exit(0);
