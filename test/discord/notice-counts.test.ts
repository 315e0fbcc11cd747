// Messages that list more than they have room to name say how many there are in all.
import { expect, it } from 'vitest';
import { gather } from '../../src/app/gather.ts';
import { openRefund } from '../../src/app/open-refund.ts';
import { renderNotice } from '../../src/discord/views/notice.ts';
import type { GatheredKind } from '../../src/domain/notice/notice.ts';
import { pddPack, startOfTest, testApp } from '../support/app.ts';
import { textsOf } from '../support/discord-rules.ts';
import { buyer, lin, linkedTo, order, setUpShop } from '../support/orders.ts';

/** More than a notice names. */
const many = 230;
const trouble = { incidentId: 'i', kind: 'stock_out', reason: 'supplier', reportedAt: startOfTest } as const;
const orders = Array.from({ length: many }, (_, n) =>
  order(n, { ...linkedTo(buyer(n)), trouble, escalatedAt: startOfTest }),
);

it.each<[GatheredKind, 'merchant' | 'staff']>([
  ['deadline_digest', 'merchant'],
  ['promise_missed_merchant', 'merchant'],
  ['promise_missed_merchant', 'staff'],
  ['choices_open', 'staff'],
  ['not_reached', 'staff'],
  ['refund_watch', 'staff'],
])('%s to the %s', async (kind, type) => {
  const app = testApp();
  await setUpShop(app, { orders });
  const now = app.clock.now();
  await app.store.transact(async (tx) => {
    const ids: string[] = [];
    for (const one of orders) {
      const refund = { order: one, kind: 'full', amountMinor: 100, by: buyer(1), now, pack: pddPack } as const;
      ids.push(kind === 'refund_watch' ? (await openRefund(app, tx, refund)).id : one.id);
    }
    await gather(tx, app, { guildId: order(1).guildId, kind, to: { type, merchantId: lin } as never, ids, now });
  });
  const notice = app.store.all('notices').find((one) => one.kind === kind);
  if (!notice) throw new Error('there is no message');
  const card = await renderNotice(app, notice, 'en-US');
  if (!card) throw new Error('there is nothing left to say');
  const [title = '', ...lines] = textsOf(card).markdown.flatMap((text) => text.split('\n'));
  expect(title).toContain(String(many));
  const named = lines.filter((line) => /260517-\d{15}/.test(line)).length;
  expect(named).toBeGreaterThan(0);
  if (kind !== 'deadline_digest') expect(lines.join('\n')).toContain(`${many - named} more`);
});
