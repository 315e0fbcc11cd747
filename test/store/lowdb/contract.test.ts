// The embedded store does what every store must, with and without snapshots in between.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStore } from '../contract.ts';
import { open } from './helpers.ts';

function make(journalBytes: number) {
  return async () => {
    const directory = await mkdtemp(join(tmpdir(), 'makegood-'));
    const store = await open(directory, { journalBytes });
    let newest = store;
    return {
      store,
      async reopen() {
        await newest.close();
        newest = await open(directory, { journalBytes });
        return newest;
      },
      async remove() {
        await newest.close();
        await rm(directory, { recursive: true });
      },
    };
  };
}

describeStore('the embedded store', make(1 << 24));
describeStore('the embedded store with a snapshot after every change', make(1));
