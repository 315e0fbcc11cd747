// A change: done once, answered alike ever after, and without a trace where it was refused.
import { expect, test } from 'vitest';
import { perform } from '../../src/app/perform.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { staffMember, type TestApp, testApp } from '../support/app.ts';

const kept = (app: TestApp) => [...app.store.all('people'), ...app.store.all('operations')];
const asked = { operationId: 'op' };

test('is done once, and answered the same when it is played again', async () => {
  const app = testApp();
  let runs = 0;
  const count = () => perform(app, asked, async () => ({ runs: ++runs }));
  expect([await count(), await count()]).toEqual([{ runs: 1 }, { runs: 1 }]);
});

test('that is refused has written nothing, however far it had come, and may be asked for again', async () => {
  const app = testApp();
  const refused = await perform(app, asked, async (tx) => {
    await tx.put('people', { userId: staffMember });
    return refuse('order_closed', { order: '1' });
  });
  expect(refused).toEqual({ refused: 'order_closed', data: { order: '1' } });
  expect(kept(app)).toEqual([]);
  expect(await perform(app, asked, async () => 'done')).toBe('done');
});

test('that fails by a bug has written nothing, and the bug is passed on', async () => {
  const app = testApp();
  const failing = perform(app, asked, async (tx) => {
    await tx.put('people', { userId: staffMember });
    throw new TypeError('a bug');
  });
  await expect(failing).rejects.toThrow('a bug');
  expect(kept(app)).toEqual([]);
});

test('that the store cannot save is refused as such', async () => {
  const app = testApp();
  app.store.broken = true;
  expect(await perform(app, asked, async () => 'done')).toMatchObject({ refused: 'store_not_writable' });
  app.store.broken = false;
  expect(kept(app)).toEqual([]);
});
