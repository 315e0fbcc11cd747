// Endpoints about users: the bot itself, others, and DM channels; and where the gateway is.
import { fieldRefusal, refusal } from '../errors.ts';
import type { Json } from '../types.ts';
import { channelJson, userJson } from '../wire.ts';
import { ok, type Route } from './route.ts';

export const userRoutes: readonly Route[] = [
  { method: 'GET', path: '/gateway', open: true, handle: ({ core }) => ok({ url: core.gatewayUrl() }) },
  {
    method: 'GET',
    path: '/gateway/bot',
    handle: ({ core }) =>
      ok({
        url: core.gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
      }),
  },
  {
    method: 'GET',
    path: '/users/@me',
    handle: ({ core: { world } }) =>
      ok({ ...userJson(world.user(world.botId)), verified: true, mfa_enabled: true, email: null, flags: 0 }),
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    handle: ({ core: { world } }) =>
      ok(
        [...world.guilds.values()].map(({ id, name, ownerId }) => ({
          id,
          name,
          icon: null,
          banner: null,
          owner: ownerId === world.botId,
          permissions: world.permissionsOf(id, world.botId).toString(),
          features: [],
        })),
      ),
  },
  {
    method: 'POST',
    path: '/users/@me/channels',
    described: '/users/@me/channels',
    handle: ({ core: { world }, body }) => {
      const recipientId = (body as Json).recipient_id;
      if (typeof recipientId !== 'string')
        throw fieldRefusal(['recipient_id'], 'BASE_TYPE_REQUIRED', 'This field is required');
      if (!world.users.has(recipientId) || recipientId === world.botId) throw refusal(50033);
      return ok(channelJson(world, world.dmWith(recipientId)));
    },
  },
  {
    method: 'GET',
    path: '/users/:user',
    handle: ({ core: { world }, param }) => ok(userJson(world.user(param('user')))),
  },
];
