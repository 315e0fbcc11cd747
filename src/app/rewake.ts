// After a change of reminders, or of the clock: sets anew when the sweep must look at open orders.
import type { Merchant, Reminders } from '../domain/merchant.ts';
import { isOpen, type Order } from '../domain/order/order.ts';
import { everywhere, keyOf } from './collections.ts';
import type { App } from './context.ts';
import type { Tx } from './ports.ts';
import { remindersOf } from './reminders-of.ts';
import { stamped } from './save-order.ts';

/** Orders in one transaction, so that a shop of any size keeps answering meanwhile. */
const batchSize = 500;

/**
 * Notes, with the change itself, that the merchant's orders are to be looked at anew: what is interrupted after it is carried
 * on by the sweep.
 */
export async function markForRewake(app: Pick<App, 'ids'>, tx: Tx, merchants: readonly Merchant[]): Promise<void> {
  for (const merchant of merchants) await tx.put('merchants', { ...merchant, rewake: app.ids.next() });
}

/** Carries on with every merchant whose orders were not all looked at anew. Answers how many merchants there were. */
export async function rewakeAll(app: App, stopping: () => boolean): Promise<number> {
  const left = await app.store.read((tx) => tx.list('merchants', 'rewaking', { group: everywhere }));
  for (const merchant of left) await rewake(app, merchant, stopping);
  return left.length;
}

/**
 * Looks anew at all open orders of a merchant and takes its mark away; doing it twice changes nothing. A mark set anew
 * meanwhile stays: then the reminders have changed once more.
 *
 * @param stopping asked between transactions; when true, the rest is left for later
 */
export async function rewake(app: App, merchant: Merchant, stopping: () => boolean): Promise<void> {
  const { guildId, id: merchantId } = merchant;
  const group = keyOf(guildId, merchantId);
  const open = await app.store.read((tx) => tx.list('orders', 'openByMerchant', { group }));
  for (let start = 0; start < open.length; start += batchSize) {
    if (stopping()) return;
    const ids = open.slice(start, start + batchSize).map(({ id }) => id);
    await rewakeBatch(app, merchant, ids);
  }
  await app.store.transact(async (tx) => {
    const { rewake: mark, ...now } = (await tx.get('merchants', group)) ?? merchant;
    if (mark !== undefined && mark === merchant.rewake) await tx.put('merchants', now);
  });
}

function rewakeBatch(app: App, { guildId, id: merchantId }: Merchant, orderIds: readonly string[]): Promise<void> {
  return app.store.transact(async (tx) => {
    const reminders = await remindersOf(app, tx, { guildId, merchantId });
    for (const id of orderIds) {
      const order = await tx.get('orders', id);
      if (order && isOpen(order)) await setAnew(app, tx, reminders, order);
    }
  });
}

/**
 * After the clock was set back: looks anew at what is still to come, because some of it may have been put off by the clock as
 * it was, such as to the end of quiet hours that have not begun.
 *
 * @param stopping asked between transactions; when true, the rest is left
 */
export async function rewakeAfterSetBack(app: App, stopping: () => boolean): Promise<void> {
  const from = app.clock.now() + 1;
  const waiting = await app.store.read((tx) => tx.list('orders', 'byWake', { group: everywhere, from }));
  for (let start = 0; start < waiting.length && !stopping(); start += batchSize) {
    await app.store.transact(async (tx) => {
      for (const { id } of waiting.slice(start, start + batchSize)) {
        const order = await tx.get('orders', id);
        if (order) await setAnew(app, tx, await remindersOf(app, tx, order), order);
      }
    });
  }
}

async function setAnew(app: App, tx: Tx, reminders: Reminders, order: Order): Promise<void> {
  const woken = stamped(app, reminders, order, order, app.clock.now());
  if (woken.wakeAt !== order.wakeAt) await tx.put('orders', woken);
}
