// Objects without the fields that are undefined, as records of optional fields want them.

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };

/** `fields` without those that are undefined. */
export function defined<T extends object>(fields: Loose<T>): T {
  // Copied, not deleted from: an object with deleted fields is slow and large ever after.
  const kept: Partial<Record<keyof T, unknown>> = {};
  for (const key in fields) {
    if (fields[key] !== undefined) kept[key] = fields[key];
  }
  return kept as T;
}
