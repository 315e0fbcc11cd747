// Which rule book decides: the one an order came in under, or the one the server uses now.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import type { GuildSettings } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';

/** The pack in force on a server; the default one where its pack is no longer at hand. */
export function packInForce(app: App, settings: Pick<GuildSettings, 'policyPack'>): PolicyPack {
  return app.policies.find(settings.policyPack) ?? app.policies.defaultPack;
}

/** The pack an order came in under, as it reads today; the default one where that pack is no longer at hand. */
export function packOfOrder(app: App, order: Pick<Order, 'policy'>): PolicyPack {
  return app.policies.find(order.policy.pack) ?? app.policies.defaultPack;
}
