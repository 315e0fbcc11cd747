// A process that something goes wrong in which nobody catches, as named by its argument; it says what it still saves.
import { createLog } from '../src/log.ts';
import { stopOnSignals } from '../src/process.ts';

const secret = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB';
const [, , what] = process.argv;

stopOnSignals(createLog('info'), async () => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.stdout.write('saved\n');
  if (what === 'stop') throw new Error('cannot stop');
});
setInterval(() => undefined, 1000);
createLog('info').info({}, 'began');
if (what === 'much') process.stdout.write(`${'much '.repeat(200_000)}\n`);
if (what === 'rejection') void Promise.reject(new Error(`with ${secret}`));
else if (what === 'exception')
  setTimeout(() => {
    throw new Error(`with ${secret}`);
  });
else process.kill(process.pid, 'SIGTERM');
