// The demo begins anew at each start, and never at the cost of what is not its own.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openDemoStore } from '../../src/playground/demo-store.ts';
import { StoreInUseError } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/lowdb/open.ts';

const log = createLog('silent');
const person = { userId: '1', locale: 'en-US' } as const;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'makegood-demo-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return join(made, 'playground');
}

it('is empty each time it is opened', async () => {
  const directory = await folder();
  const first = await openDemoStore(directory, log);
  await first.transact((tx) => tx.put('people', person));
  await first.close();
  const second = await openDemoStore(directory, log);
  expect(await second.read((tx) => tx.get('people', '1'))).toBeUndefined();
  await second.close();
});

it('leaves what somebody put into its folder', async () => {
  const directory = await folder();
  await (await openDemoStore(directory, log)).close();
  await writeFile(join(directory, 'precious.txt'), 'mine');
  await (await openDemoStore(directory, log)).close();
  expect(await readFile(join(directory, 'precious.txt'), 'utf8')).toBe('mine');
});

it('refuses a folder it did not make, and changes nothing there', async () => {
  const directory = await folder();
  await mkdir(directory);
  await writeFile(join(directory, 'precious.txt'), 'mine');
  await expect(openDemoStore(directory, log)).rejects.toThrow(/files in it that the demo did not make.*DATA_DIR/);
  expect(await readdir(directory)).toEqual(['precious.txt']);
});

// Where no folder can be made, and the system says that there is none.
it.runIf(process.platform === 'linux')('says so where the folder cannot be made', async () => {
  await expect(openDemoStore('/proc/none/playground', log)).rejects.toThrow('/proc/none/playground cannot be used');
});

it('refuses a real store', async () => {
  const directory = await folder();
  const real = await openStore({ directory, log });
  await real.transact((tx) => tx.put('people', person));
  await real.close();
  await expect(openDemoStore(directory, log)).rejects.toThrow('did not make');
  const again = await openStore({ directory, log });
  expect(await again.read((tx) => tx.get('people', '1'))).toMatchObject(person);
  await again.close();
});

it('leaves another playground alone that uses it', async () => {
  const directory = await folder();
  const running = await openDemoStore(directory, log);
  await running.transact((tx) => tx.put('people', person));
  await expect(openDemoStore(directory, log)).rejects.toThrow(StoreInUseError);
  expect(await running.read((tx) => tx.get('people', '1'))).toMatchObject(person);
  await running.close();
});
