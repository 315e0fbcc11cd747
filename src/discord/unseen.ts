// Shows a buyer first what could not be delivered to them, with whatever they asked for.
import { seeNotices } from '../app/see-notices.ts';
import { unseenNotices } from '../app/unseen-notices.ts';
import type { Notice } from '../domain/notice/notice.ts';
import { isRefusal, type Outcome } from '../domain/refusal.ts';
import { above, textCard } from './card.ts';
import type { Context } from './command.ts';
import type { Reply } from './reply.ts';
import { renderNotice } from './views/notice.ts';

/** So many at once: the rest comes with the next command. */
const shownAtOnce = 3;

/**
 * The reply with the messages above it, which count as delivered from now on. A refusal shows none and takes none.
 * @param unseen where they have been read already
 */
export async function withUnseen(
  context: Context,
  reply: Outcome<Reply>,
  unseen?: readonly Notice[],
): Promise<Outcome<Reply>> {
  if (isRefusal(reply) || reply.kind === 'modal') return reply;
  const { app, request, t } = context;
  const notices = unseen ? unseen.slice(0, shownAtOnce) : await unseenNotices(app, request, shownAtOnce);
  if (notices.length === 0) return reply;
  const rendered = await Promise.all(
    notices.map(async (notice) => ({ id: notice.id, card: await renderNotice(app, notice, t.locale) })),
  );
  const idsOf = (some: typeof rendered) => some.map(({ id }) => id);
  const shown = rendered.filter(({ card }) => card !== undefined);
  const outdated = rendered.filter(({ card }) => card === undefined);
  const seen = await seeNotices(app, request, idsOf(shown), idsOf(outdated));
  if (isRefusal(seen)) return reply;
  const messages = shown.flatMap(({ card }) => card ?? []);
  if (messages.length === 0) return reply;
  const heading = textCard('neutral', t('order.unseen', { count: messages.length }));
  return { ...reply, card: above([heading, ...messages], reply.card) };
}
