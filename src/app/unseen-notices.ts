// Messages that could not be delivered to a buyer, for the buyer's next command.
import type { Notice } from '../domain/notice/notice.ts';
import { keyOf } from './collections.ts';
import type { App, Request } from './context.ts';

/** The asker's own on this server, oldest first, at most `limit`. */
export function unseenNotices(app: App, request: Request, limit: number): Promise<Notice[]> {
  const group = keyOf(request.guildId, request.userId);
  return app.store.read((tx) => tx.list('notices', 'unseenByBuyer', { group, limit }));
}
