// What a person is on this server, for telling them what they can do.
import { type Standing, standingOf } from './access.ts';
import type { App, Request } from './context.ts';

export interface Help extends Standing {
  /** False as long as the server has no staff role, or no merchant. */
  readonly setUp: boolean;
}

/** Open to everyone; tells nothing but what the asker is. */
export function helpFor(app: App, request: Request): Promise<Help> {
  return app.store.read(async (tx) => {
    const settings = await tx.get('settings', request.guildId);
    const merchants = await tx.count('merchants', 'byGuild', { group: request.guildId });
    return { ...(await standingOf(tx, request)), setUp: settings?.staffRoleId !== undefined && merchants > 0 };
  });
}
