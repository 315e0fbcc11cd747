// Checks a value against a JSON Schema as far as Discord's description uses it, and words what is wrong as Discord does. Read
// as it stands, not compiled: a bot's few requests never earn back the second that compiling the description takes.
import { isDeepStrictEqual } from 'node:util';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** Finds the schema that a `$ref` names. */
export type Resolve = (ref: string) => Schema;

type Path = Problem['path'];
type Dictionary = Readonly<Record<string, unknown>>;

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 100) : String(value).slice(0, 100);
}

interface Type {
  readonly holds: (value: unknown) => boolean;
  readonly wrong: (value: unknown) => readonly [code: string, message: string];
}

const types: Readonly<Record<string, Type>> = {
  string: {
    holds: (value) => typeof value === 'string',
    wrong: (value) => ['STRING_TYPE_CONVERT', `Could not interpret "${shown(value)}" as string.`],
  },
  integer: {
    holds: Number.isInteger,
    wrong: (value) => ['NUMBER_TYPE_COERCE', `Value "${shown(value)}" is not int.`],
  },
  number: {
    holds: Number.isFinite,
    wrong: (value) => ['NUMBER_TYPE_COERCE', `Value "${shown(value)}" is not float.`],
  },
  boolean: {
    holds: (value) => typeof value === 'boolean',
    wrong: () => ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'],
  },
  array: { holds: Array.isArray, wrong: () => ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'] },
  object: {
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    wrong: () => ['MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'],
  },
  null: { holds: (value) => value === null, wrong: () => ['BASE_TYPE_INVALID', 'Wrong type.'] },
};

interface Format {
  readonly holds: (value: unknown) => boolean;
  readonly wrong: (value: unknown) => readonly [code: string, message: string];
}

const invalid = (name: string) => (): readonly [string, string] => ['BASE_TYPE_INVALID', `Not a ${name}.`];

/** Formats that say more than their type; each is only ever asked about values of that type. */
const formats: Readonly<Record<string, Format>> = {
  int32: { holds: (value) => Number(value) >= -(2 ** 31) && Number(value) < 2 ** 31, wrong: invalid('int32') },
  snowflake: { holds: (value) => String(value).length <= 20, wrong: invalid('snowflake') },
  uri: {
    holds: (value) => URL.canParse(String(value)),
    wrong: () => ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'],
  },
  'date-time': {
    holds: (value) => !Number.isNaN(Date.parse(String(value))),
    wrong: (value) => ['DATE_TIME_TYPE_PARSE', `Could not parse ${shown(value)}. Should be ISO8601.`],
  },
};

const none: readonly Problem[] = [];
const one = (path: Path, code: string, message: string): readonly Problem[] => [{ path, code, message }];

/** Everything that is wrong with `value`, each at its place; empty where the schema allows it. */
export function checkValue(schema: Schema, value: unknown, resolve: Resolve, path: Path = []): readonly Problem[] {
  const wrongType = typeProblem(schema, value, path);
  if (wrongType) return wrongType;
  const problems = [
    ...(schema.$ref === undefined ? none : checkValue(resolve(schema.$ref), value, resolve, path)),
    ...(schema.allOf ?? []).flatMap((part) => checkValue(part, value, resolve, path)),
    ...choiceProblems(schema, value, path),
    ...unionProblems(schema.oneOf ?? schema.anyOf, value, resolve, path),
    ...formatProblems(schema, value, path),
  ];
  if (typeof value === 'string') problems.push(...textProblems(schema, value, path));
  else if (typeof value === 'number') problems.push(...numberProblems(schema, value, path));
  else if (Array.isArray(value)) problems.push(...listProblems(schema, value, resolve, path));
  else if (typeof value === 'object' && value !== null)
    problems.push(...objectProblems(schema, value as Dictionary, resolve, path));
  return problems;
}

function typeProblem({ type }: Schema, value: unknown, path: Path): readonly Problem[] | undefined {
  if (type === undefined) return undefined;
  const names = [type].flat();
  if (names.some((name) => types[name]?.holds(value))) return undefined;
  const wanted = types[names.find((name) => name !== 'null') ?? 'null'];
  return one(path, ...(wanted?.wrong(value) ?? ['BASE_TYPE_INVALID', 'Wrong type.']));
}

function choiceProblems(schema: Schema, value: unknown, path: Path): readonly Problem[] {
  const allowed = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (!allowed || allowed.includes(value)) return none;
  return one(path, 'BASE_TYPE_CHOICES', `Value must be one of (${allowed.join(', ')}).`);
}

function formatProblems({ format = '' }: Schema, value: unknown, path: Path): readonly Problem[] {
  const known = value === null ? undefined : formats[format];
  return !known || known.holds(value) ? none : one(path, ...known.wrong(value));
}

function lengthProblems(length: number, min: number | undefined, max: number | undefined, path: Path) {
  if (length >= (min ?? 0) && length <= (max ?? Number.POSITIVE_INFINITY)) return none;
  if (min === undefined) return one(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  if (max === undefined) return one(path, 'BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
  return one(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
}

function textProblems({ minLength, maxLength, pattern }: Schema, text: string, path: Path): readonly Problem[] {
  // Letters are counted, not their halves; most texts are far from their limit.
  const isClear = text.length <= (maxLength ?? text.length) && text.length >= 2 * (minLength ?? 0);
  const wrongLength = isClear ? none : lengthProblems([...text].length, minLength, maxLength, path);
  if (pattern === undefined || new RegExp(pattern, 'u').test(text)) return wrongLength;
  return [...wrongLength, ...one(path, 'NUMBER_TYPE_COERCE', `Value "${shown(text)}" is not snowflake.`)];
}

function numberProblems({ minimum, maximum }: Schema, value: number, path: Path): readonly Problem[] {
  if (minimum !== undefined && value < minimum) {
    return one(path, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${minimum}.`);
  }
  if (maximum !== undefined && value > maximum) {
    return one(path, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`);
  }
  return none;
}

function listProblems(schema: Schema, list: readonly unknown[], resolve: Resolve, path: Path): readonly Problem[] {
  const { items, minItems, maxItems, uniqueItems } = schema;
  const wrongLength = lengthProblems(list.length, minItems, maxItems, path);
  if (list.length > (maxItems ?? list.length)) return wrongLength;
  const twice =
    uniqueItems === true && list.some((item, at) => list.slice(0, at).some((other) => isDeepStrictEqual(item, other)));
  return [
    ...wrongLength,
    ...(twice ? one(path, 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value') : none),
    ...(items ? list.flatMap((item, at) => checkValue(items, item, resolve, [...path, at])) : none),
  ];
}

function objectProblems(schema: Schema, value: Dictionary, resolve: Resolve, path: Path): readonly Problem[] {
  const { properties = {}, additionalProperties: others, required = [], minProperties, maxProperties } = schema;
  const keys = Object.keys(value);
  return [
    ...required.filter((key) => !Object.hasOwn(value, key)).flatMap((key) => missing([...path, key])),
    ...lengthProblems(keys.length, minProperties, maxProperties, path),
    ...keys.flatMap((key) => {
      const rule = Object.hasOwn(properties, key) ? properties[key] : others;
      return rule ? checkValue(rule, value[key], resolve, [...path, key]) : none;
    }),
  ];
}

function missing(path: Path): readonly Problem[] {
  return one(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

/** The values of `type` that mean this branch, where the branch is an object told apart by its `type` number. */
function typesOf({ $ref }: Schema, resolve: Resolve): readonly unknown[] | undefined {
  const { properties, required } = $ref === undefined ? {} : resolve($ref);
  return required?.includes('type') ? properties?.type?.enum : undefined;
}

/** A union reports on the one branch that was meant, where that can be told. */
function unionProblems(
  branches: readonly Schema[] | undefined,
  value: unknown,
  resolve: Resolve,
  path: Path,
): readonly Problem[] {
  if (!branches) return none;
  const others = branches.filter(({ type }) => type !== 'null');
  if (value === null && others.length < branches.length) return none;
  const [only] = others;
  if (only && others.length === 1) return checkValue(only, value, resolve, path);
  if (others.every((branch) => 'const' in branch)) {
    return choiceProblems({ enum: others.map((branch) => branch.const) }, value, path);
  }
  if (others.every((branch) => typesOf(branch, resolve))) return byTypeProblems(others, value, resolve, path);
  const tried = others.map((branch) => checkValue(branch, value, resolve, path));
  return tried.some(({ length }) => length === 0) ? none : tried.flat();
}

/** Objects told apart by `type`: first the type must be a known one, then its branch alone must match. */
function byTypeProblems(branches: readonly Schema[], value: unknown, resolve: Resolve, path: Path): readonly Problem[] {
  const wrongType = typeProblem({ type: 'object' }, value, path);
  if (wrongType) return wrongType;
  const given = value as Dictionary;
  if (!Object.hasOwn(given, 'type')) return missing([...path, 'type']);
  const meant = branches.filter((branch) => typesOf(branch, resolve)?.includes(given.type));
  if (meant.length > 0) return meant.flatMap((branch) => checkValue(branch, value, resolve, path));
  const known = branches.flatMap((branch) => typesOf(branch, resolve) ?? []).sort((a, b) => Number(a) - Number(b));
  const list = known.length === 1 ? `${known[0]},` : known.join(', ');
  return one([...path, 'type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${list}).`);
}
