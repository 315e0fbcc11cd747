// A process that sweeps and delivers over virtual minutes on the real store, until it is killed; says what it does on stdout.
import { writeSync } from 'node:fs';
import type { App } from '../../src/app/context.ts';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import type { Messenger } from '../../src/app/ports.ts';
import { sweep } from '../../src/app/sweep.ts';
import { wakeAt } from '../../src/domain/order/wake.ts';
import { openStore } from '../../src/store/lowdb/open.ts';
import { guild, pddPack, startOfTest, testApp } from '../support/app.ts';
import { hourMs, merchant, order } from '../support/orders.ts';

const [directory = '', from = '0', to = '0', orders = '0'] = process.argv.slice(2);
const base = testApp({ now: Number(from) });
const store = await openStore({ directory, log: base.log });
/** Ids as the bot's: never the same again after a restart. */
let ids = 0;
const app: App = { ...base, store, ids: { next: () => `${process.pid}x${Date.now().toString(36)}x${++ids}` } };

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

const messenger: Messenger = {
  async send(_target, { id, data }) {
    say({ sent: id, orderIds: data.orderIds, at: app.clock.now() });
    return { ok: true, channelId: '700000000000000001', messageId: '700000000000000002' };
  },
  openThread: async () => ({ ok: false, why: 'forbidden' }),
};

await store.transact(async (tx) => {
  if (await tx.get('settings', guild)) return;
  const reminders = { beforeMs: [24 * hourMs, 6 * hourMs, hourMs], timeZone: 'Asia/Shanghai' };
  await tx.put('settings', { guildId: guild, policyPack: pddPack.id, reminders });
  await tx.put('merchants', merchant({ channelId: '500000000000000001' }));
  for (let n = 0; n < Number(orders); n++) {
    const due = order(n, { shipBy: { at: startOfTest + 25 * hourMs + n * 37 * 60_000, basis: 'policy' } });
    const wake = wakeAt(due, reminders, pddPack);
    await tx.put('orders', { ...due, ...(wake !== undefined && { wakeAt: wake }) });
  }
});

while (app.clock.now() < Number(to)) {
  say({ now: app.clock.now() });
  await sweep(app);
  await deliverNotices(app, messenger);
  base.clock.advance(60_000);
}
say({ now: app.clock.now() });
await store.close();
