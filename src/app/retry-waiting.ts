// Tries messages again at once that found nobody set up to go to, because somebody has been.
import { type Addressee, addresseeKey, type Notice, noticeKindSchema } from '../domain/notice/notice.ts';
import { keyOf } from './collections.ts';
import type { Tx } from './ports.ts';

/** It was tried and found nobody: what was handed to Discord says when, and what was never tried waits for its time. */
function foundNobody({ attempts, lastAttemptAt }: Notice): boolean {
  return attempts > 0 && lastAttemptAt === undefined;
}

/** @param now UTC ms */
export async function retryWaiting(tx: Tx, guildId: string, to: Addressee, now: number): Promise<void> {
  for (const kind of noticeKindSchema.options) {
    const pending = await tx.list('notices', 'pendingTo', { group: keyOf(guildId, kind, addresseeKey(to)) });
    for (const notice of pending.filter(foundNobody)) {
      await tx.put('notices', { ...notice, attempts: 0, nextAttemptAt: now });
    }
  }
}
