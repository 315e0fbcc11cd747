// One message about many orders or refunds: what comes up joins the one still waiting to leave, else starts a new one.
import { type Addressee, addresseeKey, type GatheredKind, gathered, type Notice } from '../domain/notice/notice.ts';
import { keyOf } from './collections.ts';
import type { App } from './context.ts';
import { queueNotice } from './notify.ts';
import type { Tx } from './ports.ts';

/** At most this many ids are kept; `total` tells of the rest. */
const maxIds = 200;

/**
 * Discord may have taken a message whose answer was lost. Only when its nonce has surely been forgotten there, so that
 * sending the same row again would be a second message anyway, may another row carry on what it lists.
 */
const nonceForgottenMs = 10 * 60_000;

export interface Gathering {
  readonly guildId: string;
  readonly kind: GatheredKind;
  readonly to: Addressee;
  /** Ids of orders, or of refunds: the field `gathered` names for the kind. At least one. */
  readonly ids: readonly string[];
  /** UTC ms. */
  readonly now: number;
  /** UTC ms: a new message waits until then for more to join it. */
  readonly notBefore?: number;
}

/**
 * Lists ids in the message of this kind that waits for this addressee, or queues a new one. While Discord cannot be reached
 * this keeps what piles up in one message. That nothing is listed twice is for the caller, who marks it in this transaction.
 */
export async function gather(tx: Tx, app: Pick<App, 'ids'>, gathering: Gathering): Promise<void> {
  const { guildId, kind, to, now } = gathering;
  const group = keyOf(guildId, kind, addresseeKey(to));
  const pending = await tx.list('notices', 'pendingTo', { group });
  const waiting = pending.filter((notice) => isList(notice, kind) && mayBeJoined(notice, now));
  const data = await merged(tx, gathering, waiting);
  const untried = waiting.find((notice) => notice.attempts === 0);
  for (const notice of waiting) {
    if (notice !== untried) await tx.put('notices', { ...notice, state: 'dropped', failure: 'joined' });
  }
  const at = gathering.notBefore ?? now;
  if (untried) {
    // What it lists is as new as the newest of it: how long it is tried for counts from then.
    const joined = { ...untried, data, createdAt: now, nextAttemptAt: Math.min(untried.nextAttemptAt, at) };
    await tx.put('notices', joined);
    return;
  }
  const key = keyOf(kind, guildId, addresseeKey(to), now, app.ids.next());
  await queueNotice(tx, app, { key, guildId, kind, to, data, now, notBefore: at });
}

/** Staff are told of a merchant not reached by a message of the same kind, which lists nothing. */
function isList(notice: Notice, kind: GatheredKind): boolean {
  return Array.isArray(notice.data[gathered[kind]]);
}

function mayBeJoined(notice: Notice, now: number): boolean {
  return notice.lastAttemptAt === undefined || notice.lastAttemptAt <= now - nonceForgottenMs;
}

async function merged(tx: Tx, gathering: Gathering, waiting: readonly Notice[]): Promise<Notice['data']> {
  const field = gathered[gathering.kind];
  const listed = waiting.flatMap((notice) => idsIn(notice, field));
  const unlisted = waiting.reduce((sum, notice) => sum + Number(notice.data.total) - idsIn(notice, field).length, 0);
  const ids = [...new Set([...listed, ...gathering.ids])];
  const ranked = await Promise.all(ids.map(async (id) => ({ id, at: await urgencyOf(tx, field, id) })));
  ranked.sort((a, b) => a.at - b.at);
  return { [field]: ranked.slice(0, maxIds).map(({ id }) => id), total: ids.length + unlisted };
}

function idsIn(notice: Notice, field: string): readonly string[] {
  const ids = notice.data[field];
  return Array.isArray(ids) ? ids : [];
}

/** The earlier, the more urgent (UTC ms). */
async function urgencyOf(tx: Tx, field: (typeof gathered)[GatheredKind], id: string): Promise<number> {
  const dueAt = field === 'refundIds' ? (await tx.get('refunds', id))?.dueAt : (await tx.get('orders', id))?.shipBy?.at;
  return dueAt ?? Number.MAX_SAFE_INTEGER;
}
