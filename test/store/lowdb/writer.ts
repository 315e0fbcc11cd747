// A process that writes pairs until it is killed, and prints the number of each once it is answered.
import { writeSync } from 'node:fs';
import { open, writePair } from './helpers.ts';

const [directory = '', start = '0'] = process.argv.slice(2);
const store = await open(directory, { journalBytes: 20_000 });
writeSync(1, 'open\n');
let next = Number(start);
async function caller(): Promise<never> {
  for (;;) {
    const number = next++;
    await writePair(store, number);
    writeSync(1, `${number}\n`);
  }
}
await Promise.all([caller(), caller(), caller()]);
