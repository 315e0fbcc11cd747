// Makes records ready to be kept: plain JSON, frozen all the way down, equal strings shared.

const shortLength = 10;
/** V8 12 and later (Node.js 22) give each short string of a text that holds Chinese a copy of its own, which comes to a sixth of all memory. */
const parserSharesShort = Number.parseInt(process.versions.v8, 10) < 12;

const slots: string[] = new Array(1 << 12).fill('');

/** A string seen lately that is equal to this one, or itself: orders repeat states, names, servers, accounts. */
function shared(text: string): string {
  const { length } = text;
  const hash = length * 31 + text.charCodeAt(length - 1) * 37 + text.charCodeAt(length >> 1) * 7 + text.charCodeAt(0);
  const slot = (hash + text.charCodeAt(length - 2) * 101) & (slots.length - 1);
  const known = slots[slot];
  if (known === text) return known;
  slots[slot] = text;
  return text;
}

/** Freezes plain JSON in place. */
export function settle<T extends object>(value: T): T {
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === 'string') {
      if (!parserSharesShort || field.length > shortLength) fields[key] = shared(field);
    } else if (typeof field === 'object' && field !== null) settle(field);
  }
  return Object.freeze(value);
}

/**
 * What JSON would make of a value, frozen: the value itself, or a copy where JSON would leave something out.
 *
 * @throws TypeError where JSON could not give back the same: dates, class instances, functions, numbers that are not finite,
 *   `undefined` in an array. A field that is `undefined` is left out.
 */
export function settled<T extends object>(value: T): T {
  return Object.freeze(Array.isArray(value) ? settledList(value) : settledFields(value)) as T;
}

function settledList(values: readonly unknown[]): readonly unknown[] {
  const plain = values.map(plainValue);
  return plain.every((one, at) => Object.is(one, values[at])) ? values : plain;
}

function settledFields(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('a record holds plain JSON only');
  const fields = value as Record<string, unknown>;
  let isPlain = prototype !== null;
  // Of what comes in only the short strings, which are most of those that come again: to look all up would be felt in an import.
  const isShared = parserSharesShort || Object.isFrozen(value);
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === 'string') {
      if (!isShared && field.length <= shortLength) fields[key] = shared(field);
    } else if (field === undefined || !Object.is(plainValue(field), field)) isPlain = false;
  }
  return isPlain ? value : copied(fields);
}

function copied(fields: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(fields).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.map(([key, field]) => [key, plainValue(field)]));
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return settled(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0; // JSON has no -0
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  throw new TypeError('a record holds plain JSON only');
}
