// Checks request bodies against Discord's own OpenAPI description and words what is wrong as Discord does.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { projectPath } from '../../root.ts';
import { FormErrors } from './errors.ts';

type Node = Record<string, unknown>;

interface Description {
  paths: Record<string, Record<string, { requestBody: { content: { 'application/json': { schema: Node } } } }>>;
  components: { schemas: Record<string, Node> };
}

const ROOT = 'discord';
const UNION = 'x-type-of-union';
const description: Description = JSON.parse(
  readFileSync(projectPath('src/playground/local-discord/openapi-v10.json'), 'utf8'),
);

function refName(node: unknown): string | undefined {
  const ref = typeof node === 'object' && node !== null && '$ref' in node ? node.$ref : undefined;
  return typeof ref === 'string' ? ref.slice('#/components/schemas/'.length) : undefined;
}

function isNullType(node: unknown): boolean {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'null';
}

/** The values of `type` that mean this branch, where the branch is an object told apart by its `type` number. */
function typesOf(branch: unknown): readonly unknown[] | undefined {
  const schema = description.components.schemas[refName(branch) ?? ''];
  const properties = schema?.properties as Record<string, Node> | undefined;
  const types = properties?.type?.enum;
  const required = schema?.required;
  return Array.isArray(types) && Array.isArray(required) && required.includes('type') ? types : undefined;
}

/** A union of objects told apart by `type`: first the type must be a known one, then its branch alone must match. */
function unionByType(branches: readonly unknown[]): Node {
  const known = branches.flatMap((branch) => typesOf(branch) ?? []).sort((a, b) => Number(a) - Number(b));
  const cases = branches.map((branch) => ({
    if: { type: 'object', properties: { type: { enum: typesOf(branch) } }, required: ['type'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: sharpen(branch),
  }));
  return { type: 'object', required: ['type'], properties: { type: { enum: known, [UNION]: true } }, allOf: cases };
}

/** A union rewritten so that its errors point at the one branch that was meant. */
function sharpenUnion(branches: readonly unknown[]): Node {
  const others = branches.filter((branch) => !isNullType(branch));
  const [only] = others;
  if (others.length === 1 && others.length < branches.length) {
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    return { if: { not: { type: 'null' } }, then: sharpen(only) };
  }
  if (others.every((branch) => typeof branch === 'object' && branch !== null && 'const' in branch)) {
    return { enum: others.map((branch) => (branch as Node).const) };
  }
  if (others.every((branch) => typesOf(branch) !== undefined)) return unionByType(others);
  return { anyOf: branches.map(sharpen) };
}

/** The same schema, with unions that ajv can report on precisely and references that it can follow. */
function sharpen(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(sharpen);
  if (typeof node !== 'object' || node === null) return node;
  const name = refName(node);
  if (name !== undefined) return { $ref: `${ROOT}#/$defs/${name}` };
  const result: Node = {};
  for (const [key, value] of Object.entries(node)) {
    if ((key === 'oneOf' || key === 'anyOf') && Array.isArray(value)) Object.assign(result, sharpenUnion(value));
    else if (key !== 'x-discord-union' && key !== 'contentEncoding') result[key] = sharpen(value);
  }
  return result;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
ajv.addFormat('int32', { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 });
ajv.addFormat('int64', { type: 'number', validate: () => true });
ajv.addFormat('double', { type: 'number', validate: () => true });
ajv.addFormat('nonce', true);
ajv.addFormat('snowflake', (value: string) => value.length <= 20);
ajv.addFormat('uri', (value: string) => URL.canParse(value));
ajv.addFormat('date-time', (value: string) => !Number.isNaN(Date.parse(value)));
ajv.addSchema({ $id: ROOT, $defs: sharpen(description.components.schemas) as Node });

const compiled = new Map<string, ValidateFunction>();

function validatorFor(method: string, path: string): ValidateFunction | undefined {
  const key = `${method} ${path}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const schema = description.paths[path]?.[method]?.requestBody.content['application/json'].schema;
  if (schema === undefined) return undefined;
  const validate = ajv.compile(sharpen(schema) as Node);
  compiled.set(key, validate);
  return validate;
}

type Wording = (error: ErrorObject) => readonly [code: string, message: string];

function limits(error: ErrorObject, low: string, high: string): readonly [string, string] {
  const schema = error.parentSchema as Node;
  const [min, max] = [schema[low], schema[high]];
  if (min !== undefined && max !== undefined) {
    return ['BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`];
  }
  if (max !== undefined) return ['BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`];
  return ['BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`];
}

const TYPE_WORDING: Readonly<Record<string, Wording>> = {
  string: (error) => ['STRING_TYPE_CONVERT', `Could not interpret "${shown(error.data)}" as string.`],
  integer: (error) => ['NUMBER_TYPE_COERCE', `Value "${shown(error.data)}" is not int.`],
  number: (error) => ['NUMBER_TYPE_COERCE', `Value "${shown(error.data)}" is not float.`],
  boolean: () => ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'],
  array: () => ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'],
  object: () => ['MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'],
};

const FORMAT_WORDING: Readonly<Record<string, Wording>> = {
  uri: () => ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'],
  'date-time': (error) => ['DATE_TIME_TYPE_PARSE', `Could not parse ${shown(error.data)}. Should be ISO8601.`],
};

const WORDING: Readonly<Record<string, Wording>> = {
  minLength: (error) => limits(error, 'minLength', 'maxLength'),
  maxLength: (error) => limits(error, 'minLength', 'maxLength'),
  minItems: (error) => limits(error, 'minItems', 'maxItems'),
  maxItems: (error) => limits(error, 'minItems', 'maxItems'),
  maxProperties: (error) => limits(error, 'minProperties', 'maxProperties'),
  minimum: (error) => ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${error.params.limit}.`],
  maximum: (error) => ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${error.params.limit}.`],
  enum: (error) => {
    const allowed = error.params.allowedValues.join(', ');
    return (error.parentSchema as Node)[UNION] === true
      ? [
          'UNION_TYPE_CHOICES',
          `Value of field "type" must be one of (${error.params.allowedValues.length === 1 ? `${allowed},` : allowed}).`,
        ]
      : ['BASE_TYPE_CHOICES', `Value must be one of (${allowed}).`];
  },
  const: (error) => ['BASE_TYPE_CHOICES', `Value must be one of (${error.params.allowedValue}).`],
  pattern: (error) => ['NUMBER_TYPE_COERCE', `Value "${shown(error.data)}" is not snowflake.`],
  uniqueItems: () => ['SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value'],
  format: (error) =>
    FORMAT_WORDING[error.params.format]?.(error) ?? ['BASE_TYPE_INVALID', `Not a ${error.params.format}.`],
  type: (error) => {
    const type = [error.params.type].flat().find((name) => name !== 'null') ?? 'object';
    return TYPE_WORDING[type]?.(error) ?? ['BASE_TYPE_INVALID', 'Wrong type.'];
  },
};

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 100) : String(value).slice(0, 100);
}

function report(errors: FormErrors, error: ErrorObject): void {
  const path = error.instancePath.split('/').slice(1);
  if (error.keyword === 'required') {
    errors.required([...path, error.params.missingProperty]);
    return;
  }
  if (error.keyword === 'if' || error.keyword === 'anyOf' || error.keyword === 'oneOf') return;
  const [code, message] = WORDING[error.keyword]?.(error) ?? ['BASE_TYPE_INVALID', error.message ?? 'Invalid value.'];
  errors.add(path, code, message);
}

/**
 * Refuses `body` with 50035 and Discord's form errors unless the OpenAPI description of the endpoint allows it.
 * @param method in lower case
 * @param path as the description writes it, such as `/channels/{channel_id}/messages`
 */
export function checkBody(method: string, path: string, body: unknown): void {
  const validate = validatorFor(method, path);
  if (validate === undefined || validate(body)) return;
  const errors = new FormErrors();
  for (const error of validate.errors ?? []) report(errors, error);
  if (errors.count === 0) errors.add([], 'BASE_TYPE_INVALID', 'Invalid value.');
  errors.throwIfAny();
}
