// Endpoints about the application and its commands.

import { listed, type Scope } from '../command-registry.ts';
import type { CommandBody } from '../command-rules.ts';
import type { Core } from '../core.ts';
import { refusal } from '../errors.ts';
import type { Json } from '../types.ts';
import { userJson } from '../wire.ts';
import { type Method, noContent, ok, type RestAnswer, type RestRequest, type Route } from './route.ts';

function applicationJson({ applicationId, world }: Core): Json {
  const bot = userJson(world.user(world.botId));
  return {
    id: applicationId,
    name: bot.username,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    bot,
    owner: bot,
    team: null,
    verify_key: '0'.repeat(64),
    flags: 0,
    approximate_guild_count: world.guilds.size,
    integration_types_config: { 0: {} },
    tags: [],
    rpc_origins: [],
    redirect_uris: [],
    hook: true,
    summary: '',
  };
}

function checkApplication({ core, param }: RestRequest): void {
  if (param('application') !== core.applicationId) throw refusal(20012);
}

type CommandHandler = (request: RestRequest, scope: Scope) => RestAnswer;

const commandHandlers: readonly { method: Method; one: boolean; handle: CommandHandler }[] = [
  {
    method: 'GET',
    one: false,
    handle: ({ core, query }, scope) => {
      const full = query.with_localizations === 'true';
      return ok(core.commands.list(scope).map((command) => listed(command, full)));
    },
  },
  {
    method: 'PUT',
    one: false,
    handle: ({ core, body }, scope) => ok(core.commands.replaceAll(scope, (body ?? []) as CommandBody[])),
  },
  {
    method: 'POST',
    one: false,
    handle: ({ core, body }, scope) => {
      const { command, created } = core.commands.upsert(scope, body as CommandBody);
      return { status: created ? 201 : 200, json: command };
    },
  },
  { method: 'GET', one: true, handle: ({ core, param }, scope) => ok(core.commands.get(scope, param('command'))) },
  {
    method: 'PATCH',
    one: true,
    handle: ({ core, param, body }, scope) =>
      ok(core.commands.patch(scope, param('command'), body as Partial<CommandBody>)),
  },
  {
    method: 'DELETE',
    one: true,
    handle: ({ core, param }, scope) => {
      core.commands.remove(scope, param('command'));
      return noContent;
    },
  },
];

/** The command endpoints, once for all servers and once for one server. */
function commandRoutes(inGuild: boolean): Route[] {
  const place = inGuild ? '/guilds/:guild' : '';
  const describedPlace = inGuild ? '/guilds/{guild_id}' : '';
  return commandHandlers.map(({ method, one, handle }) => ({
    method,
    path: `/applications/:application${place}/commands${one ? '/:command' : ''}`,
    described: `/applications/{application_id}${describedPlace}/commands${one ? '/{command_id}' : ''}`,
    handle: (request) => {
      checkApplication(request);
      const scope = inGuild ? request.core.world.guild(request.param('guild')).id : null;
      return handle(request, scope);
    },
  }));
}

export const applicationRoutes: readonly Route[] = [
  { method: 'GET', path: '/applications/@me', handle: ({ core }) => ok(applicationJson(core)) },
  {
    method: 'PATCH',
    path: '/applications/@me',
    described: '/applications/@me',
    handle: ({ core }) => ok(applicationJson(core)),
  },
  { method: 'GET', path: '/oauth2/applications/@me', handle: ({ core }) => ok(applicationJson(core)) },
  ...commandRoutes(false),
  ...commandRoutes(true),
];
