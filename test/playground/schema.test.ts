// The body checks against Discord's description as it is written: neither laxer nor stricter, whatever the body.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkBody } from '../../src/playground/local-discord/schema.ts';

const description = JSON.parse(
  readFileSync(new URL('../../src/playground/local-discord/openapi-v10.json', import.meta.url), 'utf8'),
);
const plain = new Ajv2020({ strict: false, logger: false });
plain.addFormat('uri', (value: string) => URL.canParse(value));
plain.addSchema({ $id: 'openapi', components: description.components });

function plainCheck(method: string, path: string): (body: unknown) => boolean {
  const pointer = [path, method, 'requestBody', 'content', 'application/json', 'schema'];
  const schema = pointer.reduce((node, key) => node[key], description.paths);
  return plain.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));
}

function taken(method: string, path: string, body: unknown): boolean {
  try {
    checkBody(method, path, body);
    return true;
  } catch {
    return false;
  }
}

/** What the check knows; and what says nothing about whether a value is allowed. */
const known =
  `$ref type enum const format pattern minLength maxLength minimum maximum items minItems maxItems uniqueItems
properties additionalProperties required minProperties maxProperties allOf oneOf anyOf
title description default contentEncoding x-discord-union`.split(/\s/);

/** Every keyword of a schema and of those inside it. */
function keywordsOf(schema: Record<string, unknown>): string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const inside = keyword === 'properties' ? Object.values(value as object) : [value].flat();
    const isSchema = !['default', 'enum', 'const', 'required', 'type'].includes(keyword);
    return [keyword, ...(isSchema ? inside.filter((one) => typeof one === 'object').flatMap(keywordsOf) : [])];
  });
}

it('the description says nothing that the check does not know', () => {
  const schemas: Record<string, unknown>[] = Object.values(description.components.schemas);
  expect(schemas.flatMap(keywordsOf).filter((keyword) => !known.includes(keyword))).toEqual([]);
});

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom(...[45, 46, 80, 81, 100, 101, 4001].map((n) => 'x'.repeat(n))),
);
const scalar = fc.oneof(text, fc.constantFrom(null, 0, 1, 2, 3, 5, -1, 1.5, true, 99));

/** `body` with the value at one of its places, counted depth first, replaced or removed. */
function changed(body: unknown, place: number, value: unknown): unknown {
  let left = place;
  const visit = (node: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child)]));
  };
  return JSON.parse(JSON.stringify(visit(body) ?? {}));
}

const button = { type: 2, style: 1, label: 'Go', custom_id: 'go', emoji: { name: 'x' }, disabled: false };
const select = { type: 3, custom_id: 's', options: [{ label: 'A', value: 'a', description: 'b' }], min_values: 0 };
const row = { type: 1, components: [button, select] };
const section = { type: 9, components: [{ type: 10, content: 'x' }], accessory: button };
const container = { type: 17, accent_color: 5, components: [section, row, { type: 14, divider: true, spacing: 1 }] };
const message = {
  content: 'x',
  flags: 0,
  nonce: 'n',
  embeds: [{ title: 'x', fields: [{ name: 'a', value: 'b', inline: true }] }],
  allowed_mentions: { parse: ['users'], replied_user: false },
  components: [container, row, { type: 12, items: [{ media: { url: 'https://a.b' } }] }],
};
const input = { type: 4, custom_id: 't', style: 1, required: true, max_length: 5 };
const modal = { custom_id: 'm', title: 'T', components: [{ type: 18, label: 'L', component: input }] };
const option = { type: 3, name: 'o', description: 'd', choices: [{ name: 'a', value: 'b' }], required: true };
const command = {
  name: 'c',
  description: 'd',
  contexts: [0],
  options: [{ type: 1, name: 's', description: 'd', options: [option] }],
};
const callback = '/interactions/{interaction_id}/{interaction_token}/callback';

it.each([
  ['post', '/channels/{channel_id}/messages', message],
  ['patch', '/channels/{channel_id}/messages/{message_id}', message],
  ['patch', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', message],
  ['post', callback, { type: 4, data: message }],
  ['post', callback, { type: 9, data: modal }],
  [
    'post',
    callback,
    {
      type: 8,
      data: {
        choices: [
          { name: 'a', value: 'b' },
          { name: 'c', value: 5 },
        ],
      },
    },
  ],
  ['post', '/applications/{application_id}/commands', command],
  ['put', '/applications/{application_id}/guilds/{guild_id}/commands', [command, command]],
  ['post', '/channels/{channel_id}/threads', { name: 'x', type: 12, invitable: false, auto_archive_duration: 60 }],
  ['post', '/users/@me/channels', { recipient_id: '5' }],
  ['patch', '/applications/@me', { description: 'x', flags: 1, tags: ['a', 'b'], install_params: null }],
  ['patch', '/channels/{channel_id}', { name: 'x', archived: true, permission_overwrites: [{ id: '1', allow: '8' }] }],
  ['post', '/channels/{channel_id}/messages/bulk-delete', { messages: ['1', '2'] }],
])('%s %s', (method, path, body) => {
  const takenPlainly = plainCheck(method, path);
  expect(taken(method, path, body)).toBe(takenPlainly(body));
  const places = JSON.stringify(body).length / 8;
  fc.assert(
    fc.property(fc.nat(Math.ceil(places)), scalar, (place, value) => {
      const other = changed(body, place, value);
      expect(taken(method, path, other)).toBe(takenPlainly(other));
    }),
    { numRuns: 400 },
  );
});
