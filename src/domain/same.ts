// Whether two values say the same.

/** True where JSON would: the order of an object's keys does not count, nor a key whose value is `undefined`. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && areSame(a, b);
  return haveSameFields(a as Fields, b as Fields);
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((member, at) => isSame(member, b[at]));
}

type Fields = Readonly<Record<string, unknown>>;

function haveSameFields(a: Fields, b: Fields): boolean {
  for (const key of Object.keys(a)) {
    if (!isSame(a[key], Object.hasOwn(b, key) ? b[key] : undefined)) return false;
  }
  return Object.keys(b).every((key) => b[key] === undefined || Object.hasOwn(a, key));
}
