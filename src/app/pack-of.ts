// Which rule pack an order, or a server, goes by.
import type { PolicyPack } from '../domain/compensation/policy.ts';
import type { GuildSettings } from '../domain/merchant.ts';
import type { Order } from '../domain/order/order.ts';
import type { App } from './context.ts';

/** The pack in force when the order came in; where that version is not at hand, its present one, else the default. */
export function packOf({ policies }: Pick<App, 'policies'>, { policy }: Pick<Order, 'policy'>): PolicyPack {
  return policies.find(policy.pack, policy.version) ?? policies.find(policy.pack) ?? policies.defaultPack;
}

/** The pack a server uses for what comes in now. */
export function packInForce(app: Pick<App, 'policies'>, settings: GuildSettings): PolicyPack {
  return app.policies.find(settings.policyPack) ?? app.policies.defaultPack;
}
