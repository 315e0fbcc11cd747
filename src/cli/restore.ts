// npm run restore -- FILE: puts a backup in the store's place, and keeps what was there.
import { loadConfig, typedPath } from '../config.ts';
import { restoreStore } from '../store/lowdb/backup.ts';
import { systemClock } from '../system.ts';
import { exitWith, say, UsageError } from './exit.ts';

await exitWith(async () => {
  const [typed, ...rest] = process.argv.slice(2);
  if (!typed || rest.length > 0) throw new UsageError('usage: npm run restore -- FILE');
  const file = typedPath(typed);
  const { dataDir } = loadConfig();
  const { records, seq, keptIn } = await restoreStore(dataDir, file, systemClock.now());
  say(`${dataDir} now holds the ${records} records of ${file}, up to change ${seq}.`);
  if (keptIn) say(`What was there before is in ${keptIn}; it can be removed once it is not needed.`);
  return 0;
});
