// npm run backup -- FILE: a consistent copy of the store, also while the bot runs.
import { loadConfig, typedPath } from '../config.ts';
import { backupStore } from '../store/lowdb/backup.ts';
import { exitWith, say, UsageError } from './exit.ts';

await exitWith(async () => {
  const [typed, ...rest] = process.argv.slice(2);
  if (!typed || rest.length > 0) throw new UsageError('usage: npm run backup -- FILE');
  const file = typedPath(typed);
  const { records, seq } = await backupStore(loadConfig().dataDir, file);
  say(
    `${file} holds ${records} records, up to change ${seq}. It has personal data in it: keep it as safe as the store.`,
  );
  return 0;
});
