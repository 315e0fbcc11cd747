import { describe, expect, it } from 'vitest';
import { releaseLeases } from '../../src/app/release-leases.ts';
import type { Notice } from '../../src/domain/notice/notice.ts';
import { leaseMs } from '../../src/domain/notice/retry.ts';
import { startOfTest, testApp } from '../support/app.ts';

const now = startOfTest;

function notice(id: string, rest: Partial<Notice>): Notice {
  return {
    id,
    key: id,
    guildId: '100000000000000001',
    kind: 'order_shipped',
    to: { type: 'staff' },
    data: {},
    createdAt: now - 60_000,
    state: 'pending',
    nextAttemptAt: now,
    attempts: 0,
    ...rest,
  };
}

describe('leases left by a process that ended', () => {
  it('are due at once, and a pause before a retry stays', async () => {
    const app = testApp({ now });
    const leasedAt = now - 5_000;
    await app.store.transact(async (tx) => {
      await tx.insert(
        'notices',
        notice('leased', { attempts: 1, lastAttemptAt: leasedAt, nextAttemptAt: leasedAt + leaseMs }),
      );
      await tx.insert(
        'notices',
        notice('paused', { attempts: 3, lastAttemptAt: leasedAt, nextAttemptAt: now + 20_000 }),
      );
      await tx.insert('notices', notice('new', {}));
    });
    expect(await releaseLeases(app)).toBe(1);
    const next = await app.store.read(async (tx) =>
      Promise.all(['leased', 'paused', 'new'].map(async (id) => (await tx.get('notices', id))?.nextAttemptAt)),
    );
    expect(next).toEqual([now, now + 20_000, now]);
  });

  it('do not keep the bot from starting where the store cannot be written', async () => {
    const app = testApp({ now });
    const leased = notice('leased', { attempts: 1, lastAttemptAt: now - 5_000, nextAttemptAt: now - 5_000 + leaseMs });
    await app.store.transact((tx) => tx.put('notices', leased));
    app.store.broken = true;
    expect(await releaseLeases(app)).toBe(0);
    expect(await app.store.read((tx) => tx.get('notices', 'leased'))).toEqual(leased);
  });
});
