// Checks request bodies against Discord's own OpenAPI description.
import { readFileSync } from 'node:fs';
import { projectPath } from '../../root.ts';
import { FormErrors } from './errors.ts';
import { checkValue, type Schema } from './schema-check.ts';

interface Description {
  paths: Record<string, Record<string, { requestBody: { content: { 'application/json': { schema: Schema } } } }>>;
  components: { schemas: Record<string, Schema> };
}

const reference = '#/components/schemas/';
const description: Description = JSON.parse(
  readFileSync(projectPath('src/playground/local-discord/openapi-v10.json'), 'utf8'),
);

function resolve(ref: string): Schema {
  const schema = description.components.schemas[ref.slice(reference.length)];
  if (!schema) throw new Error(`the description has no ${ref}`);
  return schema;
}

/**
 * Refuses `body` with 50035 and Discord's form errors unless the OpenAPI description of the endpoint allows it.
 * @param method in lower case
 * @param path as the description writes it, such as `/channels/{channel_id}/messages`
 */
export function checkBody(method: string, path: string, body: unknown): void {
  const schema = description.paths[path]?.[method]?.requestBody.content['application/json'].schema;
  if (!schema) return;
  const errors = new FormErrors();
  for (const { path: at, code, message } of checkValue(schema, body, resolve)) errors.add(at, code, message);
  errors.throwIfAny();
}
