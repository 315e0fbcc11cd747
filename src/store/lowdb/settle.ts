// Makes records ready to be kept: plain JSON, frozen all the way down, equal strings shared.

/** Strings up to this length are shared by the parser itself. */
const sharedLength = 10;
const slots: string[] = new Array(1 << 12).fill('');

/** A recently seen string equal to this one, where there is one: orders repeat names, servers, accounts. */
function seen(text: string): string | undefined {
  const { length } = text;
  const hash = length * 31 + text.charCodeAt(length - 1) * 37 + text.charCodeAt(length >> 1) * 7 + text.charCodeAt(0);
  const slot = (hash + text.charCodeAt(length - 2) * 101) & (slots.length - 1);
  if (slots[slot] === text) return slots[slot];
  slots[slot] = text;
  return undefined;
}

/** Freezes plain JSON in place. */
export function settle<T extends object>(value: T): T {
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field === 'string') {
      const known = field.length > sharedLength ? seen(field) : undefined;
      if (known !== undefined) fields[key] = known;
    } else if (typeof field === 'object' && field !== null) settle(field);
  }
  return Object.freeze(value);
}

/**
 * A frozen copy of what JSON would make of a value.
 *
 * @throws TypeError where JSON could not give back the same: dates, class instances, functions, numbers that are not finite,
 *   `undefined` in an array. A field that is `undefined` is left out.
 */
export function copySettled<T extends object>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(copyValue)) as unknown as T;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('a record holds plain JSON only');
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const key in copy) {
    const field = copy[key];
    if (field === undefined) delete copy[key];
    else if (typeof field !== 'string') copy[key] = copyValue(field);
  }
  return Object.freeze(copy) as T;
}

function copyValue(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return copySettled(value);
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0; // JSON has no -0
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  throw new TypeError('a record holds plain JSON only');
}
