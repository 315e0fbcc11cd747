// npm run verify: opens the store read-only and checks it, a line a check.
import { loadConfig } from '../config.ts';
import { checkRecords } from '../store/check.ts';
import { StoreDamagedError, StoreNewerError } from '../store/errors.ts';
import { inspectStore, type StoreContents } from '../store/lowdb/inspect.ts';
import { exitWith, say } from './exit.ts';

const checksums = 'the checksums of snapshot and journal';

function report(contents: StoreContents): number {
  say(`ok       ${checksums} (up to change ${contents.seq})`);
  if (contents.tornBytes > 0) {
    say(
      `note     the last ${contents.tornBytes} bytes of the journal are a change that was cut off; the next start removes them`,
    );
  }
  let code = 0;
  for (const { name, checked, problems } of checkRecords(contents)) {
    say(`${problems.length === 0 ? 'ok      ' : 'DAMAGED '} ${name} (${checked})`);
    for (const problem of problems) say(`         ${problem}`);
    if (problems.length > 0) code = 1;
  }
  return code;
}

await exitWith(async () => {
  const { dataDir } = loadConfig();
  try {
    return report(await inspectStore(dataDir));
  } catch (error) {
    if (!(error instanceof StoreDamagedError) || error instanceof StoreNewerError) throw error;
    say(`DAMAGED  ${checksums}: ${error.finding}`);
    return 1;
  }
});
