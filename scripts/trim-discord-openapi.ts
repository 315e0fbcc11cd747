// Cuts Discord's OpenAPI description down to the request bodies the local Discord checks.
// Usage: node scripts/run.mjs scripts/trim-discord-openapi.ts PATH/openapi.json
// The source is https://github.com/discord/discord-api-spec (specs/openapi.json), MIT licence.
import { readFileSync, writeFileSync } from 'node:fs';

const TARGET = 'src/playground/local-discord/openapi-v10.json';

/** Endpoints with a body that the local Discord serves. */
const SERVED: readonly (readonly [method: string, path: string])[] = [
  ['patch', '/applications/@me'],
  ['put', '/applications/{application_id}/commands'],
  ['post', '/applications/{application_id}/commands'],
  ['patch', '/applications/{application_id}/commands/{command_id}'],
  ['put', '/applications/{application_id}/guilds/{guild_id}/commands'],
  ['post', '/applications/{application_id}/guilds/{guild_id}/commands'],
  ['patch', '/applications/{application_id}/guilds/{guild_id}/commands/{command_id}'],
  ['patch', '/channels/{channel_id}'],
  ['post', '/channels/{channel_id}/messages'],
  ['patch', '/channels/{channel_id}/messages/{message_id}'],
  ['post', '/channels/{channel_id}/messages/bulk-delete'],
  ['post', '/channels/{channel_id}/messages/{message_id}/threads'],
  ['post', '/channels/{channel_id}/threads'],
  ['post', '/interactions/{interaction_id}/{interaction_token}/callback'],
  ['post', '/users/@me/channels'],
  ['post', '/webhooks/{webhook_id}/{webhook_token}'],
  ['patch', '/webhooks/{webhook_id}/{webhook_token}/messages/@original'],
  ['patch', '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}'],
];

interface Operation {
  requestBody?: { content: Record<string, { schema: unknown }>; required?: boolean };
}

interface OpenApi {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const REF = /^#\/components\/schemas\/(.+)$/;

/** The names of the schemas that `node` refers to, directly. */
function refsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(refsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const name = key === '$ref' && typeof value === 'string' ? REF.exec(value)?.[1] : undefined;
    return name === undefined ? refsIn(value) : [name];
  });
}

function main(source: string | undefined): void {
  if (source === undefined) throw new Error('usage: trim-discord-openapi.ts PATH/openapi.json');
  const full = JSON.parse(readFileSync(source, 'utf8')) as OpenApi;
  const paths: Record<string, Record<string, unknown>> = {};
  const wanted: string[] = [];
  for (const [method, path] of SERVED) {
    const schema = full.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;
    if (schema === undefined) throw new Error(`no JSON body described for ${method} ${path}`);
    paths[path] = { ...paths[path], [method]: { requestBody: { content: { 'application/json': { schema } } } } };
    wanted.push(...refsIn(schema));
  }
  const schemas: Record<string, unknown> = {};
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (name in schemas) continue;
    schemas[name] = full.components.schemas[name];
    wanted.push(...refsIn(schemas[name]));
  }
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  const trimmed = { openapi: full.openapi, info: full.info, paths, components: { schemas: sorted } };
  writeFileSync(TARGET, `${JSON.stringify(trimmed, null, 1)}\n`);
}

main(process.argv[2]);
