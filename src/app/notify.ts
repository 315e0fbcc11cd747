// Puts a message into the outbox, in the transaction that causes it: a row under a unique key, delivered later.
import type { Notice } from '../domain/notice/notice.ts';
import type { App } from './context.ts';
import type { Tx } from './ports.ts';

export interface NoticeDraft {
  /** What makes it the same message, such as `refund_opened:<refund id>`. A second one with this key is not written. */
  readonly key: string;
  readonly guildId: string;
  readonly kind: Notice['kind'];
  readonly to: Notice['to'];
  readonly orderId?: string;
  /** Codes, amounts, ids; no personal data. */
  readonly data?: Notice['data'];
  /** UTC ms. */
  readonly now: number;
  /** UTC ms: not sent before this. */
  readonly notBefore?: number;
}

/** Queues a message. False, and nothing is written, where one with this key was queued before. */
export function queueNotice(tx: Tx, app: Pick<App, 'ids'>, draft: NoticeDraft): Promise<boolean> {
  const { key, guildId, kind, to, orderId, data, now, notBefore } = draft;
  return tx.insert('notices', {
    id: app.ids.next(),
    key,
    guildId,
    kind,
    to,
    ...(orderId !== undefined && { orderId }),
    data: data ?? {},
    createdAt: now,
    state: 'pending',
    nextAttemptAt: Math.max(now, notBefore ?? now),
    attempts: 0,
  });
}
