// `/policy show`, for everyone, and `/policy list`, for staff: the rule books at hand, and which one is in force.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import { isRefusal, type Outcome, refuse } from '../domain/refusal.ts';
import { requireStaff, settingsOf } from './access.ts';
import type { App, Request } from './context.ts';
import { packInForce } from './pack-of.ts';

/** The pack named, else the one in force. Refuses `policy_unknown` ({packs}). */
export function showPolicy(
  app: App,
  request: Request,
  asked: { readonly pack?: string } = {},
): Promise<Outcome<PolicyPack & { inForce: boolean }>> {
  return app.store.read(async (tx) => {
    const current = packInForce(app, await settingsOf(app, tx, request.guildId));
    const pack = asked.pack === undefined ? current : app.policies.find(asked.pack);
    if (!pack) return refuse('policy_unknown', { packs: app.policies.packs.map(({ id }) => id) });
    return { ...pack, inForce: pack.id === current.id };
  });
}

/** For staff, and for holders of Manage Server. */
export function listPolicies(
  app: App,
  request: Request,
): Promise<Outcome<{ packs: readonly PolicyPack[]; inForce: string }>> {
  return app.store.read(async (tx) => {
    const allowed = request.manager || (await requireStaff(tx, request));
    if (isRefusal(allowed)) return allowed;
    const settings = await settingsOf(app, tx, request.guildId);
    return { packs: app.policies.packs, inForce: packInForce(app, settings).id };
  });
}
