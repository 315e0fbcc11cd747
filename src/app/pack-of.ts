// Which rule pack an order, or a server, goes by.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import type { GuildSettings } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';

/** The pack in force when the order came in; the default where that pack is no longer at hand. */
export function packOf(app: Pick<App, 'policies'>, order: Pick<Order, 'policy'>): PolicyPack {
  return app.policies.find(order.policy.pack) ?? app.policies.defaultPack;
}

/** The pack a server uses for what comes in now. */
export function packInForce(app: Pick<App, 'policies'>, settings: GuildSettings): PolicyPack {
  return app.policies.find(settings.policyPack) ?? app.policies.defaultPack;
}
