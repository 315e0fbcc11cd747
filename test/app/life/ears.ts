// Hears every message with the ears of those it goes to: nobody hears what is not theirs, or the same twice.
import { expect } from 'vitest';
import type { Target } from '../../../src/app/ports.ts';
import type { Notice } from '../../../src/domain/notice/notice.ts';
import { isAnswered, isOpen, type Order } from '../../../src/domain/order/order.ts';
import { dayMs } from '../../support/orders.ts';
import { recordIn, recordsIn } from './changed.ts';
import type { World } from './world.ts';

/** Notices are let go of after this, and with them what they keep from being said again. */
const noticesKeptMs = 90 * dayMs;

export class Ears {
  readonly #world: World;
  /** What was said to whom, and when it was last written down to be said. */
  readonly #heard = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    world.heard = (notice, target) => this.#hear(notice, target);
  }

  #hear(notice: Notice, target: Target): void {
    const { tables, unsure, clock } = this.#world;
    const { id, kind, to, orderId = '', data, createdAt } = notice;
    const place = target.type === 'dm' ? target.userId : target.channelId;
    if (to.type === 'buyer') {
      expect(target.type === 'channel' ? undefined : target.userId, `${kind} to its buyer`).toBe(to.userId);
      expect(recordIn(tables, 'orders', orderId)?.buyer?.userId, `${kind} of their order`).toBe(to.userId);
    }
    const about = kind === 'trouble_reported' ? `${orderId} ${data.incidentId}` : id;
    const said = `${kind} ${place} ${about}`;
    const earlier = this.#heard.get(said) ?? Number.NEGATIVE_INFINITY;
    if (!unsure.has(id)) expect(clock.now() - earlier, `${said}: once`).toBeGreaterThan(noticesKeptMs);
    this.#heard.set(said, createdAt);
  }

  /** The buyer of every order in trouble who has not chosen has been told so, or will see it; nothing waits that could have left. */
  checkAllTold(): void {
    const { tables, clock } = this.#world;
    const notices = recordsIn(tables, 'notices');
    const unanswered = recordsIn(tables, 'orders').filter((order) => isOpen(order) && !isAnswered(order));
    for (const { id, trouble, buyer } of unanswered.filter((order) => !isOnTheirCard(order))) {
      if (!trouble || !buyer || clock.now() - (trouble.heardAt ?? trouble.reportedAt) > noticesKeptMs) continue;
      const told = notices.filter(({ kind, to, orderId, data }) => {
        const isIts = kind === 'trouble_reported' && orderId === id && data.incidentId === trouble.incidentId;
        return isIts && to.type === 'buyer' && to.userId === buyer.userId;
      });
      expect(
        told.map(({ state, failure }) => failure ?? state),
        `${id}: its buyer was told`,
      ).toContainEqual(expect.stringMatching(/^(sent|dm_closed|gone|expired)$/));
    }
    expect(notices.filter(({ state, nextAttemptAt }) => state === 'pending' && nextAttemptAt <= clock.now())).toEqual(
      [],
    );
  }
}

/** The buyer swapped one line, and what is wrong with another came up on the very card they had before them. */
function isOnTheirCard({ choice, trouble, buyer }: Order): boolean {
  const cameUpAt = trouble?.heardAt ?? trouble?.reportedAt;
  return choice?.kind === 'swap' && choice.by === buyer?.userId && choice.at === cameUpAt;
}
